"""Delete again, from a copy of the ledger that was put back, whoever was deleted before.

What is known of deletions is noted in a file before the copy takes the ledger's place, and the
note goes when all of it is done: whatever comes between, the next start goes on with it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.deletions import Deletion, DeletionPlan, DeletionReason
from hotline_desk.errors import (
    DeletionsOwed,
    DeletionUnfinished,
    LedgerFromNewerVersion,
    LedgerLost,
    NotALedger,
    RestoreFailed,
)
from hotline_desk.ledger import Ledger
from hotline_desk.ledger.backup import register_of
from hotline_desk.ledger.deleting import NOBODYS, DeletingLedger
from hotline_desk.system import is_locked, sync_folder, write_whole
from hotline_desk.workflows.delete_person import delete, finish_all, propose, with_origins
from hotline_desk.workflows.find_copies import is_clean_of, with_logs

if TYPE_CHECKING:
    from pathlib import Path

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

    times: int = 0
    unfound: int = 0
    """Deletions whose persons are not found here: others' rows may still name them."""
    waits: bool = False
    """Whether something is being recorded: all of it is done when that has ended."""


def draft_of(workspace: Workspace) -> Path:
    """Return where a copy lies before it takes the ledger's place."""
    return workspace.ledger.with_name(f"{workspace.ledger.name}.restoring")


def is_noted(workspace: Workspace) -> bool:
    """Return whether something is to be deleted again, as far as a restoring has noted."""
    return workspace.owed.exists()


def is_stuck(workspace: Workspace) -> bool:
    """Return whether what is noted cannot be opened, so neither read nor taken away."""
    try:
        with workspace.owed.open("r+b"):
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True


def is_owed(ledger: Ledger, workspace: Workspace) -> bool:
    """Return whether *ledger* has to repeat what is noted.

    Not one that knows all of it: whatever noted it was cut short before the exchange.
    """
    known = {each.key for each in ledger.kept(Deletion)}
    return any(
        each.key not in known
        for each in _noted(workspace).deletions
        if each.reason is not DeletionReason.REFUSED  # which goes by itself
    )


def refuse_undeleted(workspace: Workspace) -> None:
    """See that nobody who was deleted is in the ledger again, before anything is done with it.

    Raises:
        DeletionsOwed: a restored ledger has to be gone through first.
        LedgerError: the ledger cannot be opened.
    """
    if is_noted(workspace) and workspace.ledger.exists():
        with Ledger.open(workspace.ledger) as ledger:
            if is_owed(ledger, workspace):
                raise DeletionsOwed


def note_deletions(workspace: Workspace) -> Register:
    """Note which deletions are known, before another ledger takes the present one's place.

    Those that a restoring which was cut short has noted are among them.

    Raises:
        LedgerError: the present ledger cannot be opened now.
        RestoreFailed: the disk does not take the note.
    """
    before, now = _noted(workspace), _known(workspace)
    found = {(each.at, each.plan): each for each in (*before.deletions, *now.deletions)}
    register = Register(
        tuple(found[key] for key in sorted(found)), is_whole=before.is_whole and now.is_whole
    )
    if found:
        try:
            write_whole(workspace.owed, _as_json(register).encode())
        except OSError as error:
            raise RestoreFailed(workspace.root) from error
    return register


def forget_note(workspace: Workspace) -> None:
    """Take the note away: all of it is done, or nothing was exchanged.

    Raises:
        DeletionUnfinished: the disk, or another program, does not let it go.
    """
    try:
        workspace.owed.unlink(missing_ok=True)
        sync_folder(workspace.root)
    except OSError as error:
        name = workspace.owed.name
        raise DeletionUnfinished(f"“{name}”清不掉，请检查它的权限") from error


def resume(workspace: Workspace) -> tuple[int, list[Deletion]]:
    """Finish every deletion, those that a restored ledger still has to repeat, too.

    Not while another process restores. Return how many were repeated, and which were finished.

    Raises:
        DeletionUnfinished: some cannot be finished now.
        LedgerError: the ledger cannot be opened or written.
    """
    repeated = repeat_deletions(workspace)
    if repeated.waits:
        raise DeletionUnfinished("正在录音")
    return repeated.times, finish_all(workspace)


