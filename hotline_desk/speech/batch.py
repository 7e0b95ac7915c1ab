"""Batch transcription: whole files, cut at silences, on every core with one model in memory."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import TYPE_CHECKING

from hotline_desk.domain.times import duration_text
from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.errors import (
    ExportUnwritable,
    NoRoomForFile,
    SoundDamaged,
    SoundFileError,
    SoundFilesLeftOut,
    SoundFilesUnusable,
)
from hotline_desk.media.decode import SAMPLE_BYTES, decode
from hotline_desk.output import Line
from hotline_desk.paths import file_name
from hotline_desk.speech.models import DEMO_IN_PRINT, DEMO_NOTICE, for_command
from hotline_desk.speech.pieces import pieces
from hotline_desk.speech.recogniser import Recogniser, joined, load_for_files
from hotline_desk.speech.transcripts import transcript
from hotline_desk.system import is_full, write_whole
from hotline_desk.take.captions import caption_record

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    import vosk

    from hotline_desk.speech.pieces import Piece

RATE_HZ = 16_000
"""What every model of speech has learnt; a higher rate costs time and brings no word."""
_WAITING_PER_JOB = 4
"""Pieces decoded ahead: enough to keep the cores busy, few enough to keep memory flat."""
_BLOCK_BYTES = RATE_HZ // 4 * SAMPLE_BYTES
"""The recogniser looks for an utterance's end after each block; with longer ones it errs more."""


def transcribe_files(args: argparse.Namespace) -> Iterator[Line]:
    """Transcribe ``args.files`` one after the other; a bad one does not stop the others.

    Raises:
        ModelMissing: there is no such model.
        ModelBroken: the model does not load.
        SoundFileError: the only file cannot be used, or a part of it.
        SoundFilesUnusable: none of several can.
        SoundFilesLeftOut: some of several cannot; told when the others are done.
        ExportUnwritable: a transcript cannot be written.
        NoRoomForFile: the disk is full where it is written.
    """
    model = for_command(args)
    notice = DEMO_IN_PRINT if model.is_demo else ""
    if model.is_demo:
        yield Line(DEMO_NOTICE, {"notice": DEMO_NOTICE, "model": model.name}, aside=True)
    left_out: list[tuple[Path, SoundFileError]] = []
    places = _places(args.files, args.format)
    with _Transcriber(load_for_files(model), args.jobs or os.cpu_count() or 1) as transcriber:
        for path, place in zip(args.files, places, strict=True):
            try:
                if args.output is None:
                    yield from _shown(transcriber.utterances(path), path, args)
                else:
                    yield from _written(
                        transcriber.utterances(path), path, args.output / place, args.format, notice
                    )
                if transcriber.damage is not None:
                    left_out.append((path, transcriber.damage))
            except SoundFileError as error:
                left_out.append((path, error))
    if left_out and len(args.files) == 1:
        raise left_out[0][1]
    if left_out:
        names = "、".join(_named(path, error) for path, error in left_out)
        useless = sum(not isinstance(error, SoundDamaged) for _, error in left_out)
        all_useless = useless == len(args.files)
        raise SoundFilesUnusable(names) if all_useless else SoundFilesLeftOut(names)


def _named(path: Path, error: SoundFileError) -> str:
    return f"{path.name}（只转写了能读出的部分）" if isinstance(error, SoundDamaged) else path.name


def _places(files: Sequence[Path], form: str) -> list[str]:
    """Return what each file's transcript is called; a name that comes again is numbered."""
    taken: dict[str, str] = {}
    for path in files:
        own = name = file_name(path.stem)
        number = 1
        # names that differ in case alone are one file on Windows
        while name.casefold() in taken:
            number += 1
            name = f"{own}-{number}"
        taken[name.casefold()] = f"{name}.{form}"
    return list(taken.values())


def _shown(utterances: Iterator[Utterance], path: Path, args: argparse.Namespace) -> Iterator[Line]:
    if args.json or args.format == "json":
        for utterance in utterances:
            record = caption_record(utterance)
            yield Line("".join(transcript([utterance], "json")), record)
        return
    first = [*islice(utterances, 1)]  # a file that cannot be used has no heading
    if len(args.files) > 1:
        yield Line(f"== {path.name} ==", {"file": path.name})
    for text in transcript(chain(first, utterances), args.format):
        yield Line(text, {"text": text})


def _written(
    utterances: Iterator[Utterance], path: Path, place: Path, form: str, notice: str
) -> Iterator[Line]:
    """Write one file's transcript, whole or not at all."""
    heard: list[Utterance] = []
    told = 0.0
    for utterance in utterances:
        heard.append(utterance)
        if utterance.end - told >= 60:
            told = utterance.end
            words = f"{path.name}：已转写 {duration_text(told)}"
            yield Line(words, {"file": path.name, "done": told}, aside=True)
    text = "".join(f"{line}\n" for line in transcript(heard, form, notice=notice))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, text.encode())
    except OSError as error:
        raise (NoRoomForFile if is_full(error) else ExportUnwritable)(place.parent) from error
    yield Line(f"{path.name} → {place}（{len(heard)} 句）",
               {"file": path.name, "written": str(place), "utterances": len(heard)})  # fmt: skip


class _Transcriber:
    """Threads that hear pieces of sound, each with a recogniser of its own."""

    def __init__(self, model: vosk.Model, jobs: int) -> None:
        self._model = model
        self._jobs = jobs
        self._pool = ThreadPoolExecutor(jobs)
        self.damage: SoundDamaged | None = None
        """What the newest file lacks; known when its utterances have been read."""

    def __enter__(self) -> _Transcriber:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def utterances(self, path: Path) -> Iterator[Utterance]:
        """Yield what is said in the file at *path*, in its order.

        Raises:
            SoundFileError: the file cannot be used.
        """
        self.damage = None
        waiting: deque[Future[list[Utterance]]] = deque()
        for piece in pieces(self._decoded(path), RATE_HZ):
            waiting.append(self._pool.submit(self._hear, path.name, piece))
            if len(waiting) >= self._jobs * _WAITING_PER_JOB:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()

    def _decoded(self, path: Path) -> Iterator[bytes]:
        """Yield what can be read of the file; what cannot does not take that away."""
        try:
            yield from decode(path, RATE_HZ)
        except SoundDamaged as error:
            self.damage = error

    def _hear(self, name: str, piece: Piece) -> list[Utterance]:
        """Return the utterances of one piece; runs in a thread of the pool."""
        # a recogniser is made in under a millisecond, and a new one has nothing to remember
        recogniser = Recogniser(self._model, RATE_HZ)
        heard = [
            recogniser.accept(piece.pcm[start : start + _BLOCK_BYTES])
            for start in range(0, len(piece.pcm), _BLOCK_BYTES)
        ]
        offset = piece.first_sample / RATE_HZ
        return [_placed(name, words, offset) for words in [*heard, recogniser.finish()] if words]


def _placed(name: str, words: list[Word], offset: float) -> Utterance:
    placed = tuple(
        Word(w.word, round(w.start + offset, 3), round(w.end + offset, 3), w.conf) for w in words
    )
    text = joined([word.word for word in placed])
    return Utterance(name, placed[0].start, placed[-1].end, text, placed)
