"""Captions: the recogniser's words as they were heard; captions.jsonl is the captioner's alone.

One utterance a line: ``{"line","start","end","text","words":[{"word","start","end","conf"}]}``,
times in seconds of take time, ``line`` the line's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.take import journal

if TYPE_CHECKING:
    from pathlib import Path

CAPTIONS = "captions.jsonl"
LOCK = "captions.lock"
"""In the take's folder: its holder is the take's one captioner."""


def append_utterance(folder: Path, utterance: Utterance) -> None:
    """Add *utterance* to the captions of the take in *folder*.

    Raises:
        WorkspaceFull: the disk is full; nothing was added.
        WorkspaceUnwritable: the folder cannot be written; nothing was added.
    """
    journal.append(folder / CAPTIONS, caption_record(utterance))


def read_captions(folder: Path, offset: int = 0) -> tuple[list[Utterance], int]:
    """Return the utterances from byte *offset* on, and the offset to go on from next time."""
    return journal.read(folder / CAPTIONS, _utterance, offset)


def caption_record(utterance: Utterance) -> dict[str, Any]:
    """Return *utterance* as it stands in captions.jsonl."""
    return {
        "line": utterance.line,
        "start": utterance.start,
        "end": utterance.end,
        "text": utterance.text,
        "words": [
            {"word": word.word, "start": word.start, "end": word.end, "conf": word.conf}
            for word in utterance.words
        ],
    }


def _utterance(record: dict[str, Any]) -> Utterance:
    return Utterance(
        line=journal.fact(record, "line", str),
        start=journal.number(record, "start"),
        end=journal.number(record, "end"),
        text=journal.fact(record, "text", str),
        words=tuple(
            Word(
                journal.fact(word, "word", str),
                journal.number(word, "start"),
                journal.number(word, "end"),
                journal.number(word, "conf"),
            )
            for word in record["words"]
        ),
    )
