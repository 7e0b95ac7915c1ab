"""The steps of an import, each in its lane; what they need is loaded when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from threading import Event

    from hotline_desk.domain.importing.plan import ImportPlan
    from hotline_desk.domain.importing.reading import Incoming
    from hotline_desk.domain.importing.tables import Matching, Table
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.workflows.import_ledger import TakenIn
    from hotline_desk.workflows.import_plan import Rules

    Progress = Callable[[int, int], None]
    Opened = tuple[tuple[Table, ...], Matching, Rules]
    """The tables of a file, the 对照 that was kept for such files, and what rows are read by."""


def open_file(path: Path, workspace: Workspace, stop: Event) -> Opened:
    """Read the file at *path* (`open_tables`)."""
    from hotline_desk.workflows.import_ledger import read_rules, saved_for  # noqa: PLC0415  openpyxl when needed
    from hotline_desk.workflows.import_plan import open_tables  # noqa: PLC0415  the same

    tables = open_tables(path, cancelled=stop.is_set)
    return tables, saved_for(tables, workspace), read_rules(workspace)


def read_text(text: str, workspace: Workspace) -> Opened:
    """Read pasted *text* (`paste_tables`)."""
    from hotline_desk.workflows.import_ledger import read_rules, saved_for  # noqa: PLC0415  the same
    from hotline_desk.workflows.import_plan import paste_tables  # noqa: PLC0415  the same

    tables = paste_tables(text)
    return tables, saved_for(tables, workspace), read_rules(workspace)


def read_rows(
    tables: tuple[Table, ...], matching: Matching, rules: Rules, progress: Progress, stop: Event
) -> Incoming:
    """Read the rows as their columns are matched now (`read_rows`)."""
    from hotline_desk.workflows import import_plan  # noqa: PLC0415  the same

    return import_plan.read_rows(
        tables, matching, rules, on_progress=progress, cancelled=stop.is_set
    )


def plan(incoming: Incoming, rules: Rules, skips: bool, ledger: Ledger) -> ImportPlan:
    """Ask the ledger what the import comes to (`plan`, `plan_without` where it *skips* rows)."""
    from hotline_desk.workflows import import_plan  # noqa: PLC0415  the same

    made = (import_plan.plan_without if skips else import_plan.plan)(ledger, incoming, rules)
    # worked out here, so that the window does not
    _ = made.blocking, made.skipped, made.notices, made.strange, made.can_be_left_out
    return made


def take_in(
    planned: ImportPlan, rules: Rules, by: str, progress: Progress, stop: Event, ledger: Ledger
) -> tuple[TakenIn, tuple[int, ...]]:
    """Write what was planned, and return it with the ids of its questions (`take_in`)."""
    from hotline_desk.workflows import import_ledger  # noqa: PLC0415  the same

    done = import_ledger.take_in(
        ledger, planned, rules, by=by, on_progress=progress, cancelled=stop.is_set
    )
    return done, done.ids


def keep(matching: Matching, workspace: Workspace) -> None:
    """Keep a 对照 in the workspace (`save_matching`)."""
    from hotline_desk.workflows.import_matching import save_matching  # noqa: PLC0415  the same

    save_matching(matching, workspace)
