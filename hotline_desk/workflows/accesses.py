"""访问记录: note who took out, or looked at, what is masked for everyone else."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from hotline_desk.domain.publications import Access
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.errors import InternalWithoutReason
from hotline_desk.output import Line
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date

    from hotline_desk.ledger import Ledger
    from hotline_desk.settings import Settings

REGISTER = "访问记录"
"""Who keeps the register: nobody's undo takes an access back."""


def note_access(ledger: Ledger, what: str, *, who: str, why: str = "") -> None:
    """Note that *who* has seen or taken out *what*, now.

    Args:
        ledger: where it is noted.
        what: in words that name no person: 导出台账（内部版），812 条.
        who: the operator, or whoever uses the machine.
        why: the reason that was given, if any.

    Raises:
        LedgerError: it cannot be noted.
    """
    ledger.keep(Access(at=studio_now(), who=who, what=what, why=why), by=REGISTER)


def reason_of(args: argparse.Namespace) -> str:
    """Return why an internal version is asked for; empty of a masked one.

    Raises:
        InternalWithoutReason: it does not say.
    """
    why = str(args.why).strip()
    if args.internal and not why:
        raise InternalWithoutReason
    return why


def who_is_it(settings: Settings) -> str:
    """Return who sits at this desk: the operator of the settings, else the machine's user."""
    if settings.operator:
        return settings.operator
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # the system knows no name
        return "值班员"


def accesses(
    ledger: Ledger, *, since: date | None = None, until: date | None = None
) -> tuple[Access, ...]:
    """Return the accesses of a period, the newest first.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    return tuple(
        access
        for access in reversed(ledger.kept(Access))
        if (since is None or access.at.astimezone(STUDIO_ZONE).date() >= since)
        and (until is None or access.at.astimezone(STUDIO_ZONE).date() <= until)
    )


def list_accesses(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for each access of a period, the newest first.

    Raises:
        LedgerError: the ledger cannot be opened or read.
        WorkspaceNotFound: the place is no workspace.
    """
    workspace = existing(args.workspace)
    from hotline_desk.ledger import Ledger  # noqa: PLC0415  the window is shown without

    with Ledger.open(workspace.ledger) as ledger:
        found = accesses(ledger, since=args.since, until=args.until)
    for access in found:
        why = f"（{access.why}）" if access.why else ""
        yield Line(
            f"{access.at:%Y-%m-%d %H:%M}  {access.who}  {access.what}{why}",
            {"at": access.at.isoformat(), "who": access.who, "what": access.what,
             "why": access.why},
        )  # fmt: skip
