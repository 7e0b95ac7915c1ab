"""The captioner: follows a take and writes down what is said, one recogniser a line.

It reads what is on the disk, so it may be late, killed and started again: it goes on at each
line's last final utterance, and nothing is dropped.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.times import clock_text
from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.errors import CaptionerRunning
from hotline_desk.media.sound import LineSound, open_line
from hotline_desk.output import Line
from hotline_desk.processes import input_closed
from hotline_desk.speech.models import DEMO_NOTICE, for_command
from hotline_desk.speech.recogniser import Recogniser, joined, load
from hotline_desk.speech.text import readable
from hotline_desk.system import FileLock
from hotline_desk.take.captions import (
    CAPTIONS,
    LOCK,
    append_utterance,
    caption_record,
    heard_captions,
)
from hotline_desk.take.journal import workspace_error
from hotline_desk.take.segments import SAMPLE_BYTES
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    import argparse
    import threading
    from collections.abc import Iterator

    import vosk

_POLL_SECONDS = 0.05
_BLOCK_SECONDS = 0.1
_BACKLOG_SECONDS = 1.0
"""A line that is further behind is fed by the second."""
_RENEW_SECONDS = 600.0
"""A recogniser's memory grows with what it has heard; it is renewed at a pause after this."""
_AFTER_LAST_WORD = 0.1
"""Where a line goes on after a restart: behind the last word's end, whose sound rings on."""
_FIRST_WORD_SECONDS = 0.7
"""How long after an utterance's beginning its first partial words come, with some to spare."""
_PROGRESS_SECONDS = 0.25
OUTSIDE = (
    "这次录音不在工作文件夹 episodes 里的某一期下面，窗口和 search 找不到它的字幕；"
    "要能找到，请录到那里，例如 --take 工作文件夹/episodes/试音/take-1。"
)
"""What is told of a take that nobody will look for captions in."""


@dataclass(slots=True)
class _LineHearing:
    """One line as far as it has been heard."""

    name: str
    rate_hz: int
    sound: LineSound
    recogniser: Recogniser
    first_sample: int
    """Of the line: the first one that `recogniser` was given."""
    next_sample: int
    ended: list[list[Word]] = field(default_factory=list)
    """The utterances that ended in the newest sound; one without words is a long silence."""
    partial: str = ""
    """The words of the utterance that goes on."""
    shown: str = ""
    """The partial words that were told last."""
    shown_from: float = 0.0
    """Take time at which the utterance that goes on began, as far as can be told."""


def caption(args: argparse.Namespace) -> Iterator[Line]:
    """Follow the take ``args.take`` and append each utterance to its captions.

    Ends when the take has ended and all of it is written down. While the take goes on it also
    ends when the standard input, if it is a pipe, closes: the window is gone then, and the
    utterance that goes on is left to the next captioner.

    Raises:
        TakeNotFound: the folder holds no take.
        CaptionerRunning: another captioner follows it.
        ModelMissing: there is no such model.
        ModelBroken: the model does not load.
        WorkspaceFull, WorkspaceUnwritable: the captions cannot be written.
    """
    take = Take(args.workspace.take_called(args.take))
    model = for_command(args)
    lock = FileLock(take.folder / LOCK)
    try:
        locked = lock.acquire()
    except OSError as error:
        raise workspace_error(take.folder, error) from error
    if not locked:
        raise CaptionerRunning(take.folder)
    try:
        if model.is_demo:
            yield Line(DEMO_NOTICE, {"notice": DEMO_NOTICE, "model": model.name})
        with closing(_Captioner(take, load(model))) as captioner:
            lines = captioner.lines(input_closed())
            yield from lines if args.json else (line for line in lines if line.words)
        if not args.json and not args.workspace.keeps(take.folder):
            yield Line(OUTSIDE, {}, aside=True)
    finally:
        lock.release()


