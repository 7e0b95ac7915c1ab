"""A program that does the office's work in a ledger until it has done its share, or is killed.

``python -m tests.ledger.office_writer LEDGER FIRST WRITES``: write number *n* puts its word into
every part of what it writes in one go; a line on standard output tells *n* once it is kept.
"""

import dataclasses
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from hotline_desk.domain.calls import Caller, CallQuery
from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    CaseQuery,
    NewCase,
    Party,
    Payment,
)
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.ledger import Ledger
from tests.ledger.records import EPISODE, TAKE, a_call, a_question, heard

BY = "值班员"
OLD = 20
"""So many questions are there from the beginning, to be changed together."""
_ALL = 1_000_000
_DAY = date(2026, 11, 25)


def word(n: int) -> str:
    return f"w{n:06}"


def prepare(ledger: Ledger) -> None:
    """Make what the writes change."""
    ledger.save_episode(EPISODE, by=BY)
    for _ in range(OLD):
        ledger.add_question(a_question(), by=BY)


def _question(ledger: Ledger, said: str) -> None:
    question = ledger.add_question(a_question(point=said, text=said), by=BY)
    ledger.save_question(dataclasses.replace(question, answer=said, articles=said), by=BY)


def _call(ledger: Ledger, said: str) -> None:
    call = ledger.add_call(a_call(caller=Caller(name=said, phone="13800005678"), point=said), by=BY)
    ledger.add_question(a_question(call_id=call.id, point=said), by=BY)


def _case(ledger: Ledger, said: str) -> None:
    question = ledger.add_question(a_question(point=said), by=BY)
    new = NewCase(received=_DAY, matter=said, employer=said, questions=(question.id,))
    case = ledger.add_case(new, by=BY)
    changed = dataclasses.replace(
        case,
        parties=tuple(Party(name=said, claimed_fen=fen) for fen in (1, 2, 3)),
        payments=(Payment(on=_DAY, fen=1, party=said), Payment(on=None, fen=2, party=said)),
        actions=(Action(on=_DAY, kind=ActionKind.URGED, words=said),),
    )
    ledger.save_case(changed, by=BY)


def _registers(ledger: Ledger, said: str) -> None:
    ledger.keep(Staff(name=said, kind=StaffKind.LAWYER, team=said), by=BY)
    ledger.keep(ServicePoint(name=said), by=BY)
    letter = Letter(kind=LetterKind.OPINION, number=said, recipient=said, sent_on=_DAY)
    ledger.keep(letter, by=BY)


def change(ledger: Ledger, said: str) -> None:
    for question in ledger.questions(QuestionQuery(episode=EPISODE.number, limit=OLD)):
        ledger.save_question(dataclasses.replace(question, notes=said), by=BY)


def _add_many(ledger: Ledger, said: str) -> None:
    for _ in range(OLD):
        ledger.add_question(a_question(point=said), by=BY)


def _undo(ledger: Ledger, _said: str) -> None:
    ledger.undo(by=BY)


def captions(ledger: Ledger, said: str) -> None:
    began = int(said[1:]) * 1000.0
    ledger.copy_utterances(TAKE, [heard(said, began + at) for at in range(100)])


WRITES = (
    (_question, 4), (_call, 4), (_case, 9), (_registers, 5), (captions, 100), (change, OLD),
    (_add_many, OLD), (_undo, 0),
)  # fmt: skip
"""In turn, each with the number of parts that hold its word; the last takes back the one before."""


def write(path: Path, first: int, writes: int) -> None:
    with Ledger.open(path) as ledger:
        for n in range(first, first + writes):
            with ledger.together():
                WRITES[n % len(WRITES)][0](ledger, word(n))
            print(n, flush=True)  # noqa: T201


def parts(ledger: Ledger) -> Counter[str]:
    """Count in how many places each write's word stands."""
    found: list[str] = [utterance.text for utterance in ledger.utterances(TAKE)]
    for question in ledger.questions(QuestionQuery(limit=_ALL)):
        # a caller's name is the call's: it stands there and in the question
        found += [question.point, question.text, question.answer, question.articles, question.notes,
                  question.caller.name]  # fmt: skip
    for call in ledger.calls(CallQuery(limit=_ALL)):
        found += [call.caller.name, call.point]
    for case in ledger.cases(CaseQuery(limit=_ALL)):
        found += [case.matter, case.employer]
        found += [party.name for party in case.parties]
        found += [payment.party for payment in case.payments]
        found += [action.words for action in case.actions]
    for staff in ledger.kept(Staff):
        found += [staff.name, staff.team]
    found += [point.name for point in ledger.kept(ServicePoint)]
    for letter in ledger.kept(Letter):
        found += [letter.number, letter.recipient]
    return Counter(each for each in found if each)


def faults(found: Counter[str], told: int) -> list[str]:
    """Return what is not as it must be when *told* was the last write that was told.

    All writes up to it are there whole, those that were overwritten or taken back are not, and
    the next one, which was under way, is there whole or not at all.
    """
    under_way = told + 1
    newest_change = max((n for n in range(under_way) if _of(n, change)), default=None)
    wrong = []
    for n in range(under_way + 1):
        whole = WRITES[n % len(WRITES)][1]
        allowed = {whole}
        if n == under_way:
            allowed = {0, whole}
        elif _of(n, _add_many):
            allowed = {0} if n < told else {0, whole}
        elif _of(n, change) and n != newest_change:
            allowed = {0}
        elif _of(n, change) and _of(under_way, change):
            allowed = {whole - found[word(under_way)]}
        if found[word(n)] not in allowed:
            wrong.append(f"{WRITES[n % len(WRITES)][0].__name__} {n}: {found[word(n)]}")
    strangers = set(found) - {word(n) for n in range(under_way + 1)}
    return wrong + sorted(strangers)


def landed(found: Counter[str], told: int) -> bool:
    """Return whether the write after *told* was kept, too, though nobody was told."""
    under_way = told + 1
    kind, whole = WRITES[under_way % len(WRITES)]
    if kind is _undo:
        return not found[word(told)]
    return found[word(under_way)] == whole


def _of(n: int, kind: object) -> bool:
    return WRITES[n % len(WRITES)][0] is kind


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
