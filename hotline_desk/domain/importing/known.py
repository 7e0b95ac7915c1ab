"""What the ledger has already of what a file brings, and in what the two differ."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.casework.rounds import results_in_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.importing.questions import IncomingQuestion
    from hotline_desk.domain.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the ledger has of the numbers in a file."""

    questions: tuple[Question, ...] = ()
    cases: tuple[Case, ...] = ()
    taken: frozenset[str] = frozenset()
    """Numbers that no other record can have."""
    episodes: frozenset[int] = frozenset()
    case_of: Mapping[int, Case] = field(default_factory=dict)
    """By the id of a question, the case that it belongs to."""
    units: tuple[str, ...] = ()
    """填报单位 of the register, the union first."""
    deleted: frozenset[str] = frozenset()
    """What rows in the file have in common with records whose persons were deleted."""


_QUESTION: dict[str, Callable[[Question], Any]] = {
    "期号": lambda row: row.episode,
    "接收日期": lambda row: row.at.date(),
    "接收时间": lambda row: (row.at.hour, row.at.minute),
    "来源渠道": lambda row: row.channel,
    "外部工单号": lambda row: row.external_number,
    "填报单位": lambda row: row.unit,
    "来电人": lambda row: row.caller.spoken_name,
    "身份": lambda row: row.caller.kind,
    "人员标签": lambda row: row.caller.labels,
    "联系电话": lambda row: row.caller.phone,
    "所在区县街道": lambda row: row.caller.district,
    "工作单位": lambda row: row.employer or row.caller.employer,
    "行业": lambda row: row.caller.industry,
    "工种": lambda row: row.caller.occupation,
    "问题类别": lambda row: row.category,
    "副类别": lambda row: row.other_categories,
    "类型": lambda row: row.kind,
    "诉求要点": lambda row: row.point,
    "问题原话": lambda row: row.text,
    "解答要点": lambda row: row.answer,
    "法律依据": lambda row: row.articles,
    "解答人": lambda row: row.answered_by,
    "办理方式": lambda row: row.handling,
    "登记人": lambda row: row.recorded_by,
    "涉及人数": lambda row: row.people,
    "涉及金额": lambda row: row.amount_fen,
    "备注": lambda row: row.notes,
}
"""What is compared of a question, where the file has the column."""

_CASE: dict[str, Callable[[Case], Any]] = {
    "接收日期": lambda case: case.received,
    "当事人": lambda case: tuple(party.name for party in case.parties),
    "涉及人数": lambda case: case.people,
    "用人单位": lambda case: case.employer,
    "案由": lambda case: case.matter,
    "分流方式": lambda case: case.route,
    "承办人": lambda case: case.owner,
    "协办单位": lambda case: case.helpers,
    "办结日期": lambda case: case.events.closed_on,
    "办结方式": lambda case: case.closing,
    "结案方式": lambda case: case.finish,
    "结案日期": lambda case: case.finished_on,
    "诉求金额（元）": lambda case: case.claimed_fen,
    "协议或裁决金额（元）": lambda case: case.promise.agreed_fen,
    "已到账金额（元）": lambda case: case.promise.received_fen,
    "其他成效": lambda case: case.results,
    "回访日期": lambda case: case.called_back_on,
    "满意度": lambda case: case.satisfaction,
}
"""What is compared of a case."""


def differing_fields(incoming: IncomingQuestion, known: Question) -> list[str]:
    """Return in which columns of the file a row says something else than the ledger."""
    return [
        name
        for name, value in _QUESTION.items()
        if name in incoming.fields and value(incoming.question) != value(known)
    ]


def differing_case_fields(incoming: Case, known: Case) -> list[str]:
    """Return in what a case of the file says something that the ledger has otherwise."""
    return list(_differing(incoming, known))


def _differing(incoming: Case, known: Case) -> Iterator[str]:
    # a sheet tells them so of every case
    there = replace(known, people=known.headcount, results=results_in_all(known))
    for name, value in _CASE.items():
        said = value(incoming)
        if said not in {None, "", 0, ()} and said != value(there):
            yield name
