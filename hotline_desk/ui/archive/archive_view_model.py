"""The archive: what was recorded, what was said in it, and where words were found."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.errors import TakeNotFound
from hotline_desk.take.captions import read_captions
from hotline_desk.take.take import Take
from hotline_desk.ui.kit.following import Following
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.live.reception import said

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtCore import QObject

    from hotline_desk.domain.search import SearchHit
    from hotline_desk.domain.utterances import Utterance
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.kit.said import Said


Heard = tuple[dict[tuple[str, float], str], "list[Utterance]"]
"""What people have laid over a take's utterances, by line and start; and the ledger's copy."""


@dataclass(frozen=True, slots=True)
class TakeRow:
    """One take as the list shows it."""

    name: str
    """As the ledger names it: relative to the workspace."""
    episode: str
    """Its episode's folder: 2026-11-25-第190期."""
    started_at: datetime | None
    """None where its folder is gone."""
    seconds: float
    running: bool


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said in a take."""

    take: str
    began: str
    """The studio's day and time: 2026-11-25 09:50."""
    said: tuple[Said, ...]


class ArchiveViewModel(Following):
    """State of the archive page."""

    takes_changed = Signal(tuple)
    transcript_changed = Signal(Transcript)
    found = Signal(str, tuple)
    """The words, and the passages (SearchHit) that hold them."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, self.refresh, parent)
        self.read = False
        """Whether it is known which takes there are."""
        self._take = ""
        office.opened.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Read the list of takes again."""
        self._office.ask(
            _take_names,
            owner=self,
            then=self._look_at,
            on_error=self.failed.emit,
        )

    def open_take(self, name: str) -> None:
        """Read what was said in the take *name*."""
        self._take = name
        self._office.ask(
            partial(heard, name),
            owner=self,
            then=partial(self._write_out, name),
            on_error=self.failed.emit,
        )

    def search(self, words: str) -> None:
        """Find *words* in questions and transcripts."""
        self._office.ask(
            lambda ledger: tuple(ledger.search(words)),
            owner=self,
            then=partial(self._searched, words),
            on_error=self.failed.emit,
        )

    def _searched(self, words: str, hits: tuple[SearchHit, ...]) -> None:
        self.found.emit(words, hits)

    def _look_at(self, names: list[str]) -> None:
        self._office.jobs.run(
            Lane.FILES,
            partial(_rows, self._office.workspace.root, names),
            owner=self,
            then=self._list,
        )

    def _list(self, takes: tuple[TakeRow, ...]) -> None:
        self.read = True
        self.takes_changed.emit(takes)

    def _write_out(self, name: str, known: Heard) -> None:
        if name == self._take:
            self._office.jobs.run(
                Lane.FILES,
                partial(transcript, self._office.workspace.root, name, known),
                owner=self,
                then=self.transcript_changed.emit,
                on_error=self.failed.emit,
            )


def _take_names(ledger: Ledger) -> list[str]:
    return list(ledger.takes())


def _rows(root: Path, names: list[str]) -> tuple[TakeRow, ...]:
    rows = [_row(root, name) for name in names]
    return tuple(sorted(rows, key=lambda row: (row.episode, row.name), reverse=True))


def _row(root: Path, name: str) -> TakeRow:
    episode = name.rpartition("/")[0].rpartition("/")[2]
    try:
        take = Take(root / name)
    except TakeNotFound:
        return TakeRow(name, episode, None, 0.0, running=False)
    began = take.started_at.astimezone(STUDIO_ZONE)
    return TakeRow(name, episode, began, take.now(), running=not take.ended)


def heard(name: str, ledger: Ledger) -> Heard:
    """Return what the ledger has of the captions of the take *name*."""
    edits = {(edit.line, edit.start): edit.text for edit in ledger.edits(name)}
    return edits, ledger.utterances(name)


def transcript(root: Path, name: str, known: Heard) -> Transcript:
    """Return what the captioner wrote down, else the ledger's copy, with the edits on top.

    Raises:
        TakeNotFound: the take's folder is gone.
    """
    edits, copied = known
    take = Take(root / name)
    original, _ = read_captions(take.folder)
    utterances = sorted(original or copied, key=lambda utterance: utterance.start)
    return Transcript(
        name,
        f"{take.started_at.astimezone(STUDIO_ZONE):%Y-%m-%d %H:%M}",
        tuple(
            dataclasses.replace(row, text=edits[row.line, row.start])
            if (row.line, row.start) in edits
            else row
            for row in said(take, utterances)
        ),
    )
