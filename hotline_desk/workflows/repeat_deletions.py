"""Delete again, from a copy of the ledger that was put back, whoever was deleted before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.deletions import Deletion, DeletionPlan, DeletionReason
from hotline_desk.errors import LedgerFromNewerVersion, NotALedger
from hotline_desk.ledger.deleting import DeletingLedger
from hotline_desk.workflows.delete_person import delete, propose

if TYPE_CHECKING:
    from hotline_desk.domain.deletions import Person
    from hotline_desk.paths import Workspace


@dataclass(frozen=True, slots=True)
class Done:
    """A deletion, and what tells its records from others that have their ids in another ledger."""

    deletion: Deletion
    calls: dict[int, str]
    questions: dict[int, str]


def deletions_of(workspace: Workspace) -> list[Done]:
    """Return the deletions that the present ledger knows; none where it cannot be read."""
    if not workspace.ledger.exists():
        return []
    try:
        with DeletingLedger.open(workspace.ledger) as ledger:
            return [_done(ledger, deletion) for deletion in ledger.kept(Deletion)]
    except (NotALedger, LedgerFromNewerVersion):
        return []


def repeat_deletions(workspace: Workspace, before: list[Done]) -> int:
    """Delete again whoever is in the ledger now and was deleted *before*; return how many times.

    Raises:
        DeletionError: something could not be deleted again, or not all of it yet.
        LedgerError: the ledger cannot be opened or written.
    """
    count = 0
    with DeletingLedger.open(workspace.ledger) as ledger:
        known = {deletion.plan for deletion in ledger.kept(Deletion)}
        for done in before:
            if done.deletion.plan in known:
                continue
            for person in _persons(ledger, done):
                proposal = propose(ledger, workspace, person)
                who, reason = done.deletion.who, done.deletion.reason
                delete(
                    ledger, workspace, proposal, who=who, files=False, backups=False, reason=reason
                )
                count += 1
    return count


def _done(ledger: DeletingLedger, deletion: Deletion) -> Done:
    plan = DeletionPlan.from_json(deletion.plan)
    return Done(
        deletion,
        {call: ledger.origin("calls", call) for call in plan.calls},
        {question: ledger.origin("questions", question) for question in plan.questions},
    )


def _persons(ledger: DeletingLedger, done: Done) -> list[Person]:
    """Return who is to be deleted again: the callers one by one, or all expired rows at once."""
    if done.deletion.reason is DeletionReason.REFUSED:
        return []  # what the machine heard goes by itself, once the call is refused here, too
    if done.deletion.reason is DeletionReason.EXPIRED:
        rows = [
            question
            for question, origin in done.questions.items()
            if origin and ledger.origin("questions", question) == origin
        ]
        return [ledger.person_of_rows(rows)] if rows else []
    found: list[Person] = []
    for call, origin in done.calls.items():
        if origin and ledger.origin("calls", call) == origin:
            person = ledger.person_of_call(call)
            if not any(call in other.calls for other in found):
                found.append(person)
    return found
