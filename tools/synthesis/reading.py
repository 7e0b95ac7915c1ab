"""How Chinese text is read aloud: pinyin syllables with tone numbers, in phrases."""

from __future__ import annotations

import re

from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict

PAUSES = "，、；：。？！…—,.;:?! \n"
_HAN = re.compile(r"[\u4e00-\u9fff]+")

_OUR_READINGS = {
    "重办": [["chóng"], ["bàn"]],
    "得找": [["děi"], ["zhǎo"]],
    "还得": [["hái"], ["děi"]],
    "了解": [["liáo"], ["jiě"]],
}
load_phrases_dict(_OUR_READINGS)
load_single_dict({ord("嗯"): "èn"})


def phrases(text: str) -> list[list[str]]:
    """Return the syllables of *text*, one list for each stretch between punctuation marks.

    ``ü`` is written ``v`` and the neutral tone 5: ``lv4``, ``de5``.

    Raises:
        ValueError: *text* holds something other than Chinese characters and punctuation.
    """
    pieces = [piece for piece in re.split(f"[{re.escape(PAUSES)}]+", text) if piece]
    for piece in pieces:
        if not _HAN.fullmatch(piece):
            raise ValueError(f"only Chinese characters and punctuation can be read: {piece!r}")
    return [lazy_pinyin(piece, style=Style.TONE3, neutral_tone_with_five=True) for piece in pieces]


def mood(text: str) -> str:
    """Return ``?`` for a question and ``.`` for anything else."""
    return "?" if text.rstrip().endswith(("？", "?", "吗", "呢")) else "."
