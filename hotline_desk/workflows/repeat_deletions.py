"""Delete again, from a copy of the ledger that was put back, whoever was deleted before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hotline_desk.domain.deletions import Deletion, DeletionPlan, DeletionReason
from hotline_desk.errors import LedgerFromNewerVersion, NotALedger
from hotline_desk.ledger.backup import register_of
from hotline_desk.ledger.deleting import NOBODYS, DeletingLedger
from hotline_desk.workflows.delete_person import delete, propose, with_origins

if TYPE_CHECKING:
    from hotline_desk.domain.deletions import Person
    from hotline_desk.paths import Workspace


@dataclass(frozen=True, slots=True)
class Register:
    """The deletions that are known before another ledger takes the present one's place."""

    deletions: tuple[Deletion, ...]
    is_whole: bool
    """Whether the present ledger told them; copies know only those that were before them."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """What was deleted again."""

    times: int
    unfound: int
    """Deletions whose persons have no rows of their own here: others' rows may still name them."""


def register_of_deletions(workspace: Workspace) -> Register:
    """Return the deletions of the present ledger; where it cannot be read, those of all copies."""
    try:
        if workspace.ledger.exists():
            with DeletingLedger.open(workspace.ledger) as ledger:
                return Register(
                    tuple(
                        replace(each, plan=_plan(ledger, each).as_json())
                        for each in ledger.kept(Deletion)
                    ),
                    is_whole=True,
                )
    except (NotALedger, LedgerFromNewerVersion):
        pass
    found = {
        (each.at, each.plan): each
        for copy in sorted(workspace.backups.glob("*.db"))
        for each in register_of(copy)
    }
    return Register(tuple(found[key] for key in sorted(found)), is_whole=False)


def repeat_deletions(workspace: Workspace, register: Register) -> Repeated:
    """Delete again whoever is in the ledger now and stands in *register*, and carry that over.

    Raises:
        DeletionError: something could not be deleted again, or not all of it yet.
        LedgerError: the ledger cannot be opened or written.
    """
    times = unfound = 0
    with DeletingLedger.open(workspace.ledger) as ledger:
        known = {(each.at, _plan(ledger, each).as_json()) for each in ledger.kept(Deletion)}
        unknown = [
            each
            for each in register.deletions
            if (each.at, each.plan) not in known
            # what the machine heard goes by itself, once the call is refused here, too
            and each.reason is not DeletionReason.REFUSED
        ]
        for deletion in unknown:  # first of all: the next restoring has to know of them, too
            ledger.keep(replace(deletion, id=0), by=NOBODYS)
        for deletion in unknown:
            persons, is_found = _persons(ledger, deletion)
            unfound += not is_found
            for person in persons:
                proposal = propose(ledger, workspace, person)
                who, reason = deletion.who, deletion.reason
                delete(
                    ledger, workspace, proposal, who=who, files=False, backups=False, reason=reason
                )
                times += 1
    return Repeated(times, unfound)


def _plan(ledger: DeletingLedger, deletion: Deletion) -> DeletionPlan:
    return with_origins(ledger, DeletionPlan.from_json(deletion.plan))


def _persons(ledger: DeletingLedger, deletion: Deletion) -> tuple[list[Person], bool]:
    """Return who is to be deleted again, and whether every caller has rows here.

    They are the callers one by one, or all expired rows at once.
    """
    plan = DeletionPlan.from_json(deletion.plan)
    if deletion.reason is DeletionReason.EXPIRED:
        rows = ledger.same(plan, "questions")
        return ([ledger.person_of_rows(rows)] if rows else []), True
    calls = ledger.same(plan, "calls")
    found: list[Person] = []
    for call in calls:
        if not any(call in other.calls for other in found):
            found.append(ledger.person_of_call(call))
    return found, bool(calls)
