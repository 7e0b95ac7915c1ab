"""The programme's timetable at work: recording begins and ends by it, and its absence is said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.messages import sentence
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.view_model import ViewModel
from hotline_desk.workflows import timetable
from hotline_desk.workflows.timetable import Start

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hotline_desk.errors import HotlineDeskError
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.live.live_view_model import LiveViewModel
    from hotline_desk.ui.live.recording_view_model import RecordingViewModel

_TICK_MILLISECONDS = 1000
_AGAIN_SECONDS = 30.0
"""How long after a start that failed the next one is tried."""
_CALM_SECONDS = 8.0
"""How long a start may take before its absence is said."""


class TimetableViewModel(ViewModel):
    """Looks at the clock once a second; what it does itself, a person may do before it."""

    due_changed = Signal(str)
    """That nothing is recorded though it should be, and why; empty when all is well."""
    programme_changed = Signal(bool, str)
    """Whether the programme is on the air, and what comes next in words."""

    def __init__(
        self,
        office: Office,
        recording: RecordingViewModel,
        live: LiveViewModel,
        parent: QObject | None = None,
        *,
        clock: Callable[[], datetime] = studio_now,
    ) -> None:
        super().__init__(office, parent)
        self._recording = recording
        self._live = live
        self._clock = clock
        self._due = ""
        self._shown: tuple[bool, str] | None = None
        self._start = Start()
        self._looking = False
        self._tried_at: datetime | None = None
        self._waits = ""
        """What the end of the recording was said to wait for."""
        self._timer = QTimer(self, interval=_TICK_MILLISECONDS)
        self._timer.timeout.connect(self.tick)
        recording.not_started.connect(self._say_failure)
        office.settings_changed.connect(self._try_soon)

    def begin(self) -> None:
        """Go by the timetable from now on."""
        self._timer.start()
        self.tick()

    @property
    def on_air(self) -> bool:
        """Whether the programme is being broadcast now, as far as the timetable is followed."""
        return bool(self._shown and self._shown[0])

    @Slot()
    def tick(self) -> None:
        """Do what is due now."""
        now = self._clock()
        phase = timetable.phase(self._office.settings, now)
        if self._shown != (phase.on_air, phase.words):
            self._shown = phase.on_air, phase.words
            self.programme_changed.emit(*self._shown)
        if not self._recording.looked:
            return
        if self._recording.recording:
            self._note_recording()
            self._let_go(now)
        elif phase.should_record:
            self._see_to_recording(now)
        else:
            self._say_due("")

    def _note_recording(self) -> None:
        if self._tried_at is not None:
            self._tried_at = None
            self.told.emit(self._start.told)
        self._say_due("")

    def _see_to_recording(self, now: datetime) -> None:
        waited = 0.0 if self._tried_at is None else (now - self._tried_at).total_seconds()
        if self._recording.busy:
            if waited >= _CALM_SECONDS and not self._due:
                self._say_due(self._start.missing)
            return
        known = self._live.read or self._office.is_refused
        again = self._tried_at is None or waited >= _AGAIN_SECONDS
        if known and again and not self._looking:
            self._looking = True
            office = self._office
            self._office.jobs.run(
                Lane.TAKE,
                partial(timetable.due_start, office.workspace, office.settings, now),
                owner=self,
                then=partial(self._decide, now),
            )

    def _decide(self, now: datetime, start: Start) -> None:
        self._looking = False
        if self._recording.recording or self._recording.busy:
            return
        self._start = start
        if not start.due:
            self._tried_at = None
            self._say_due(start.missing)
            return
        self._tried_at = now
        today = now.astimezone(STUDIO_ZONE).date()
        self._recording.start(self._live.hour.episodes.of_day(today))

    @Slot(object)
    def _say_failure(self, error: HotlineDeskError) -> None:
        """Say why the recording that is due does not begin."""
        if self._tried_at is not None:
            statement = self._start.missing.partition("：")[0]
            self._say_due(f"{statement}：{sentence(error)}")

    @Slot()
    def _try_soon(self) -> None:
        """Try again with what was set, at once."""
        if not self._recording.busy:
            self._tried_at = None

    def _let_go(self, now: datetime) -> None:
        """End the take of the programme once its time is over and nobody is on the line."""
        began = self._recording.now.started_at
        if began is None or self._recording.ending:
            return
        hour = self._live.hour
        number = hour.episode.number if hour.episode else None
        calls = [call for call in hour.calls if call.episode == number]
        release = timetable.due_release(self._office.settings, now, began, calls)
        if release.due:
            self._recording.stop()
        if release.told and release.told != self._waits:
            self.told.emit(release.told)
        self._waits = release.told

    def _say_due(self, missing: str) -> None:
        if missing != self._due:
            self._due = missing
            self.due_changed.emit(missing)
