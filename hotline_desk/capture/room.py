"""Where a take's sound goes: its folder, or a second one when that refuses or is nearly full."""

from __future__ import annotations

import contextlib
import re
import shutil
import time
from typing import TYPE_CHECKING

from hotline_desk.errors import WorkspaceSynchronised
from hotline_desk.system import is_remote, sync_folder
from hotline_desk.take.places import RESERVE_BYTES, second_for, seconds_left

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.capture.events import EventLog

_OWNER_ONLY = 0o700
_CLOUD = re.compile(
    r"onedrive([ -].*)?|icloud.*|dropbox( \(.*\))?"
    r"|nutstore( files)?|(我的)?坚果云|百度网盘同步空间",
    re.IGNORECASE,
)
"""What the folders are called that the clouds used here make."""
_WARNINGS_MINUTES = (60, 15)
_MINUTE = 60.0
_WELL_AGAIN = 1.1  # times a warning's minutes: somebody made room, and would be told anew
_SHUNNED_SECONDS = 60.0  # a folder that refused is left alone, or each second had its own segment


def recordable(folder: Path) -> None:
    """See that a recording may lie in *folder*; it need not be there yet.

    Programs that synchronise a folder lock and move files while they are written, and a network
    can be gone for seconds.

    Raises:
        WorkspaceSynchronised: it lies in a cloud's folder or on a network drive.
    """
    found = folder.resolve()
    if any(_CLOUD.fullmatch(part) for part in found.parts) or is_remote(found):
        raise WorkspaceSynchronised(folder)


def make_second(volume: Path, folder: Path) -> tuple[Path | None, str]:
    """Make the second folder of the take in *folder* under *volume*.

    Returns:
        The folder; else None and why it cannot be: gone, synchronised or unwritable.
    """
    try:
        recordable(volume)
        if not volume.is_dir():  # making it would fill the volume that it was to spare
            return None, "gone"
        second = second_for(folder, volume)
        second.parent.mkdir(mode=_OWNER_ONLY, exist_ok=True)
        second.mkdir(mode=_OWNER_ONLY)
        for above in (second.parent, volume):
            sync_folder(above)
    except WorkspaceSynchronised:
        return None, "synchronised"
    except OSError:
        return None, "unwritable"
    return second, ""


class Room:
    """The folders of a take; lines ask where to write, the syncer looks at what is left.

    Any thread may call `places` and `settle`, one calls `look`.
    """

    def __init__(self, folder: Path, second: Path | None = None) -> None:
        self.first = folder
        self.second = second
        self._now = folder
        self._refused: dict[Path, float] = {}  # monotonic seconds of the last refusal
        self._told: int | None = None
        self._second_told = False

    @property
    def folders(self) -> tuple[Path, ...]:
        """All of the take's folders, its own first."""
        return (self.first,) if self.second is None else (self.first, self.second)

    def places(self) -> tuple[Path, ...]:
        """Return the folder to write in, then the one to try when it refuses."""
        now = self._now
        if self.second is None:
            return (now,)
        return (now, self.second if now == self.first else self.first)

    def settle(self, folder: Path) -> None:
        """Write in *folder* from now on: the other one refused."""
        if folder != self._now:
            self._refused[self._now] = time.monotonic()
            self._now = folder

    def look(self, bytes_a_second: float, events: EventLog) -> None:
        """Leave a first folder that is nearly full, and warn in time.

        Args:
            bytes_a_second: what all lines together write.
            events: where disk_low and second_lost are noted.
        """
        self._look_for_second(events)
        with contextlib.suppress(OSError):  # a volume that is gone is told when it is written
            if self._now == self.first and self._is_nearly_full(bytes_a_second):
                self._now = self.second or self.first
            self._warn(bytes_a_second, events)

    def _is_nearly_full(self, bytes_a_second: float) -> bool:
        """Whether the first folder has its reserve left, and the second one can do better."""
        second = self.second
        if second is None or shutil.disk_usage(self.first).free >= RESERVE_BYTES:
            return False
        shunned = time.monotonic() - self._refused.get(second, -_SHUNNED_SECONDS) < _SHUNNED_SECONDS
        return not shunned and seconds_left(second, bytes_a_second) > _MINUTE

    def _warn(self, bytes_a_second: float, events: EventLog) -> None:
        reserve = RESERVE_BYTES if self.second is not None and self._now == self.first else 0
        left = seconds_left(self._now, bytes_a_second, reserve_bytes=reserve) / _MINUTE
        if self._told is not None and left > _WELL_AGAIN * max(_WARNINGS_MINUTES):
            self._told = None
        reached = [minutes for minutes in _WARNINGS_MINUTES if left < minutes]
        if reached and (self._told is None or min(reached) < self._told):
            self._told = min(reached)
            events.note("disk_low", minutes=self._told, folder=str(self._now))

    def _look_for_second(self, events: EventLog) -> None:
        if self.second is None:
            return
        there = self.second.is_dir()
        if not there and not self._second_told:
            events.note("second_lost", folder=str(self.second), reason="gone")
        self._second_told = not there
