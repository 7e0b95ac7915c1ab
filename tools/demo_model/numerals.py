"""Numbers as they are spoken, in the words of the vocabulary."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
_PHONE_ONE = "幺"
_LARGEST = 99_999_999


def below_hundred(number: int) -> str:
    """Return 0 to 99 as one spoken word: 7 → 七, 10 → 十, 33 → 三十三."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def cardinal(number: int) -> list[str]:
    """Return *number* in spoken words: 33,300 → 三万 三千 三百.

    Raises:
        ValueError: *number* is negative or has more than eight digits.
    """
    if not 0 <= number <= _LARGEST:
        raise ValueError(f"cannot speak {number}")
    if number < 100:
        return [below_hundred(number)]
    words: list[str] = []
    ten_thousands, rest = divmod(number, 10_000)
    if ten_thousands:
        words += _myriads(ten_thousands)
    hundreds_left = _below_myriad(rest, after=bool(words))
    return words + hundreds_left


def _myriads(count: int) -> list[str]:
    if count == 2:
        return ["两万"]
    if count < 10:
        return [DIGITS[count] + "万"]
    return [*cardinal(count), "万"]


def _below_myriad(number: int, *, after: bool) -> list[str]:
    words: list[str] = []
    gap = False
    for unit, name in ((1_000, "千"), (100, "百")):
        digit, number = divmod(number, unit)
        if digit:
            if gap:
                words.append("零")
            words.append(("两" if digit == 2 else DIGITS[digit]) + name)
            after, gap = True, False
        else:
            gap = after
    if number:
        if gap or (after and number < 10):
            words.append("零")
        words.append(("一" if 10 <= number < 20 and after else "") + below_hundred(number))
    return words


def telephone(number: str) -> list[str]:
    """Return the digits of *number* as they are read over the telephone (幺 for one)."""
    return [_PHONE_ONE if digit == "1" else DIGITS[int(digit)] for digit in number]


def year(number: int) -> list[str]:
    """Return a year read digit by digit: 2026 → 二 零 二 六 年."""
    return [*(DIGITS[int(digit)] for digit in str(number)), "年"]


def words() -> list[str]:
    """Return every word that the functions of this module can say."""
    found = [below_hundred(number) for number in range(100)]
    found += ["一" + below_hundred(number) for number in range(10, 20)]
    for unit in ("百", "千", "万"):
        found += [digit + unit for digit in DIGITS[1:] + "两"]
    found += [below_hundred(month) + "月" for month in range(1, 13)]
    return [*found, "百", "千", "万", "年", _PHONE_ONE, "两"]
