"""Tell which of the files that an office writes by hand cannot be understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.errors import (
    HotlineDeskError,
    SettingsNotUnderstood,
)
from hotline_desk.workflows.limits import read_calendar, written_limits
from hotline_desk.workflows.written import wrong_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hotline_desk.paths import Workspace

_LIMITS = "limit_contact limit_plan limit_close limit_close_complex"


def settings_fault(workspace: Workspace) -> SettingsNotUnderstood | None:
    """Return what in the office's settings is not understood, where something is not."""
    path = workspace.settings
    fault = office.first_fault(path)
    if fault is None:
        try:
            written_limits(office.load(path))
        except ValueError:
            fault = ValueError(_LIMITS)
    return None if fault is None else SettingsNotUnderstood(path, wrong_place(path, fault))


def own_file_faults(workspace: Workspace) -> Iterator[tuple[str, HotlineDeskError | None]]:
    """Yield each of the office's own files by what it is called, with what is wrong in it."""
    from hotline_desk.workflows.import_matching import read_saved_matchings  # noqa: PLC0415  the
    from hotline_desk.workflows.lapses import read_lapse_limits  # noqa: PLC0415  recorder's
    from hotline_desk.workflows.laws import read_articles  # noqa: PLC0415  start needs none

    yield "设置", settings_fault(workspace)
    for name, read in (
        ("工作日历", read_calendar),
        ("时效清单", read_lapse_limits),
        ("法条索引", read_articles),
        ("列对照", read_saved_matchings),
    ):
        try:
            read(workspace)
        except HotlineDeskError as error:
            yield name, error
        else:
            yield name, None
