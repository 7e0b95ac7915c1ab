"""The columns of the ledger's table: what each shows, and what it is put in order by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.arranging import Facet, Order
from hotline_desk.domain.questions import TableRow
from hotline_desk.domain.times import money_text, received_text
from hotline_desk.ui.kit.record_table import Column
from hotline_desk.ui.ledger.question_list import gist

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.domain.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerColumn(Column[TableRow]):
    """A column that can be put away and brought back; its name is kept with its width."""

    name: str
    order: Order | None = None
    """What a click on its heading puts the rows in order by."""
    shown: bool = True
    """Whether it is there until somebody chooses."""


def _confirmation(question: Question) -> str:
    """Return how far an answer is from being published; nothing where there is none."""
    if question.confirmed:
        return "已确认"
    return "未确认" if question.answer else ""


def _listed(values: Sequence[str]) -> str:
    return "、".join(values)


COLUMNS: tuple[LedgerColumn, ...] = (
    LedgerColumn(name="play", title="", text=lambda r: "▶" if r.question.take else "", width=34),
    LedgerColumn(
        name="number",
        title="台账编号",
        text=lambda r: r.question.number,
        order=Order.NUMBER,
        width=156,
    ),
    LedgerColumn(
        name="at",
        title="接收时间",
        text=lambda r: received_text(r.question.at),
        order=Order.AT,
        width=132,
    ),
    LedgerColumn(
        name="category",
        title="类别",
        text=lambda r: str(r.question.category),
        order=Order.CATEGORY,
        width=152,
    ),
    LedgerColumn(
        name="point",
        title="诉求要点",
        text=lambda r: gist(r.question),
        order=Order.POINT,
        width=260,
        stretches=True,
    ),
    LedgerColumn(
        name="confirmed",
        title="解答确认",
        text=lambda r: _confirmation(r.question),
        order=Order.CONFIRMED,
        width=72,
    ),
    LedgerColumn(
        name="caller",
        title="来电人",
        text=lambda r: r.question.caller.spoken_name,
        order=Order.CALLER,
        width=84,
    ),
    LedgerColumn(
        name="employer",
        title="单位",
        text=lambda r: r.question.employer,
        order=Order.EMPLOYER,
        width=104,
        room=1120,
    ),
    LedgerColumn(
        name="amount",
        title="金额",
        text=lambda r: "" if r.question.amount_fen is None else money_text(r.question.amount_fen),
        order=Order.AMOUNT,
        width=112,
        figure=True,
        room=860,
    ),
    LedgerColumn(
        name="people",
        title="人数",
        text=lambda r: "" if r.question.people is None else f"{r.question.people} 人",
        order=Order.PEOPLE,
        width=64,
        figure=True,
        room=960,
    ),
    LedgerColumn(
        name="case",
        title="案件编号",
        text=lambda r: r.case,
        order=Order.CASE,
        width=116,
        room=1240,
    ),
    LedgerColumn(
        name="lawyer",
        title="解答人",
        text=lambda r: r.question.answered_by,
        order=Order.LAWYER,
        width=84,
        shown=False,
    ),
    LedgerColumn(
        name="kind",
        title="类型",
        text=lambda r: str(r.question.kind),
        order=Order.KIND,
        width=84,
        shown=False,
    ),
    LedgerColumn(
        name="channel",
        title="来源渠道",
        text=lambda r: str(r.question.channel),
        order=Order.CHANNEL,
        width=120,
        shown=False,
    ),
    LedgerColumn(
        name="handling",
        title="办理方式",
        text=lambda r: str(r.question.handling),
        order=Order.HANDLING,
        width=88,
        shown=False,
    ),
    LedgerColumn(
        name="district",
        title="区县街道",
        text=lambda r: r.question.caller.district,
        order=Order.DISTRICT,
        width=104,
        shown=False,
    ),
    LedgerColumn(
        name="unit",
        title="填报单位",
        text=lambda r: r.question.unit,
        order=Order.UNIT,
        width=144,
        shown=False,
    ),
    LedgerColumn(
        name="labels",
        title="人员标签",
        text=lambda r: _listed(r.question.caller.labels),
        order=Order.LABEL,
        width=120,
        shown=False,
    ),
    LedgerColumn(
        name="other",
        title="副类别",
        text=lambda r: _listed(r.question.other_categories),
        width=136,
        shown=False,
    ),
    LedgerColumn(
        name="external",
        title="外部工单号",
        text=lambda r: r.question.external_number,
        order=Order.EXTERNAL,
        width=144,
        shown=False,
    ),
    LedgerColumn(
        name="recorded_by",
        title="登记人",
        text=lambda r: r.question.recorded_by,
        order=Order.RECORDED_BY,
        width=84,
        shown=False,
    ),
    LedgerColumn(
        name="keeping",
        title="保管期限",
        text=lambda r: str(r.question.keeping),
        order=Order.KEEPING,
        width=112,
        shown=False,
    ),
)
PLAY = 0

_NONE = {Facet.EPISODE: "期外", Facet.UNIT: "本级"}


def value_words(facet: Facet, value: str) -> str:
    """Return how people say a value of *facet*: 第190期, 2026年11月, 未填写."""
    if not value:
        return _NONE.get(facet, "未填写")
    if facet is Facet.EPISODE:
        return f"第{value}期"
    if facet is Facet.MONTH:
        return f"{value[:4]}年{int(value[5:])}月"
    return value
