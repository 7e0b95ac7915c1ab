"""What is done with takes once nothing records: purged, examined, and put away as FLAC.

All of it gives way to a recording at once, and goes on where it was when that has ended.
What does it is loaded in its lane, so that the window need not wait for it.
"""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hotline_desk.capture.sheet import HealthSheet
from hotline_desk.domain.times import duration_text, studio_now
from hotline_desk.errors import Cancelled, HotlineDeskError
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.live.recording_view_model import RecordingViewModel
    from hotline_desk.workflows.purge import Purging

_LOOK_MILLISECONDS = 60_000
_SOON_MILLISECONDS = 5_000


class AfterTake(ViewModel):
    """One thing at a time, in a lane of its own; nothing while something is recorded."""

    going_on = Signal(str)
    """What is being done, in one line; empty when nothing is."""
    examining = Signal(object, float)
    """The folder of the take that is being examined, and the share that is done."""
    examined = Signal(HealthSheet)

    def __init__(
        self, office: Office, recording: RecordingViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(office, parent)
        self._recording = recording
        self._wanted: list[Path] = []
        """Takes that somebody wants examined, the newest wish last."""
        self._ended: list[Path] = []
        """Takes that have just ended, and are examined unasked."""
        self._left: set[Path] = set()
        """Takes that could not be put away since the window was opened; they were told."""
        self._round: set[Path] = set()
        """Takes that were seen to since the last look at all of them."""
        self._unpurged: set[Path] = set()
        """Takes of which something could not be purged; they were told."""
        self._undeleted = ""
        """What of a deletion could not be finished; it was told."""
        self._begun = False
        self._busy = False
        self._stop = threading.Event()
        self._before: Path | None = None
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._begin_round)
        recording.take_changed.connect(self._follow)
        recording.busy_changed.connect(self._give_way)

    def begin(self) -> None:
        """See to the takes from now on."""
        self._begun = True
        self._timer.start()
        QTimer.singleShot(_SOON_MILLISECONDS, self, self._next)

    def close(self) -> None:
        """Leave what is being done where it is; it goes on when the window opens again."""
        self._timer.stop()
        self._stop.set()

    def examine(self, folder: Path) -> None:
        """Have the take in *folder* examined before everything else."""
        self._wanted = [wish for wish in self._wanted if wish != folder] + [folder]
        self._stop.set()
        self._next()

    @Slot(object)
    def _follow(self, take: Path | None) -> None:
        if take is not None:
            self._stop.set()
        elif self._before is not None and self._begun:
            self._ended.append(self._before)
            self._next()
        self._before = take

    @Slot(bool)
    def _give_way(self, starting: bool) -> None:
        if starting:
            self._stop.set()

    @property
    def _may(self) -> bool:
        """Whether nothing is recorded, nor is about to be."""
        recording = self._recording
        return recording.looked and not recording.recording and not recording.busy

    @Slot()
    def _begin_round(self) -> None:
        self._round.clear()
        self._next()

    @Slot()
    def _next(self) -> None:
        if self._busy:
            return
        if self._wanted:
            self._examine(self._wanted[-1], asked=True)
        elif not self._begun or not self._may:
            return
        elif self._ended:
            self._examine(self._ended[0], asked=False)
        else:
            self._do(self._look, self._found)

    def _do(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        """Run *work* in the lane; what is cancelled comes back, too, with nothing."""
        self._busy = True
        self._stop.clear()

        def done(answer: object) -> None:
            self._busy = False
            then(answer)

        free = self._office.jobs.on_gui(self._free)

        def attempt() -> object:
            try:
                return work()
            except Cancelled:
                return None
            except BaseException:
                free()
                raise

        self._office.jobs.run(Lane.AFTER, attempt, owner=self, then=done, on_error=self.failed.emit)

    def _say_done(self, *, interrupted: bool) -> None:
        waits = interrupted and not self._may
        self.going_on.emit(self.tr("整理以前的录音，等录完再接着做") if waits else "")

    def _free(self) -> None:
        """Hear the next wish after a failure, too."""
        self._busy = False
        self.going_on.emit("")

    def _examine(self, folder: Path, *, asked: bool) -> None:
        for wishes in (self._wanted, self._ended):
            if folder in wishes:
                wishes.remove(folder)
        shown = self._office.jobs.on_gui(partial(self._show_examining, folder))
        progress, cancelled = _sparing(shown), self._stop.is_set

        def work() -> HealthSheet:
            from hotline_desk.capture.health import health_sheet  # noqa: PLC0415  in the lane

            return health_sheet(folder, progress=progress, cancelled=cancelled)

        self._do(work, partial(self._examination_ended, folder, asked=asked))

    def _show_examining(self, folder: Path, share: float) -> None:
        if self._busy:
            self.examining.emit(folder, share)
            self.going_on.emit(self.tr("正在做录音体检 {n} %").format(n=int(share * 100)))

    def _examination_ended(self, folder: Path, sheet: HealthSheet | None, *, asked: bool) -> None:
        self._say_done(interrupted=sheet is None)
        if sheet is None:
            (self._wanted if asked else self._ended).insert(0, folder)
        else:
            self.examined.emit(sheet)
            if not asked:
                words = self.tr("录音体检：{verdict}").format(verdict=sheet.verdict)
                (self.warned if sheet.faults else self.told).emit(words)
        self._next()

    def _look(self) -> tuple[Purging, list[Path]]:
        from hotline_desk.workflows.consolidate import waiting  # noqa: PLC0415  in the lane
        from hotline_desk.workflows.purge import purge_ended  # noqa: PLC0415  the same

        workspace = self._office.workspace
        purging = purge_ended(workspace, self._office.settings, studio_now())
        self._forget()
        if workspace.drafts.is_dir():
            from hotline_desk.reports.workbook import forget_drafts  # noqa: PLC0415  the same

            forget_drafts(workspace.drafts)
        return purging, waiting(workspace)

    def _found(self, found: tuple[Purging, list[Path]] | None) -> None:
        takes: list[Path] = []
        if found is not None:
            purging, takes = found
            self._tell_unpurged(set(purging.left))
            if purging.changed:
                forget = partial(_forget, self._office.workspace, purging.changed)
                self._office.ask(forget, owner=self, on_error=self.failed.emit)
        takes = [take for take in takes if take not in self._left | self._round]
        if self._wanted or self._ended:
            self._next()
        elif takes and self._may:
            self._put_away(takes[0])
        else:
            self.going_on.emit("")

    def _forget(self) -> None:
        """Go on with deleting what was cut short; what is left is told once."""
        from hotline_desk.workflows.forget_refused import forget_refused  # noqa: PLC0415  in the lane
        from hotline_desk.workflows.repeat_deletions import resume  # noqa: PLC0415  the same

        workspace = self._office.workspace
        try:
            repeated, _ = resume(workspace)
            if repeated:
                self._office.jobs.on_gui(self._office.rows_changed.emit)()
            forget_refused(workspace, studio_now())
        except HotlineDeskError as error:
            if str(error) != self._undeleted:
                self._undeleted = str(error)
                self._office.jobs.on_gui(self.failed.emit)(error)
        else:
            self._undeleted = ""

    def _tell_unpurged(self, left: set[Path]) -> None:
        """Tell of the takes in *left* once, until they could be purged."""
        if left - self._unpurged:
            names = "、".join(sorted(folder.name for folder in left))
            words = self.tr("{names} 里到期的声音没能清除，会再试；请检查磁盘。")
            self.warned.emit(words.format(names=names))
        self._unpurged = left

    def _put_away(self, folder: Path) -> None:
        self._left.add(folder)  # what fails once is not tried, and told, every minute
        shown = self._office.jobs.on_gui(partial(self._show_putting_away, folder))
        workspace, stopped = self._office.workspace, self._stop.is_set

        def work() -> bool:
            from hotline_desk.workflows.consolidate import consolidate  # noqa: PLC0415  in the lane

            consolidate(workspace, folder, progress=_sparing(shown), cancelled=stopped)
            return True

        self._do(work, partial(self._put_away_ended, folder))

    def _show_putting_away(self, folder: Path, share: float, left: float | None = None) -> None:
        if self._busy:
            words = self.tr("正在整理录音 {name} {n} %").format(
                name=folder.parent.name, n=int(share * 100)
            )
            if left is not None:
                words += self.tr("，还要 {time}").format(time=duration_text(left))
            self.going_on.emit(words)

    def _put_away_ended(self, folder: Path, done: bool | None) -> None:
        self._say_done(interrupted=done is None)
        self._left.discard(folder)  # its 坐席 lines may come later
        if done is not None:
            self._round.add(folder)
        self._next()


def _forget(workspace: Workspace, takes: list[Path], ledger: Ledger) -> None:
    from hotline_desk.workflows.purge import forget  # noqa: PLC0415  in the ledger's lane

    forget(ledger, workspace, takes)


def _sparing(show: Callable[..., None]) -> Callable[..., None]:
    """Return what calls *show* four times a second at most: a window needs no more."""
    last = 0.0

    def sparingly(*arguments: object) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= 0.25:
            last = now
            show(*arguments)

    return sparingly
