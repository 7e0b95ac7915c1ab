"""What a caller's words suggest for the ledger: category, amounts, people, days, the Point."""

from __future__ import annotations

import dataclasses
import re
import sys
from datetime import date
from typing import TYPE_CHECKING

from hotline_desk.domain.proposals import Proposals
from hotline_desk.domain.times import money_text
from hotline_desk.output import Line
from hotline_desk.speech.categories import likeliest, scores
from hotline_desk.speech.dates import starting_days
from hotline_desk.speech.employers import employer
from hotline_desk.speech.glossary import corrected
from hotline_desk.speech.numerals import amounts
from hotline_desk.speech.persons import district, people, surname
from hotline_desk.speech.point import point

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

_SPACE = re.compile(r"\s+")
WAITS = "请输入来电人的话，一行一段，按回车给出建议；按 %s 结束。"
"""What somebody is told who sits at a keyboard."""
_ANSWERED = ("categories", "amounts_fen", "people", "dates", "employer", "point")
"""What the command prints, in this order."""


def suggest(text: str, *, today: date | None = None) -> Proposals:
    """Return what *text* proposes; a person decides what becomes of it.

    Nothing is invented: what the text does not say stays empty.

    Args:
        text: a caller's words as heard or typed, with or without punctuation.
        today: the day of the call, which gives 去年 and 昨天 their date.
    """
    said = corrected(_SPACE.sub("", text))
    money = tuple(amounts(said))
    found = Proposals(
        categories=likeliest(said),
        amounts_fen=tuple(dict.fromkeys(amount.fen for amount in money)),
        people=people(said),
        dates=starting_days(said, today=today),
        employer=employer(said),
        surname=surname(said),
        district=district(said),
    )
    return dataclasses.replace(
        found,
        point=point(
            said,
            points=scores(said),
            ranked=found.categories,
            amounts=money,
            people=found.people,
            employer=found.employer,
            day=found.dates[0] if found.dates else "",
        ),
    )


def suggest_lines(_args: argparse.Namespace) -> Iterator[Line]:
    """Answer each line of the standard input with one line, blank ones too."""
    today = date.today()  # noqa: DTZ011  the day of the desk's own clock is meant
    if sys.stdin.isatty():
        yield Line(
            WAITS % ("Ctrl+Z 再回车" if sys.platform == "win32" else "Ctrl+D"), {}, aside=True
        )
    for text in sys.stdin:
        proposals = suggest(text, today=today)
        facts = {name: getattr(proposals, name) for name in _ANSWERED}
        yield Line(_words(proposals), facts)


def _words(proposals: Proposals) -> str:
    parts = {
        "类别": "、".join(proposals.categories),
        "金额": "、".join(money_text(fen) for fen in proposals.amounts_fen),
        "人数": "" if proposals.people is None else f"{proposals.people} 人",
        "日期": "、".join(proposals.dates),
        "单位": proposals.employer,
        "诉求要点": proposals.point,
    }
    return "  ".join(f"{name}：{part}" for name, part in parts.items() if part)
