"""Find cases that tell of one matter, and merge them with a trace (合并)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import CaseQuery
from hotline_desk.domain.casework.letters import Letter
from hotline_desk.domain.casework.merging import merged
from hotline_desk.domain.casework.parties import asking_workers, may_be_one, renamed
from hotline_desk.domain.casework.payments import known_payments, with_payments
from hotline_desk.domain.employers import Likeness, likeness
from hotline_desk.domain.names import plain_name
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.times import studio_now
from hotline_desk.workflows.assign import check_anew
from hotline_desk.workflows.case_clock import followed
from hotline_desk.workflows.cases import questions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger import Ledger

NEAR = timedelta(days=60)
"""How far apart duplicates are received at most (ours)."""
_FULL_NAME = 2
"""A surname alone tells nobody apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A case that may tell of the same matter."""

    case: Case
    why: str


def duplicates(ledger: Ledger, case_id: int) -> list[Duplicate]:
    """Return the open cases received within 60 days that may be the same, the likeliest first.

    Those of one number come first, then those of one person, then those of one employer, of which
    it is said where they are of different workers.
    """
    case = ledger.case(case_id)
    asked = questions_of(ledger, case)
    names, near = _names(case, asked), _around(case)
    employers = ledger.case_employers(near)
    alike = {name for name in set(employers.values()) if _one_employer(case.employer, name)}
    same_number = ledger.cases_of_people(near, phones=_phones(asked))
    likely = {
        *same_number,
        *ledger.cases_of_people(near, names=names),
        *(each for each, employer in employers.items() if employer in alike),
    } - {case.id}
    found = []
    for other, others in _with_questions(ledger, likely):
        reasons = [
            "来电号码相同" if other.id in same_number else "",
            _shared(names & _names(other, others)),
            _one_employer(case.employer, other.employer),
        ]
        if any(reasons):
            rank = [not reason for reason in reasons]
            if other.id not in same_number and _are_strangers(case, asked, other, others):
                reasons.append("职工不是同一人")
            found.append((rank, Duplicate(case=other, why="，".join(filter(None, reasons)))))
    return [duplicate for _, duplicate in sorted(found, key=lambda each: each[0])]


def merge(ledger: Ledger, case_id: int, *, into: int, by: str) -> Case:
    """Merge the duplicate *case_id* into the case *into*, which is returned; one step for undo.

    The duplicate keeps its number and leaves the lists; its questions, contacts, parties, payments,
    notes and papers go along; what both have settled differently stands in the trace. Of two
    workers who are not known to be one, both become 当事人.

    Raises:
        CourseRefused: the rules forbid it (`domain.merging`).
    """
    with ledger.together():
        target, gone = merged(
            *_told_apart(ledger, ledger.case(into), ledger.case(case_id)),
            on=studio_now().date(),
            by=by,
        )
        ledger.save_case(gone, by=by)  # it lets its questions go before the other takes them
        saved = check_anew(ledger, ledger.save_case(followed(target), by=by), by=by)
        for letter in ledger.kept(Letter):
            if letter.case_id == case_id:
                ledger.keep(replace(letter, case_id=into), by=by)
    return saved


def _around(case: Case) -> CaseQuery:
    return CaseQuery(open_only=True, since=case.received - NEAR, until=case.received + NEAR)


def _phones(asked: Iterable[Question]) -> set[str]:
    return {question.caller.phone for question in asked} - {""}


def _with_questions(
    ledger: Ledger, case_ids: Iterable[int]
) -> Iterator[tuple[Case, list[Question]]]:
    """Yield cases by their ids, each with its questions, all of them read at once."""
    cases = ledger.cases(CaseQuery(ids=tuple(case_ids)))
    wanted = [each for case in cases for each in case.questions]
    known = {each.id: each for each in ledger.questions(QuestionQuery(ids=wanted))}
    for case in cases:
        yield case, [known[each] for each in case.questions if each in known]


def _told_apart(ledger: Ledger, target: Case, duplicate: Case) -> tuple[Case, Case]:
    """Return both cases, each with its worker among the 当事人, two who may be one by one name."""
    asked, others = questions_of(ledger, target), questions_of(ledger, duplicate)
    this = CaseQuery(ids=(duplicate.id,))
    if ledger.cases_of_people(this, phones=_phones(asked)):
        return _as_one(target, duplicate)
    if not _are_strangers(target, asked, duplicate, others):
        return _as_one(target, duplicate)
    return _with_worker(target, asked), _with_worker(duplicate, others)


def _as_one(target: Case, duplicate: Case) -> tuple[Case, Case]:
    """Return both cases; a worker of one who may be one of the other is called by the fuller name.

    董 may be 董小红, but where that may be two of them nobody knows which.
    """
    for name in [party.name for party in duplicate.parties]:
        alike = [party.name for party in target.parties if may_be_one(party.name, name)]
        if len(alike) == 1:
            fuller = max(*alike, name, key=lambda each: len(plain_name(each)))
            target = renamed(target, alike[0], fuller)
            duplicate = renamed(duplicate, name, fuller)
    return target, duplicate


def _with_worker(case: Case, asked: Iterable[Question]) -> Case:
    """Return a case of one worker with him or who asked as its 当事人, and all its money his."""
    parties = case.parties or asking_workers(question.caller for question in asked)
    if case.people not in {None, 1} or len(parties) != 1:
        return case
    (party,) = parties
    claimed = case.claimed_fen if party.claimed_fen is None else party.claimed_fen
    payments = [replace(payment, party=party.name) for payment in known_payments(case)]
    return with_payments(replace(case, parties=(replace(party, claimed_fen=claimed),)), payments)


def _are_strangers(
    case: Case, asked: Iterable[Question], other: Case, others: Iterable[Question]
) -> bool:
    """Return whether nobody of one case may be somebody of the other: 董 may be 董小红."""
    ours, theirs = _persons(case, asked), _persons(other, others)
    known = bool(ours and theirs)
    return known and not any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs)


def _persons(case: Case, asked: Iterable[Question]) -> set[str]:
    """Return the names of a case's workers, none where some of them are not known."""
    parties = case.parties or asking_workers(question.caller for question in asked)
    known = {plain_name(party.name) for party in parties} - {""}
    return known if len(known) >= (case.people or 1) else set()


def _names(case: Case, asked: Iterable[Question]) -> frozenset[str]:
    names = {party.name for party in case.parties} | {question.caller.name for question in asked}
    return frozenset(name for name in names if len(name) >= _FULL_NAME)


def _shared(names: frozenset[str]) -> str:
    return f"都有{min(names)}" if names else ""


def _one_employer(employer: str, other: str) -> str:
    alike = likeness(employer, other)
    if alike is Likeness.SAME:
        return "用人单位相同"
    return "用人单位可能相同" if alike is Likeness.MAYBE else ""
