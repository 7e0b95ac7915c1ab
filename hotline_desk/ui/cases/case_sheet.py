"""What the ledger has of one case, read at once: its clock, and all that its deeds choose from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.assigning import is_checked
from hotline_desk.domain.casework.deadlines import read_clock
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.errors import CaseNotFound, QuestionNotFound
from hotline_desk.workflows import case_merging, lapses, letters, refer
from hotline_desk.workflows.assign import conflict_of
from hotline_desk.workflows.cases import questions_of
from hotline_desk.workflows.rules import usable_rules

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.casework.assigning import Conflict
    from hotline_desk.domain.casework.cases import Case, Interruption
    from hotline_desk.domain.casework.deadlines import Clock, Limits
    from hotline_desk.domain.casework.lapses import Lapse
    from hotline_desk.domain.casework.letters import Letter
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.workflows.case_merging import Duplicate
    from hotline_desk.workflows.lapses import ProposedDay
    from hotline_desk.workflows.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a case's deeds choose from beside the case itself."""

    questions: tuple[Question, ...] = ()
    letters: tuple[Letter, ...] = ()
    """Its own 一函两书."""
    points: tuple[ServicePoint, ...] = ()
    """Where it can be referred to, the nearest first."""
    units: tuple[str, ...] = ()
    """填报单位 by name."""
    duplicates: tuple[Duplicate, ...] = ()
    events: tuple[str, ...] = ()
    """From which limits of the law run."""
    days: tuple[ProposedDay, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    """Proposed from what the case knows."""
    conflict: str = ""
    """A conflict of interest of whose case it is, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the ledger has of one case, or of a question without one."""

    question: Question | None
    case: Case | None = None
    clock: Clock | None = None
    around: Around = field(default_factory=Around)
    lapses: tuple[Lapse, ...] = ()
    """What lapses first, by the days that the case knows; 供律师核对."""
    gone: bool = False
    """Whether what was asked for is not in the ledger any more: its adding was taken back."""


def read(
    case_id: int | None,
    question_id: int | None,
    workspace: Workspace,
    limits: Limits,
    on: date,
    ledger: Ledger,
) -> Sheet:
    """Return the sheet of the case with that id, else of the question's.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    question = _question(question_id, ledger)
    case = _case(case_id, question_id, ledger)
    if case is None:
        return Sheet(question=question, gone=question is None)
    rules = usable_rules(workspace)  # what is wrong in the office's files its page says
    return Sheet(
        question=question,
        case=case,
        clock=read_clock(case.events, on, calendar=rules.calendar, limits=limits),
        around=_around(case, rules, ledger),
        lapses=tuple(lapses.lapses_of(case, rules.lapses, on, calendar=rules.calendar)),
    )


def _around(case: Case, rules: Rules, ledger: Ledger) -> Around:
    conflict = conflict_of(ledger, case)
    units = (point.name for point in ledger.kept(ServicePoint) if point.active)
    return Around(
        questions=tuple(questions_of(ledger, case)),
        letters=tuple(letters.of_case(ledger, case.id)),
        points=tuple(refer.points(ledger, case.id)),
        units=tuple(units),
        duplicates=tuple(case_merging.duplicates(ledger, case.id)),
        events=lapses.events(rules.lapses),
        days=tuple(lapses.proposed_days(ledger, case, rules.lapses)),
        interruptions=tuple(lapses.proposed_interruptions(ledger, case)),
        conflict=_conflict_words(case, conflict),
    )


def _conflict_words(case: Case, conflict: Conflict | None) -> str:
    if conflict is None:
        return ""
    wanted = "" if is_checked(case, conflict) else "，请改派他人，或写明为什么仍可承办"
    return f"{conflict.words}{wanted}"


def _question(question_id: int | None, ledger: Ledger) -> Question | None:
    if question_id is None:
        return None
    try:
        return ledger.question(question_id)
    except QuestionNotFound:
        return None


def _case(case_id: int | None, question_id: int | None, ledger: Ledger) -> Case | None:
    if case_id is None:
        return ledger.case_of(question_id) if question_id is not None else None
    try:
        return ledger.case(case_id)
    except CaseNotFound:
        return None
