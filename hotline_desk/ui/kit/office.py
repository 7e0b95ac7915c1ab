"""The office behind the window: workspace, settings, and the ledger in its lane."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hotline_desk import settings as settings_file
from hotline_desk.errors import (
    Cancelled,
    HotlineDeskError,
    LedgerNotShared,
    WorkspaceUnwritable,
)
from hotline_desk.ui.kit.jobs import Jobs, Lane
from hotline_desk.ui.kit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.settings import Settings


T = TypeVar("T")

_HOUR_MILLISECONDS = 3_600_000
_LOOK_MILLISECONDS = 2_000
"""How often the ledger is looked at for what others have written."""

NOBODY = "值班员"
"""Who is written beside a change while the settings name no operator."""


class Office(QObject):
    """Holds what every page needs; the ledger is opened, used and closed in its lane alone."""

    opened = Signal()
    """The ledger can be used."""
    refused = Signal(HotlineDeskError)
    """The ledger cannot be used."""
    doubted = Signal(HotlineDeskError)
    """A file that the office wrote by hand is not understood: something else holds."""
    rows_changed = Signal()
    """Something in the ledger has changed, here or in another program; lists read again."""
    settings_changed = Signal()
    working = Signal(str, bool)
    """What takes long in the ledger's lane, with the time left, and whether it may be stopped;
    empty when nothing does."""

    def __init__(
        self, workspace: Workspace, settings: Settings, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.settings = settings
        self.jobs = jobs
        self._ledger: Ledger | None = None
        self._asked_early: list[Callable[[], None]] | None = []
        """What was asked before the ledger was told to open; None from then on."""
        self._refusal: HotlineDeskError | None = None
        self._stop = Event()
        self._hourly = QTimer(self, interval=_HOUR_MILLISECONDS)  # a window may stay open all week
        self._hourly.timeout.connect(self._ask_for_the_days_copy)
        self._elsewhere: int | None = None
        self._shared = False
        self._looking = QTimer(self, interval=_LOOK_MILLISECONDS, singleShot=True)
        self._looking.timeout.connect(self.look)

    @property
    def by(self) -> str:
        """Who is written beside a change."""
        return self.settings.operator or NOBODY

    @property
    def is_refused(self) -> bool:
        """Whether the ledger cannot be used."""
        return self._refusal is not None

    def open_ledger(self) -> None:
        """Open the ledger in its lane; what is asked meanwhile waits behind it."""
        self.jobs.run(
            Lane.LEDGER,
            self._open_ledger,
            owner=self,
            then=lambda _: self._opened(),
            on_error=self.refused.emit,
        )
        early, self._asked_early = self._asked_early or [], None
        for ask in early:
            ask()

    def ask(
        self,
        work: Callable[[Ledger], T],
        *,
        owner: QObject,
        then: Callable[[T], None] | None = None,
        on_error: Callable[[HotlineDeskError], None] | None = None,
    ) -> None:
        """Run *work* on the ledger in its lane, then *then* with its answer on the GUI thread.

        What is asked before the ledger is open waits for it. Nothing is run on a ledger that was
        refused: the window has said so for good.
        """
        if self._refusal is not None:
            return
        ask = partial(
            self.jobs.run,
            Lane.LEDGER,
            partial(self._with_ledger, work),
            owner=owner,
            then=then,
            on_error=on_error,
        )
        if self._asked_early is None:
            ask()
        else:
            self._asked_early.append(ask)

    @Slot()
    def look(self) -> None:
        """Look whether another program has written; lists read again then.

        It is also let in again, once the disk has room that had none.

        What keeps it from looking stands in the way of every other question too: that tells it.
        """
        self.ask(
            lambda ledger: (ledger.share(), ledger.changes_elsewhere()),
            owner=self,
            then=self._looked,
            on_error=lambda _: self._looking.start(),
        )

    def change_settings(self, settings: Settings) -> None:
        """Use *settings* from now on and write them down."""
        self.settings = settings
        self.settings_changed.emit()
        self.jobs.run(Lane.FILES, partial(self._save, settings), owner=self)

    @contextmanager
    def long_work(
        self, words: str, *, may_stop: bool = True
    ) -> Iterator[Callable[[int, int], None]]:
        """Say *words* while the ledger's lane does something that may take long.

        Yields what is told how many steps of how many are done. It raises Cancelled once
        somebody asked for the work to stop, if it may be.
        """
        show = self.jobs.on_gui(self.working.emit)
        so_far = Progress()
        self._stop.clear()

        def told(done: int, total: int) -> None:
            if may_stop and self._stop.is_set():
                raise Cancelled
            show(f"{words}  {so_far.words(done, total)}".rstrip(), may_stop)

        try:
            yield told
        finally:
            show("", False)

    @Slot()
    def stop_work(self) -> None:
        """Stop the long work that may be stopped; nothing of it is done then."""
        self._stop.set()

    def close(self) -> None:
        """Close the ledger in its lane; called last, when no page asks any more."""
        self.jobs.finish(Lane.LEDGER, self._close_ledger)

    def _open_ledger(self) -> None:
        from hotline_desk.ledger.ledger import Ledger  # noqa: PLC0415  loads behind the window

        try:
            with self.long_work(self.tr("正在更新台账文件"), may_stop=False) as told:
                self._ledger = Ledger.open(self.workspace.ledger, on_progress=told)
        except HotlineDeskError as error:
            self._refusal = error
            raise

    def _opened(self) -> None:
        self.look()
        self.opened.emit()
        self.jobs.run(Lane.FILES, self._own_file_fault, owner=self, then=self._doubt)
        self._hourly.start()

    def _looked(self, seen: tuple[bool, int]) -> None:
        self._looking.start()
        before, (shared, elsewhere) = self._elsewhere, seen
        if before is None and not shared:
            self.doubted.emit(LedgerNotShared(self.workspace.ledger))
        if before not in {None, elsewhere}:
            self.rows_changed.emit()
        first_shared = shared and not self._shared
        self._shared, self._elsewhere = shared, elsewhere
        if first_shared:
            self._ask_for_the_days_copy()

    @Slot()
    def _ask_for_the_days_copy(self) -> None:
        if self._shared:
            self.jobs.run(Lane.FILES, self._back_up, owner=self)

    def _back_up(self) -> None:
        """Copy the ledger on a connection of its own, so that the desk's keys never wait."""
        from hotline_desk.workflows.keep import back_up_today  # noqa: PLC0415  loads behind the window

        back_up_today(self.workspace)

    def _own_file_fault(self) -> HotlineDeskError | None:
        from hotline_desk.workflows.own_files import own_file_faults  # noqa: PLC0415  in the lane

        return next((fault for _, fault in own_file_faults(self.workspace) if fault), None)

    def _doubt(self, fault: HotlineDeskError | None) -> None:
        if fault is not None:
            self.doubted.emit(fault)

    def _with_ledger(self, work: Callable[[Ledger], T]) -> T:
        if self._ledger is None:  # refused, which was said when it was
            raise Cancelled
        return work(self._ledger)

    def _close_ledger(self) -> None:
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    def _save(self, settings: Settings) -> None:
        try:
            settings_file.save(settings, self.workspace.settings)
        except OSError as error:
            raise WorkspaceUnwritable(self.workspace.root) from error
