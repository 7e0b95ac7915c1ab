"""What the recorder notes beside the sound: events.jsonl.

Every event has ``event``, ``at`` (seconds of take time), ``wall``. Those of one line have ``line``
(its id):

begin          ``samples`` of silence between take time 0 and the line's first sound
anchor         ``sample`` was heard at ``at``, ``monotonic_ns``
gap            from ``sample`` on, ``samples`` (``seconds``) of silence stand for lost sound
overflow       the device lost samples before ``sample``; the anchors around it tell how many
device_lost    ``reason``: ended, silent (no bytes for a second), moved (another source's sound
               came), repeating (the same frames again and again; told anew, they are kept as they
               are), absent (it, or the line's channel, was not there when the take began or it came
               back), bug; without a gap after it, nothing was lost in the end
device_failed  starting it again failed, told once until it is back; with the ``reason`` bug,
               the recorder's own part failed and begins anew
device_back    it delivers again; at another ``rate_hz`` of its own, which was made the line's
line_over      the sound file has ended at ``sample``
disk_low       ``minutes`` (60 or 15): no more are left on the volume of ``folder``, where sound
               is written
disk_full, disk_back   sound cannot be written from ``sample`` on, ``reason``: full, unwritable;
               can be again
second_folder  from ``sample`` on the sound lies in the take's second ``folder``
first_folder   from ``sample`` on it lies in the take's own again
second_lost    the second ``folder`` cannot be used, ``reason``: gone, synchronised, unwritable
home           after the end: all that lay in the second folder was brought into the take's own
second_unneeded  after the end: nothing lay there, and it was taken away
record_lost    take.json was gone, and was written again
segment_lost   the file that was being written is gone, from ``sample`` on, with ``samples``;
               another was begun
segment_cut    the end of the file that was being written was cut off by somebody: zeros stand for
               ``samples`` from ``sample`` on
purged         zeros stand for ``samples`` from ``sample`` on, on purpose, from take time ``start``
               to ``end``; ``reason``: unclaimed (no mark claims them), refused (the caller did not
               agree)
sync_failed    the disk refused to sync, ``errno``; told once until it does, as the next two are
purge_failed   a part of the recorder that only purges failed, ``error``
room_failed    a part that only looks at the room left failed, ``error``
sleep          the machine slept ``seconds``; the gaps of the lines follow
no_inhibit     the system refused to be kept awake, ``reason``
end            ``reason``: stop, signal, time, longest (forgotten), over, folder_lost,
               recorder_lost; ``samples``: how far each line should reach, by its id (a repair does
               not know)
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from hotline_desk.errors import WorkspaceError
from hotline_desk.system import steady_ns, sync_content
from hotline_desk.take import journal

if TYPE_CHECKING:
    from pathlib import Path


class TakeClock:
    """Take time: seconds of the steady clock since the origin, times the take's speed."""

    def __init__(self, origin_ns: int, speed: float) -> None:
        self.origin_ns = origin_ns
        self._speed = speed

    def seconds(self, monotonic_ns: int) -> float:
        """Return the take time at a reading of the monotonic clock."""
        return (monotonic_ns - self.origin_ns) / 1e9 * self._speed

    def now(self) -> float:
        """Return the take time now."""
        return self.seconds(steady_ns())

    def monotonic_ns(self, at: float) -> int:
        """Return the reading of the monotonic clock at take time *at*."""
        return self.origin_ns + round(at / self._speed * 1e9)


class EventLog:
    """The recorder's notes; any thread may add one."""

    def __init__(self, path: Path, clock: TakeClock, *, second: Path | None = None) -> None:
        """Note into *path*, and into *second* on another volume what the first refuses."""
        self._paths = [path] if second is None else [path, second]
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: list[dict[str, Any]] = []
        self._unsynced: set[Path] = set()

    def note(self, event: str, *, at: float | None = None, **facts: object) -> None:
        """Add an event that happened at take time *at*, now unless given.

        Full disks keep it in memory; it is written when there is room.
        """
        now_ns = steady_ns()
        at = self._clock.seconds(now_ns) if at is None else at
        ago = timedelta(microseconds=(now_ns - self._clock.monotonic_ns(at)) / 1000)
        wall = (datetime.now().astimezone() - ago).isoformat(timespec="milliseconds")
        with self._lock:
            self._waiting.append({"event": event, "at": round(at, 6), "wall": wall, **facts})
            self._write()

    def sync(self) -> None:
        """Write what waits, and make all of it survive a power cut.

        Raises:
            OSError: the disk fails; what was not synced is still to be.
        """
        with self._lock:
            self._write()
            unsynced, self._unsynced = self._unsynced, set()
        while unsynced:
            path = min(unsynced)
            try:
                with path.open("ab") as file:
                    sync_content(file.fileno())
            except OSError:
                with self._lock:
                    self._unsynced |= unsynced
                raise
            unsynced.remove(path)

    def _write(self) -> None:
        while self._waiting:
            path = next((path for path in self._paths if self._written(path)), None)
            if path is None:
                return
            del self._waiting[0]
            self._unsynced.add(path)

    def _written(self, path: Path) -> bool:
        try:
            journal.append(path, self._waiting[0])
        except WorkspaceError:
            return False
        return True
