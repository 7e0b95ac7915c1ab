"""One question as a block of the page: who asked when, what, and what the lawyer said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.reports import tokens
from hotline_desk.reports.layout import Panel
from hotline_desk.reports.text import Block, Run, Style, Text, Typesetter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.domain.summary import PrintedQuestion

AWAITS_LAWYER = "解答待律师确认"
EMPTY = "—"
"""What stands where nothing is known."""

_LABEL = Style(size=tokens.META, colour=tokens.QUIET)
_FIELD = Style(justified=True, indent=50.0, after=tokens.S1)
_POINT = Style(bold=True, indent=50.0, after=tokens.S1)
_LAST = Style(indent=50.0)
_BOOKMARK = 28
"""How much of 诉求要点 stands in a bookmark, in characters."""


def question_parts(order: int, question: PrintedQuestion, setter: Typesetter) -> list[Block]:
    """Return the parts of the block, its head first.

    Args:
        order: 序号 in the paper.
        question: what is printed of it.
        setter: makes the texts.
    """
    fields: tuple[tuple[str, str | list[Run], Style], ...] = (
        ("诉求要点", question.point or EMPTY, _POINT),
        ("问题", question.text or EMPTY, _FIELD),
        ("解答要点", _answer(question), _FIELD),
        ("法律依据", question.articles or EMPTY, _FIELD),
        (
            "解答人",
            [
                Run(question.answered_by or EMPTY),
                Run("    办理方式  ", colour=tokens.QUIET),
                Run(question.handling.value),
                Run("    台账编号  ", colour=tokens.QUIET),
                Run(question.number),
            ],
            _LAST,
        ),
    )
    return [
        _head(order, question, setter),
        *(labelled(name, value, style, setter) for name, value, style in fields),
    ]


def labelled(name: str, value: str | Sequence[Run], style: Style, setter: Typesetter) -> Text:
    """Return *value* with its *name* hanging in the indent of *style*."""
    return setter.text(value, style, label=setter.text(name, _LABEL))


def _head(order: int, question: PrintedQuestion, setter: Typesetter) -> Panel:
    time_code = f"   录音 {question.time_code}" if question.time_code else ""
    return Panel(
        setter.text(
            [
                Run(f"{order}   ", bold=True, colour=tokens.ACCENT),
                Run(question.category.value, bold=True),
                Run(f"   {question.caller}"),
                Run(time_code, colour=tokens.QUIET),
            ],
            Style(),
        ),
        ground=tokens.PAGE,
        bar=tokens.ACCENT,
        bookmark=_bookmark(order, question),
        level=1,
        before=tokens.S4,
        after=tokens.S2,
    )


def _answer(question: PrintedQuestion) -> str | list[Run]:
    if question.withheld:
        return [Run(AWAITS_LAWYER, colour=tokens.CAUTION)]
    if not question.answer:
        return EMPTY
    if question.confirmed:
        return question.answer
    return [Run(f"【{AWAITS_LAWYER}】", colour=tokens.CAUTION), Run(question.answer)]


def _bookmark(order: int, question: PrintedQuestion) -> str:
    point = question.point
    if len(point) > _BOOKMARK:
        point = point[:_BOOKMARK] + "…"
    return " ".join(filter(None, (f"{order}", question.category.value, point)))
