"""Work that goes on beside the recording and must never harm it: syncing, looking, purging."""

from __future__ import annotations

import threading
import traceback
from typing import TYPE_CHECKING

from hotline_desk.errors import WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.capture.events import EventLog


class Beside:
    """Does *work* every so many seconds, in a thread of its own.

    A failure is noted as the event ``<name>_failed``, once until the work succeeds again; the next
    turn comes all the same.
    """

    def __init__(
        self, name: str, work: Callable[[], None], *, every_seconds: float, events: EventLog
    ) -> None:
        """Begin; the first turn comes after *every_seconds*."""
        self._name = name
        self._work = work
        self._every_seconds = every_seconds
        self._events = events
        self._failed = False
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it, and wait for the turn that is under way."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(self._every_seconds):
            try:
                self._work()
            except Exception as error:  # noqa: BLE001  whatever it is, the recording goes on
                self._tell(error)
            else:
                self._failed = False

    def _tell(self, error: Exception) -> None:
        if self._failed:
            return
        self._failed = True
        number = error.errno if isinstance(error, OSError) else None
        self._events.note(f"{self._name}_failed", error=type(error).__name__, errno=number)
        # a bug, for whoever mends it; a disk's failure is told by its event
        if number is None and not isinstance(error, WorkspaceError):
            traceback.print_exception(error)
