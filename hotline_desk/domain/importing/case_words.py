"""Whether a row of questions is a case as well: by its own words, not by who answered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import OPENING
from hotline_desk.domain.casework.course import Course
from hotline_desk.domain.importing.headings import fields, same_word
from hotline_desk.domain.importing.tables import TableKind
from hotline_desk.domain.questions import Handling

if TYPE_CHECKING:
    from hotline_desk.domain.importing.rows import Row
    from hotline_desk.domain.questions import Kind

CASE_ONLY = tuple(
    name
    for name in fields(TableKind.QUESTIONS)
    if name in fields(TableKind.CASES)
    and name
    not in {"台账编号", "案件编号", "接收日期", "外部工单号", "填报单位", "备注", "涉及人数"}
)
"""Fields of a case that a table of questions has only where rows may be cases as well."""

_ALWAYS = (
    "分流方式", "方案日期", "暂停（起止、原因）", "延期（天数、批准人）", "办结方式", "结案方式",
    "协议或裁决金额（元）", "协议或裁决日期", "约定付款日", "已到账金额（元）", "到账日期",
    "一函两书文号",
)  # fmt: skip
"""What is done with a case alone."""
_UNLESS_ADVICE = (
    "一般/复杂", "办结日期", "用时（工作日）", "是否按期", "结案日期", "进程", "履行状态",
    "重办/督办",
)  # fmt: skip
"""What is noted of answered advice too: 咨询 is answered at once and has no clock."""
_IN_HAND = tuple(each for each in Course if each not in {Course.TO_CONTACT, Course.FINISHED})


def is_case(row: Row, kind: Kind | None, handling: Handling | None) -> bool:
    """Return whether a row says that it is a case.

    Args:
        row: of a table of questions.
        kind: its 类型, None where it says none.
        handling: its 办理方式, None where it says none.
    """
    if not row.says(*CASE_ONLY):
        return False
    if row.says("案件编号", *_ALWAYS) or kind in OPENING or handling is Handling.CASE:
        return True
    if kind is None and handling is None:
        return row.says(*_UNLESS_ADVICE)
    return any(same_word(row.text("进程"), course) for course in _IN_HAND)


def case_words(row: Row) -> dict[str, str]:
    """Return by field what a row that is no case says of one, where no field of its own has it."""
    placed = {"用人单位": "工作单位", "案由": "诉求要点", "诉求金额（元）": "涉及金额"}
    return {
        name: row.text(name)
        for name in CASE_ONLY
        if row.says(name) and (name not in placed or row.has(placed[name]))
    }
