"""What the cells of other people's tables mean: days, times, amounts, numbers, in all forms."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hotline_desk.domain import amounts
from hotline_desk.domain.days import SPAN, is_meant
from hotline_desk.domain.importing.tables import DATES_FROM, plain_text

if TYPE_CHECKING:
    from hotline_desk.domain.importing.tables import Given

_DAY = re.compile(
    r"(?P<year>\d{4}|\d\d(?=\s*年))\s*(?:[-/.年．]\s*(?P<month>\d{1,2})\s*[-/.月．]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"|(?P<packed>\d{4}))"
)
_WEEKDAY = re.compile(r"\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?\s*")
_TIME = re.compile(
    r"(?P<half>上午|下午|晚上|早上|中午|凌晨)?\s*(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<minute>\d{1,2})\s*分?)?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?\s*(?P<latin>[AaPp][Mm])?"
)
_ZONE = re.compile(r"\+08:?00$")
_AFTERNOON = {"下午", "晚上"}
_HALVES = {*_AFTERNOON, "上午", "早上", "中午", "凌晨"}
_NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "不详", "空", "null", "None", "N/A"}
)
_ROUGH = re.compile(r"^(?:大?约|大概|将?近)|(?:左右|上下)$")
_DIGITS_KEPT = 15
"""A spreadsheet's number has no more; what follows is lost."""
_SCIENTIFIC = re.compile(r"[\d.]+[Ee]\+?\d+")
_LOST_DIGITS = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{2,3}")
"""As a spreadsheet writes a long number; 12E5 may be what an office calls its order."""
_ERRORS = (
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#GETTING_DATA",
)


class CellNotUnderstood(ValueError):
    """A cell means nothing that its field could be; the text says why, in the desk's words."""


def is_nothing(given: Given) -> bool:
    """Return whether a cell says that there is nothing: it is empty, or holds a stroke or 无."""
    return plain_text(given) in _NOTHING


def read_text(given: Given) -> str:
    """Return a cell's words.

    Raises:
        CellNotUnderstood: it is an error of the spreadsheet, or a number that has lost digits.
    """
    text = plain_text(given)
    if text in _ERRORS:
        raise CellNotUnderstood(f"单元格是错误值 {text}")
    if isinstance(given, (int, float)) and abs(given) >= 10**_DIGITS_KEPT:
        raise CellNotUnderstood("编号存成了数字，15 位以后已经丢失，请从原系统按文本重新导出")
    return text


def read_number(given: Given) -> str:
    """Return what a record is called.

    Raises:
        CellNotUnderstood: it has lost digits, or is an error of the spreadsheet.
    """
    text = read_text(given)
    if _LOST_DIGITS.fullmatch(text):
        raise CellNotUnderstood(f"编号成了科学计数法，位数已经丢失：{text}")
    return text


def read_day(given: Given, *, dates_from: date = DATES_FROM) -> date:
    """Return the day that a cell means.

    Raises:
        CellNotUnderstood: it means none, or one outside this century.
    """
    return read_moment(given, dates_from=dates_from)[0]


def read_moment(given: Given, *, dates_from: date = DATES_FROM) -> tuple[date, time | None]:
    """Return the day that a cell means, and the time of day where it says one.

    Raises:
        CellNotUnderstood: it means none, or one outside this century.
    """
    if isinstance(given, datetime):
        moment = given
        return _known(moment.date(), given), _time_said(moment)
    if isinstance(given, (int, float)):
        return _serial(given, dates_from)
    text = _normal(read_text(given))
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _serial(float(text), dates_from)
    found = _DAY.match(text)
    if found is None:
        raise CellNotUnderstood(f"{_wrong_with_day(text)}：{_short(text)}")
    rest = _WEEKDAY.sub(" ", _ZONE.sub("", text[found.end() :])).strip().removeprefix("T").strip()
    packed = found["packed"]
    month, day = (packed[:2], packed[2:]) if packed else (found["month"], found["day"])
    try:
        year = int(found["year"])
        on = date(year if year > 99 else 2000 + year, int(month), int(day))
    except ValueError as error:
        raise CellNotUnderstood(f"没有这一天：{_short(text)}") from error
    return _known(on, text), read_time(rest) if rest and rest not in _HALVES else None


def _wrong_with_day(text: str) -> str:
    if re.match(r"\d{1,2}[./-]\d{1,2}[./-]\d", text):
        return "分不清年、月、日，请在表里写成 2026-03-05 的样子再打开"
    if re.match(r"\d{1,2}[月./-]\d{1,2}", text):
        return "没有年份，请在表里补上再打开"
    return "看不懂这个日期"


