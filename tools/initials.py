"""Write resources/glossary/initials.txt anew from pypinyin: ``python -m tools.initials``.

The desk reads the file alone: what a ledger is searched by must not change with a library.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from pypinyin.constants import PINYIN_DICT
from pypinyin.phrases_dict import phrases_dict

from hotline_desk.paths import resource

_COMMON = range(0x4E00, 0x9FA6)
_LONGEST = 3
_OF_THE_DESK = {
    "调休": "tx", "调薪": "tx", "可调": "kt", "调处": "tc", "调停": "tt", "裁调": "ct",
    "诉调": "st", "调委": "tw","央行": "yh", "支行": "zh", "分行": "fh", "同行": "th", "还薪": "hx",
}  # fmt: skip
"""Words of the desk that the dictionary of phrases lacks."""


def main() -> None:
    """Write a line for each initial with its characters, then the words that are read otherwise."""
    letters = {chr(code): _letter(PINYIN_DICT[code]) for code in _COMMON if code in PINYIN_DICT}
    lines: dict[str, str] = defaultdict(str)
    for character, letter in letters.items():
        lines[letter] += character
    words = dict(_OF_THE_DESK)
    for word, readings in phrases_dict.items():
        usual = [letters.get(character) for character in word]
        read = [_letter(reading[0]) for reading in readings]
        if 1 < len(word) <= _LONGEST and len(read) == len(word) and read != usual:
            words[word] = "".join(read)
    known = {word: read for word, read in words.items() if all(part in letters for part in word)}
    text = [f"{letter} {lines[letter]}" for letter in sorted(lines) if letter.isascii()]
    text += [f"{word} {known[word]}" for word in sorted(known)]
    resource("glossary/initials.txt").write_text("\n".join(text) + "\n", encoding="utf-8")


def _letter(readings: str) -> str:
    """Return the first letter of the usual one of *readings*, without its tone."""
    return unicodedata.normalize("NFD", readings)[0]


if __name__ == "__main__":
    main()
