"""Captions: the recogniser's words as they were heard; captions.jsonl is the captioner's alone.

One utterance a line: ``{"line","start","end","text","words":[{"word","start","end","conf"}]}``,
times in seconds of take time, ``line`` the line's name. Words that are not to be seen are left
out on reading; those whose sound was purged also leave the file, once no captioner has it: what
stands behind them keeps its place, so that readers go on from where they were.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.casework.claims import Stretch, overlaps
from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.errors import CaptionerRunning
from hotline_desk.system import FileLock, draft_of, write_whole
from hotline_desk.take import journal
from hotline_desk.take.purge import purged
from hotline_desk.take.removed import removed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hotline_desk.take.take import Take

CAPTIONS = "captions.jsonl"
LOCK = "captions.lock"
"""In the take's folder: its holder alone writes the captions."""

_OF_ITS_OWN = 0.001
"""Seconds that a part of an utterance begins behind its first word: an utterance is known by its
beginning, and a text laid over the whole must not lie on what is left."""


def append_utterance(folder: Path, utterance: Utterance) -> None:
    """Add *utterance* to the captions of the take in *folder*.

    Raises:
        WorkspaceFull: the disk is full; nothing was added.
        WorkspaceUnwritable: the folder cannot be written; nothing was added.
    """
    journal.append(folder / CAPTIONS, caption_record(utterance))


def read_captions(
    folder: Path, offset: int = 0, *, take: Take | None = None
) -> tuple[list[Utterance], int]:
    """Return the utterances from byte *offset* on, and the offset to go on from next time.

    What is not to be seen is left out: utterances, or words of them. Whoever asks again and again
    has its *take*, as for `removed`.
    """
    found, read_to = heard_captions(folder, offset)
    if not found:
        return found, read_to
    gone = removed(folder, take)
    visible = (without(utterance, gone.on(utterance.line)) for utterance in found)
    return [utterance for utterance in visible if utterance.text], read_to


def heard_captions(folder: Path, offset: int = 0) -> tuple[list[Utterance], int]:
    """Return all that was heard, as `read_captions`: for those who go on writing, and no others.

    What has left the file is an utterance without text.
    """
    return journal.read(folder / CAPTIONS, _utterance, offset)


def unreadable_captions(folder: Path) -> int:
    """Return how many lines of the captions of the take in *folder* nobody understands."""
    return journal.unreadable(folder / CAPTIONS, _utterance)


def lacks(folder: Path, copied_to: int) -> bool:
    """Return whether captions that were copied up to byte *copied_to* are in the file no more.

    What is deleted of them leaves every line as long as it was.
    """
    path = folder / CAPTIONS
    size = path.stat().st_size if path.exists() else 0
    return size < copied_to or unreadable_captions(folder) > 0


def without(utterance: Utterance, stretches: Sequence[Stretch]) -> Utterance:
    """Return *utterance* without the words that reach into *stretches*; maybe without any."""
    if not overlaps(utterance.start, utterance.end, stretches):
        return utterance
    words = tuple(word for word in utterance.words if not overlaps(word.start, word.end, stretches))
    if not words:
        return dataclasses.replace(utterance, text="", words=())
    return dataclasses.replace(
        utterance,
        start=round(words[0].start + _OF_ITS_OWN, 3),
        end=words[-1].end,
        text="".join(word.word for word in words),
        words=words,
    )


def erase_purged(take: Take) -> bool:
    """Take the words whose sound was purged out of the captions; return whether there were any.

    Does nothing while a captioner has them. Each line keeps its length in bytes.

    Raises:
        WorkspaceFull: the disk is full; the captions are as they were.
        WorkspaceUnwritable: the folder cannot be written; the same.
    """
    names = {line.id: line.name for line in take.lines}
    gone: dict[str, list[Stretch]] = {}
    for each in purged(take):
        if each.line_id in names:
            gone.setdefault(names[each.line_id], []).append(each.stretch)
    try:
        return bool(gone) and erase(take.folder, gone)
    except CaptionerRunning:
        return False


def erase(folder: Path, gone: Mapping[str, Sequence[Stretch]]) -> bool:
    """Take the words in *gone*, by line's name, out of the captions; return whether there were any.

    Each line keeps its length in bytes; what a crash left of a last one, or of a copy, goes.

    Raises:
        CaptionerRunning: a captioner has them; nothing was changed.
        WorkspaceFull: the disk is full; the captions are as they were.
        WorkspaceUnwritable: the folder cannot be written; the same.
    """
    path = folder / CAPTIONS
    if not path.exists():
        return False
    lock = FileLock(folder / LOCK)
    try:
        if not lock.acquire():
            raise CaptionerRunning(folder)
        draft_of(path).unlink(missing_ok=True)
        content = path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        erased = b"".join(_erased(line, gone) for line in whole.splitlines(keepends=True))
        if erased == content:
            return False
        write_whole(path, erased)
    except OSError as error:
        raise journal.workspace_error(path, error) from error
    finally:
        lock.release()
    return True


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


def _erased(line: bytes, gone: Mapping[str, Sequence[Stretch]]) -> bytes:
    """Return a line of the file without its purged words, as long as before."""
    try:
        said = _utterance(json.loads(line))
    except (KeyError, TypeError, ValueError):
        return line
    left = without(said, gone.get(said.line, ()))
    if left == said:
        return line
    shorter = json.dumps(caption_record(left), ensure_ascii=False).encode()
    return shorter.ljust(len(line) - 1) + b"\n"
