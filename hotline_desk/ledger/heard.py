"""What was heard: takes, copies of their captions, the edits on top, and the search in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.errors import EpisodeNotFound
from hotline_desk.ledger import reading, search, transcripts
from hotline_desk.ledger.rows import moment_text
from hotline_desk.ledger.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hotline_desk.domain.search import SearchHit
    from hotline_desk.domain.utterances import Edit, Utterance
    from hotline_desk.ledger.rows import Facts


class HeardStore(Store):
    """A ledger's takes and transcripts."""

    def add_take(self, folder: str, episode: int | None, started_at: datetime) -> None:
        """Note a take, or what is now known of it.

        Args:
            folder: its folder relative to the workspace, with forward slashes.
            episode: the episode that it belongs to, if any.
            started_at: wall time of its first block.

        Raises:
            EpisodeNotFound: the episode is not in the ledger.
        """
        with self._write() as db:
            if episode is not None and not reading.episodes(db, episode):
                raise EpisodeNotFound(episode)
            transcripts.add_take(db, folder, episode, moment_text(started_at))

    def takes(self, episode: int | None = None) -> dict[str, int]:
        """Return the folders of takes and how many bytes of their captions were copied.

        All takes or those of one *episode*, by folder, relative to the workspace.
        """
        with self._read() as db:
            return transcripts.takes(db, episode)

    def copy_utterances(
        self, take: str, utterances: Iterable[Utterance], *, read_to: int = 0
    ) -> int:
        """Copy utterances of a take; those already there stay. Return how many were new.

        *read_to* says up to which byte of its captions everything has been copied.
        """
        with self._write() as db:
            return transcripts.copy(db, take, utterances, read_to)

    def replace_utterances(
        self, take: str, utterances: Iterable[Utterance], *, read_to: int = 0
    ) -> int:
        """Put *utterances* in the place of all copies of a take; edits stay on top."""
        with self._write() as db:
            return transcripts.replace(db, take, utterances, read_to)

    def utterances(
        self, take: str, *, line: str | None = None, start: float = 0.0, end: float | None = None
    ) -> list[Utterance]:
        """Return what was heard in a range of take time, in order, without the single words."""
        with self._read() as db:
            return reading.utterances(db, take, line, start, end)

    def add_edit(self, take: str, edit: Edit, *, by: str) -> None:
        """Lay a text over an utterance; the machine's own text stays."""
        with self._write() as db:
            place: Facts = {"take": take, "line": edit.line, "began": edit.start}
            laid = place | {"text": edit.text, "removed": 0}
            if (edit_id := transcripts.edit_id(db, take, edit)) is None:
                self._changes.add("edits", laid, by)
            else:
                self._changes.change("edits", edit_id, laid, by)

    def edits(self, take: str) -> list[Edit]:
        """Return what has been laid over a take's utterances, in order."""
        with self._read() as db:
            return reading.edits(db, take)

    def search(self, words: str, *, limit: int = 50) -> list[SearchHit]:
        """Return the passages that hold every term of *words*, newest first.

        Questions are searched in Point, text and answer, by 台账编号, amount and caller,
        utterances as edited. A question is not told beside an utterance of its own.
        """
        with self._read() as db:
            return search.find(db, words, limit)

    def rebuild_search(self) -> None:
        """Make the search anew from the texts."""
        with self._write() as db:
            transcripts.rebuild_search(db)