def read_time(given: Given) -> time:
    """Return the time of day that a cell means, to the minute.

    Raises:
        CellNotUnderstood: it means none.
    """
    if isinstance(given, datetime):
        return _minute(given.time())
    if isinstance(given, time):
        return _minute(given)
    if isinstance(given, (int, float)):
        if not 0 <= given < 1:
            raise CellNotUnderstood(f"看不懂这个时间：{given}")
        return _of_day(round(given * 24 * 60))
    text = _normal(read_text(given))
    found = _TIME.fullmatch(text)
    hour = int(found["hour"]) if found else 99
    if found and hour < 12 and (
        found["half"] in _AFTERNOON or (found["latin"] or "").lower() == "pm"
    ):  # fmt: skip
        hour += 12
    try:
        return time(hour, int((found and found["minute"]) or 0))
    except ValueError as error:
        raise CellNotUnderstood(f"看不懂这个时间：{_short(text)}") from error


def is_rough(given: Given) -> bool:
    """Return whether a figure is said to be about right only: 约8000, 8000 元左右."""
    return _ROUGH.search(_normal(plain_text(given))) is not None


def read_fen(given: Given, *, times: int = 1) -> int | None:
    """Return an amount in fen; None where the cell says that there is none.

    Args:
        given: yuan as a number, or written in any of the usual ways: 33,000元, 3.3万, 三万三千;
            of one that is about right (`is_rough`) the figure that it names.
        times: what one of the column's figures is worth in yuan: 10,000 where it is headed 万元.

    Raises:
        CellNotUnderstood: it is no amount, or one below nothing.
    """
    if is_nothing(given):
        return None
    text = plain_text(given)
    try:
        if isinstance(given, (int, float)):
            return amounts.yuan_to_fen(Decimal(str(given)) * times)
        return amounts.typed_fen(_ROUGH.sub("", _normal(read_text(given))), times=times)
    except amounts.NotAnAmount as error:
        raise CellNotUnderstood(f"{error}：{_short(text)}") from error


def read_count(given: Given) -> int | None:
    """Return a number of people; None where the cell says that there is none.

    Raises:
        CellNotUnderstood: it is no whole number of people.
    """
    if is_nothing(given):
        return None
    text = re.sub(r"[\s,人名位]|以上|余", "", _ROUGH.sub("", _normal(read_text(given))))
    if text.isascii() and text.isdecimal() and len(text) < 8:
        return int(text)
    said = amounts.fen(f"{text}元")
    if said is None or said % 100 or said // 100 >= 10**7:
        raise CellNotUnderstood(f"看不懂这个人数：{_short(text)}")
    return said // 100


def read_phone(given: Given) -> str:
    """Return a telephone number as it is written, or several of them, as the desk keeps them.

    Raises:
        CellNotUnderstood: it has lost digits, or there are none in it.
    """
    text = read_text(given)
    if _SCIENTIFIC.fullmatch(text):
        raise CellNotUnderstood(f"号码成了科学计数法，位数已经丢失：{text}")
    if not text or text in _NOTHING:
        return ""
    if sum(sign.isdecimal() for sign in text) < 3:
        raise CellNotUnderstood(f"不是电话号码：{_short(text)}")
    return unicodedata.normalize("NFKC", text)


def words_of(text: str) -> list[str]:
    """Return the words of a list: 农民工、女职工."""
    return [part for part in re.split(r"[、，,;；/|\n]+|\s{1,}", text.strip()) if part]


def _of_day(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:24]}…"


def _minute(moment: time) -> time:
    return moment.replace(second=0, microsecond=0)


def _time_said(moment: datetime) -> time | None:
    """Return the time of day; midnight is what a day alone is written as."""
    return None if moment.time() == time() else _minute(moment.time())


def _known(day: date, given: object) -> date:
    if not is_meant(day):
        raise CellNotUnderstood(f"不在 {SPAN}：{_short(str(given))}")
    return day


def _serial(given: float, dates_from: date) -> tuple[date, time | None]:
    """Read what Excel counts days by; a plain number such as 20260305 is a day written together."""
    text = plain_text(given)
    if re.fullmatch(r"20\d{6}", text):
        return read_moment(text)
    if not 1 <= given < 100_000:
        raise CellNotUnderstood(f"看不懂这个日期：{_short(text)}")
    moment = datetime.combine(dates_from, time()) + timedelta(seconds=round(given * 86_400))
    return _known(moment.date(), text), _time_said(moment)
