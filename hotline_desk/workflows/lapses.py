"""Read the office's list of time limits of the law (时效提醒)."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from hotline_desk.domain.lapses import Limit, Unit
from hotline_desk.errors import LapsesNotUnderstood
from hotline_desk.paths import resource

if TYPE_CHECKING:
    from typing import Any

    from hotline_desk.paths import Workspace

_NAME = "lapses.toml"


def read_lapse_limits(workspace: Workspace) -> tuple[Limit, ...]:
    """Return the office's own list, ``lapses.toml`` in the workspace, else the shipped one.

    Raises:
        LapsesNotUnderstood: the list is wrong.
    """
    own = workspace.root / _NAME
    path = own if own.exists() else resource("laws") / _NAME
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_limit(entry) for entry in found["limit"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LapsesNotUnderstood(path) from error


def _limit(entry: dict[str, Any]) -> Limit:
    start, unit = str(entry.pop("from")), Unit(entry.pop("unit"))
    limit = Limit(start=start, unit=unit, **entry)
    if type(limit.count) is not int or limit.count < 1:
        raise ValueError(limit)
    return limit
