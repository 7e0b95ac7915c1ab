"""Background lanes: functions run there, their answers arrive on the GUI thread."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from functools import partial, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from hotline_desk.errors import Cancelled, HotlineDeskError

if TYPE_CHECKING:
    from collections.abc import Callable

_SWITCH_SECONDS = 0.0005
"""So soon a busy lane lets the window go on, which waits for that at each widget it draws.

With Python's own 5 ms a page of 60 fields took a second beside a lane that reads a file.
"""

T = TypeVar("T")
P = ParamSpec("P")


class Lane(Enum):
    """One background thread each; jobs of a lane keep their order."""

    LEDGER = "ledger"
    """Owns the SQLite connection: opened, used and closed there."""
    FILES = "files"
    """PDF, settings, sound to listen to, starting the captioner."""
    RECORDER = "recorder"
    """Starts and stops the recorder: a new take waits for nothing else."""
    AFTER = "after"
    """What takes long once nothing records: repairs, health sheets, FLAC."""
    TAKE = "take"
    """Meters, captions: short reads only, so that an export never stalls them."""


class Jobs(QObject):
    """Runs functions in background lanes; answers arrive on the GUI thread."""

    failed = Signal(Exception)
    """A job hit a bug, or a failure its caller did not handle."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._threads = {
            lane: ThreadPoolExecutor(1, thread_name_prefix=lane.value) for lane in Lane
        }
        self._stopped = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        *,
        owner: QObject,
        then: Callable[[T], None] | None = None,
        on_error: Callable[[HotlineDeskError], None] | None = None,
    ) -> None:
        """Run *work* in *lane*, then call *then* with its answer on the GUI thread.

        A foreseen failure goes to *on_error*, or to ``failed`` without one; a bug always goes to
        ``failed``. Nothing is delivered once *owner* is gone or the lanes are stopped.
        """
        if not self._stopped:
            self._threads[lane].submit(self._work, work, owner, then, on_error)

    def on_gui(self, function: Callable[P, None]) -> Callable[P, None]:
        """Wrap *function* so that any thread may call it; it runs on the GUI thread."""

        @wraps(function)
        def later(*args: P.args, **kwargs: P.kwargs) -> None:
            self._hand_over(self, partial(function, *args, **kwargs))

        return later

    def stop(self) -> None:
        """Drop queued jobs and wait for the running ones."""
        self._stopped = True
        for threads in self._threads.values():
            threads.shutdown(wait=True, cancel_futures=True)

    def finish(self, lane: Lane, last: Callable[[], None]) -> None:
        """Refuse new jobs, then run *last* in *lane* behind what is queued, and wait for it."""
        self._stopped = True
        self._threads[lane].submit(last).result()

    def _work(
        self,
        work: Callable[[], T],
        owner: QObject,
        then: Callable[[T], None] | None,
        on_error: Callable[[HotlineDeskError], None] | None,
    ) -> None:
        try:
            answer = work()
        except Cancelled:
            return
        except HotlineDeskError as error:
            self._hand_over(owner, partial(on_error or self.failed.emit, error))
        except Exception as error:  # noqa: BLE001  the one place where a job's bugs surface
            self._hand_over(owner, partial(self.failed.emit, error))
        else:
            if then is not None:
                self._hand_over(owner, partial(then, answer))

    def _hand_over(self, owner: QObject, call: Callable[[], None]) -> None:
        if not self._stopped and shiboken6.isValid(self):
            self._answered.emit((owner, call))

    @Slot(object)
    def _deliver(self, delivery: tuple[QObject, Callable[[], None]]) -> None:
        owner, call = delivery
        if not self._stopped and shiboken6.isValid(owner):
            call()