class _Captioner:
    def __init__(self, take: Take, model: vosk.Model) -> None:
        self._take = take
        self._model = model
        ends: dict[str, float] = {}
        try:
            written, _read_to = heard_captions(take.folder)
        except OSError as error:
            raise workspace_error(take.folder / CAPTIONS, error) from error
        for utterance in written:
            ends[utterance.line] = max(ends.get(utterance.line, 0.0), utterance.end)
        self._lines = [self._begin(line.name, ends.get(line.name)) for line in take.lines]
        self._told_progress = time.monotonic()

    def close(self) -> None:
        """Let go of the sound."""
        for line in self._lines:
            line.sound.close()

    def lines(self, parent_gone: threading.Event) -> Iterator[Line]:
        """Yield what is heard until the take is over, or goes on without its window."""
        with ThreadPoolExecutor(len(self._lines) or 1) as pool:
            while True:
                # asked before the sound is looked at: what came before the end is not missed
                over = self._take.ended
                if parent_gone.is_set() and not over:
                    return
                fed = [(line, pcm) for line in self._lines if (pcm := self._next_block(line))]
                list(pool.map(lambda work: _hear(*work), fed))
                for line, _pcm in fed:
                    yield from self._told(line)
                yield from self._progress()
                if not fed and over:
                    break
                if not fed:
                    parent_gone.wait(_POLL_SECONDS)
        for line in self._lines:
            yield from self._final(line, line.recogniser.finish())

    def _begin(self, name: str, last_end: float | None) -> _LineHearing:
        rate_hz = self._take.line(name).rate_hz
        first = 0
        if last_end is not None:
            first = self._take.sample_at(name, last_end + _AFTER_LAST_WORD)
        sound = open_line(self._take, name)
        return _LineHearing(name, rate_hz, sound, Recogniser(self._model, rate_hz), first, first)

    def _next_block(self, line: _LineHearing) -> bytes:
        """Return the line's next sound: a block, or a second of it behind time."""
        waiting = line.sound.samples - line.next_sample
        if waiting <= 0:
            return b""
        late = waiting > _BACKLOG_SECONDS * line.rate_hz
        seconds = _BACKLOG_SECONDS if late else _BLOCK_SECONDS
        return line.sound.read(line.next_sample, round(seconds * line.rate_hz))

    def _told(self, line: _LineHearing) -> Iterator[Line]:
        for words in line.ended:
            yield from self._final(line, words)
        heard_by_this = line.next_sample - line.first_sample
        if line.ended and not line.partial and heard_by_this >= _RENEW_SECONDS * line.rate_hz:
            line.recogniser = Recogniser(self._model, line.rate_hz)
            line.first_sample = line.next_sample
        if line.partial and line.partial != line.shown:
            if not line.shown:
                now = self._take.time_at(line.name, line.next_sample)
                line.shown_from = round(max(0.0, now - _FIRST_WORD_SECONDS), 3)
            line.shown = line.partial
            partial = {"line": line.name, "partial": line.partial, "start": line.shown_from}
            yield Line("", partial)

    def _final(self, line: _LineHearing, words: list[Word]) -> Iterator[Line]:
        line.shown = ""
        if not words:
            return
        placed = tuple(self._placed(line, word) for word in words)
        text = joined([word.word for word in placed])
        utterance = Utterance(line.name, placed[0].start, placed[-1].end, text, placed)
        append_utterance(self._take.folder, utterance)
        said = f"{clock_text(utterance.start)} {line.name}：{readable([utterance])}"
        yield Line(said, caption_record(utterance))

    def _placed(self, line: _LineHearing, word: Word) -> Word:
        """Return *word* in take time."""
        start, end = (
            self._take.time_at(line.name, line.first_sample + round(seconds * line.rate_hz))
            for seconds in (word.start, word.end)
        )
        return Word(word.word, round(start, 3), round(end, 3), word.conf)

    def _progress(self) -> Iterator[Line]:
        """Say now and then how far each line is heard, and how far that is behind the sound."""
        now = time.monotonic()
        if now - self._told_progress < _PROGRESS_SECONDS:
            return
        self._told_progress = now
        facts: dict[str, Any] = {"until": {}, "behind": {}}
        for line in self._lines:
            waiting = line.sound.samples - line.next_sample
            until = self._take.time_at(line.name, line.next_sample)
            facts["until"][line.name] = round(until, 2)
            facts["behind"][line.name] = round(waiting / line.rate_hz, 1)
        yield Line("", facts)


def _hear(line: _LineHearing, pcm: bytes) -> None:
    """Give *line* its next sound; runs in a thread of its own while Vosk works."""
    line.next_sample += len(pcm) // SAMPLE_BYTES
    step = round(_BLOCK_SECONDS * line.rate_hz) * SAMPLE_BYTES
    line.ended = []
    for start in range(0, len(pcm), step):
        words = line.recogniser.accept(pcm[start : start + step])
        if words is not None:
            line.ended.append(words)
    line.partial = line.recogniser.partial()
