"""The Point (诉求要点): employer, people, what is wrong and how much, in one line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hotline_desk.domain.categories import Category
from hotline_desk.domain.times import money_text
from hotline_desk.paths import resource
from hotline_desk.speech.numerals import NUMERAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.speech.numerals import Amount

LONGEST = 30
_SECOND_FROM = 7
"""Points a second category needs before the Point names it too."""
_MONTHS = re.compile(rf"(?:{NUMERAL}|[几半])个(?:半|多)?月|(?:半|一|两|三)年多?")
_WHOLE = re.compile(r"(?:一共|总共|共计|合计|加起来|总计|欠|赔|扣|退|总额|收)[^，。]{0,12}$")
_RATE = re.compile(
    r"(?:每个?月|一个月|月薪|底薪|每天|一天|日薪|时薪|每人|一人|人均|月工资|底薪从)$"
)
_PAY = re.compile(r"工资(?:是|为)?$")
_RATE_AFTER = re.compile(r"(?:一|每)?个?(?:月|天|小时|年)")
_GREETING = re.compile(
    r"^(?:(?:喂|哎|唉|嗯|呃|那个|就是|主持人|律师|老师|专家|各位|同志|嘉宾|你们|你好|您好|我想(?:问|咨询)(?:一?下)?"
    r"|想(?:问|咨询)(?:一?下)?|请问(?:一下)?|是这样的?|这样|我有个问题|我(?:免贵)?姓.|免贵姓.|我是[^，。]{1,6}区的)[，。！]?)*"
)


@dataclass(frozen=True, slots=True)
class _Row:
    category: Category
    when: re.Pattern[str]
    says: str
    amount: bool


def point(
    text: str,
    *,
    points: dict[Category, int],
    ranked: Sequence[Category],
    amounts: Sequence[Amount],
    people: int | None,
    employer: str,
    day: str,
) -> str:
    """Return the Point of *text* in at most thirty characters, or nothing.

    Args:
        text: the caller's words, without spaces.
        points: what each category scored.
        ranked: the categories, best first.
        amounts: the amounts of money in *text*.
        people: how many workers it concerns.
        employer: what the text calls the employer.
        day: the first day that starts a time limit, ISO or MM-DD.
    """
    words = {
        "people": "" if people is None else f" {people} 人",
        "by": employer or "单位",
        "at": f"在{employer}" if employer else "",
        "months": _months(text),
        "date": _short_day(day),
    }
    said: list[str] = []
    for place, category in enumerate(ranked):
        row = next((r for r in _rows() if r.category is category and r.when.search(text)), None)
        if place and (not said or points.get(category, 0) < _SECOND_FROM):
            break
        if row is None:
            continue
        phrase = _spaced(row.says.format(**words))
        if said and phrase.startswith("问"):
            continue
        if said:
            phrase = phrase.removeprefix(words["by"])
        claimed = _claimed(text, amounts) if row.amount else None
        pieces = [phrase, money_text(claimed.fen)] if claimed else [phrase]
        if phrase in "".join(said) or len("，".join([*said, *pieces])) > LONGEST:
            pieces = [] if said else [phrase]
        said += pieces
    return _shortened("，".join(said) or _GREETING.sub("", text)) if points else ""


def _spaced(phrase: str) -> str:
    return re.sub(r" +", " ", phrase).strip()


def _months(text: str) -> str:
    found = _MONTHS.search(text)
    return found[0] if found else ""


def _short_day(day: str) -> str:
    return f"{int(day[-5:-3])} 月 {int(day[-2:])} 日" if day else ""


def _claimed(text: str, amounts: Sequence[Amount]) -> Amount | None:
    """Return the amount in dispute: the one said to be owed or the sum, never a rate of pay."""
    lump = [
        amount
        for amount in amounts
        if not _RATE.search(text[: amount.start]) and not _RATE_AFTER.match(text, amount.end)
    ]
    owed = [amount for amount in lump if _WHOLE.search(text[: amount.start])]
    choice = owed or [amount for amount in lump if not _PAY.search(text[: amount.start])]
    return max(choice, key=lambda amount: amount.fen) if choice else None


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


@cache
def _rows() -> tuple[_Row, ...]:
    found = tomllib.loads(resource("categories/points.toml").read_text(encoding="utf-8"))
    return tuple(
        _Row(Category(r["category"]), re.compile(r["when"]), r["says"], r.get("amount", False))
        for r in found["point"]
    )
