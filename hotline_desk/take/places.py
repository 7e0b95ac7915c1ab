"""Where a take lies: in its folder, and perhaps in a second one on another volume.

take.json names the second one. Files of the same kinds and names may lie in both: segments, events
and marks that the first volume had no room for. Readers look in both; `take.home` brings all of it
into the first once the take has ended.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

TAKE = "take.json"
SECOND = "second"
"""What take.json calls the second folder."""

RESERVE_BYTES = 64 << 20
"""What the first volume keeps free where there is a second: sound is nearly all that is written,
and with this much left captions, marks, events, the ledger and its day's copy still find room."""


def second_folder(folder: Path) -> Path | None:
    """Return the second folder of the take in *folder*, None if it has none; it may be away."""
    try:
        named = json.loads((folder / TAKE).read_bytes())[SECOND]
        return None if "\0" in named else Path(named)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def places(folder: Path) -> tuple[Path, ...]:
    """Return all the folders that the take in *folder* lies in, its own first."""
    second = second_folder(folder)
    return (folder,) if second is None else (folder, second)


def second_for(folder: Path, volume: Path) -> Path:
    """Return where under *volume* the take in *folder* has its second folder; not made yet.

    Named as the take is, its episode before it; another take's that is left there is not touched.
    """
    wanted = volume / folder.parent.name / folder.name
    number = 1
    while wanted.exists():
        number += 1
        wanted = wanted.with_name(f"{folder.name}-{number}")
    return wanted


def seconds_left(place: Path, bytes_a_second: float, *, reserve_bytes: int = 0) -> float:
    """Return how long a recording of *bytes_a_second* finds room on the volume of *place*.

    Raises:
        OSError: the volume cannot be asked.
    """
    free = shutil.disk_usage(place).free - reserve_bytes
    return max(0.0, free / bytes_a_second)
