"""What was said in an episode's last recording, for a desk that is opened on it again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hotline_desk.errors import HotlineDeskError, TakeNotFound
from hotline_desk.ui.archive.archive_view_model import Transcript, heard, transcript
from hotline_desk.ui.kit.jobs import Lane

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.archive.archive_view_model import Heard
    from hotline_desk.ui.kit.office import Office


class PastCaptions(QObject):
    """Reads the newest take of an episode in which anything was said."""

    found = Signal(object)
    """The transcript (Transcript), or None where nothing was said."""
    failed = Signal(HotlineDeskError)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.reading = False

    def read(self, episode: int) -> None:
        """Read what was said in *episode*."""
        self.reading = True
        self._office.ask(
            partial(_heard_in, episode), owner=self, then=self._write_out, on_error=self._give_up
        )

    def _write_out(self, takes: dict[str, Heard]) -> None:
        self._office.jobs.run(
            Lane.FILES,
            partial(_newest, self._office.workspace.root, takes),
            owner=self,
            then=self._tell,
            on_error=self._give_up,
        )

    def _tell(self, newest: Transcript | None) -> None:
        self.reading = False
        self.found.emit(newest)

    def _give_up(self, error: HotlineDeskError) -> None:
        self._tell(None)
        self.failed.emit(error)


def _heard_in(episode: int, ledger: Ledger) -> dict[str, Heard]:
    return {name: heard(name, ledger) for name in ledger.takes(episode)}


def _newest(root: Path, takes: dict[str, Heard]) -> Transcript | None:
    """Return the transcript of the last take that has one; a take's name tells its time."""
    for name in sorted(takes, reverse=True):
        try:
            written = transcript(root, name, takes[name])
        except TakeNotFound:
            continue
        if written.said:
            return written
    return None
