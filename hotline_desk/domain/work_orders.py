"""工单文本: a question or a case as text that is pasted into another hotline's platform, and back.

One field a line, as ``名称：内容``, in the order of the forms; what is empty is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hotline_desk.domain.times import long_day_text, money_text, received_long_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.questions import Question

HIDDEN = "对单位保密：不得向用人单位透露来电人身份"
"""Stands first in the text of a caller who has not agreed to be named to the employer."""
KEPT = "转交其他部门：来电人不同意"
"""Stands there too where a caller has said no to ④ 转交其他部门或援助律师."""
_LINE = re.compile(r"\s*(?P<name>[^：:\s]{2,12})\s*[：:]\s*(?P<words>.*)")


def question_text(
    question: Question,
    call: Call | None,
    *,
    case_number: str,
    internal: bool,
) -> str:
    """Return the text of a question.

    Args:
        question: the row of the ledger, masked but for the internal version.
        call: the call in which it was asked; without one nobody agreed to be named.
        case_number: 案件编号 of its case, or empty.
        internal: whether an answer is told that its lawyer has not confirmed.
    """
    caller = question.caller
    secret = call is None or call.consent.secret_from_employer
    kept = call is not None and call.consent.pass_on is False
    return _text(
        [
            ("", HIDDEN if secret else ""),
            ("", KEPT if kept else ""),
            ("台账编号", question.number),
            ("外部工单号", question.external_number),
            ("案件编号", case_number),
            ("接收时间", received_long_text(question.at)),
            ("来源渠道", question.channel),
            ("来电人", caller.spoken_name),
            ("身份", caller.kind),
            ("人员标签", "、".join(caller.labels)),
            ("联系电话", caller.phone),
            ("可否回拨", _answer(None if call is None else call.may_call_back)),
            ("所在区县街道", caller.district),
            ("工作单位", question.employer or caller.employer),
            ("行业", caller.industry),
            ("问题类别", question.category),
            ("副类别", "、".join(question.other_categories)),
            ("类型", question.kind),
            ("涉及人数", "" if question.people is None else f"{question.people} 人"),
            ("诉求金额", "" if question.amount_fen is None else money_text(question.amount_fen)),
            ("诉求要点", question.point),
            ("问题原话", question.text),
            ("解答要点", question.answer if internal or question.confirmed else ""),
            ("法律依据", question.articles if internal or question.confirmed else ""),
            ("解答人", question.answered_by),
            ("办理方式", question.handling),
        ]
    )


def case_text(case: Case, questions: Sequence[Question], *, secret: bool, kept: bool) -> str:
    """Return the text of a case, and below it the points of its questions.

    Args:
        case: the case; it and its questions are masked but for the internal version.
        questions: its rows of the ledger.
        secret: whether one of its callers has not agreed to be named to the employer.
        kept: whether one of them has said no to being passed on.
    """
    claimed = "" if case.claimed_fen is None else money_text(case.claimed_fen)
    return _text(
        [
            ("", HIDDEN if secret else ""),
            ("", KEPT if kept else ""),
            ("案件编号", case.number),
            ("外部工单号", case.external_number),
            ("台账编号", "、".join(question.number for question in questions)),
            ("接收日期", long_day_text(case.received)),
            *_callers(questions),
            ("用人单位", case.employer),
            ("案由", case.matter),
            ("涉及人数", f"{case.headcount} 人"),
            ("诉求金额", claimed),
            ("分流方式", case.route or ""),
            ("承办人", case.owner),
            ("协办单位", case.helpers),
            ("进程", case.course),
            *(("诉求要点", question.point) for question in questions),
        ]
    )


def _callers(questions: Iterable[Question]) -> Iterator[tuple[str, str]]:
    """Yield who asked *questions* and where they can be rung, each once."""
    for name, phone in dict.fromkeys((q.caller.spoken_name, q.caller.phone) for q in questions):
        yield "来电人", name
        yield "联系电话", phone


def read_work_order(text: str) -> dict[str, str]:
    """Return the fields of a pasted work order, as it names them; lines without a name go on."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if named := _LINE.fullmatch(line):
            name = named["name"]
            found[name] = named["words"].strip()
        elif name and line.strip():
            found[name] = f"{found[name]}\n{line.strip()}".strip()
    return found


def _text(lines: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{name}：{words}" if name else words for name, words in lines if words)


def _answer(said: bool | None) -> str:
    return "" if said is None else "是" if said else "否"