def repeat_deletions(workspace: Workspace) -> Repeated:
    """Delete again whoever is in the ledger now and was noted, and carry the register over.

    Raises:
        DeletionUnfinished: the rows are clean; the rest is done at the next start.
        LedgerError: the ledger cannot be opened or written; the note stays.
    """
    if not is_noted(workspace):
        return Repeated()
    if is_locked(workspace.recorder_lock):
        return Repeated(waits=True)
    for path in with_logs(draft_of(workspace)):
        path.unlink(missing_ok=True)
    times = unfound = 0
    left: list[str] = []
    with DeletingLedger.open(workspace.ledger) as ledger:
        known = {each.key for each in ledger.kept(Deletion)}
        for deletion in _noted(workspace).deletions:
            # what the machine heard goes by itself, once the call is refused here, too
            refused = deletion.reason is DeletionReason.REFUSED
            if refused or deletion.key in known:
                continue
            persons, is_found = _persons(ledger, deletion)
            unfound += not is_found
            times += len(persons)
            left += [why for each in persons if (why := _delete(ledger, workspace, each, deletion))]
            ledger.keep(replace(deletion, id=0), by=NOBODYS)  # the next restoring has to know it
    forget_note(workspace)
    if left:
        raise DeletionUnfinished("；".join(left))
    return Repeated(times, unfound)


def _delete(
    ledger: DeletingLedger, workspace: Workspace, person: Person, deletion: Deletion
) -> str:
    """Delete *person* as *deletion* did; return what is left to do, in words."""
    plan = DeletionPlan.from_json(deletion.plan)
    # what forbade it when the copy was made did not any more when the person was deleted
    person = replace(person, retained=(), left=ledger.records_begun(plan.left))
    proposal = propose(ledger, workspace, person)
    proposal = replace(
        proposal,
        plan=replace(proposal.plan, repeats=deletion.key),
        backups=tuple(path for path in proposal.backups if not is_clean_of(path, deletion)),
    )
    who, reason = deletion.who, deletion.reason
    try:
        delete(ledger, workspace, proposal, who=who, files=False, backups=False, reason=reason)
    except DeletionUnfinished as error:
        return error.left
    return ""


def _known(workspace: Workspace) -> Register:
    """Return the deletions of the present ledger; where it cannot be read, those of all copies."""
    try:
        if workspace.ledger.exists():
            with DeletingLedger.open(workspace.ledger) as ledger:
                return Register(
                    tuple(
                        replace(each, plan=plan.as_json())
                        for each in ledger.kept(Deletion)
                        if not (plan := _plan(ledger, each)).repeats
                    ),
                    is_whole=True,
                )
    except (NotALedger, LedgerLost, LedgerFromNewerVersion):
        pass
    return _of_copies(workspace)


def _of_copies(workspace: Workspace) -> Register:
    found = {
        (each.at, each.plan): each
        for copy in sorted(workspace.backups.glob("*.db"))
        for each in register_of(copy)
        if not DeletionPlan.from_json(each.plan).repeats
    }
    return Register(tuple(found.values()), is_whole=False)


def _plan(ledger: DeletingLedger, deletion: Deletion) -> DeletionPlan:
    return with_origins(ledger, DeletionPlan.from_json(deletion.plan))


def _persons(ledger: DeletingLedger, deletion: Deletion) -> tuple[list[Person], bool]:
    """Return who is to be deleted again, and whether anybody is found here.

    They are the callers one by one, or all expired rows at once.
    """
    plan = DeletionPlan.from_json(deletion.plan)
    if deletion.reason is DeletionReason.EXPIRED:
        rows = ledger.same(plan, "questions")
        return ([ledger.person_of_rows(rows)] if rows else []), True
    found: list[Person] = []
    for call in ledger.same(plan, "calls"):
        if not any(call in other.calls for other in found):
            found.append(ledger.person_of_call(call, own_only=plan.own_only))
    written = ledger.person_written(plan, ledger.same(plan, "cases"))
    if written is None:
        return found, bool(found)
    return [_as_written(each, written) for each in found] or [written], True


def _as_written(person: Person, written: Person) -> Person:
    """Return *person* with all ways of writing that were known when the person was deleted."""
    phones = () if person.own_only else person.phones
    return replace(
        person,
        names=tuple(sorted({*person.names, *written.names})),
        phones=tuple(sorted({*phones, *written.phones})),
    )


def _as_json(register: Register) -> str:
    facts = {"is_whole": register.is_whole, "deletions": [*map(asdict, register.deletions)]}
    return json.dumps(facts, ensure_ascii=False, default=datetime.isoformat)


def _noted(workspace: Workspace) -> Register:
    """Return what is noted; nothing where there is no note."""
    if not is_noted(workspace):
        return Register((), is_whole=True)
    try:
        facts = json.loads(workspace.owed.read_text(encoding="utf-8"))
        return Register(tuple(map(_deletion, facts["deletions"])), is_whole=facts["is_whole"])
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
    ):  # damaged: the ledger before is among the copies
        return _of_copies(workspace)


def _deletion(facts: dict[str, Any]) -> Deletion:
    finished = facts["finished_at"]
    return Deletion(
        at=datetime.fromisoformat(facts["at"]),
        who=facts["who"],
        reason=DeletionReason(facts["reason"]),
        plan=facts["plan"],
        finished_at=finished and datetime.fromisoformat(finished),
    )
