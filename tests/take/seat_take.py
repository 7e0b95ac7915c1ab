"""A take of ten minutes with a 坐席 line, and what its tests do to it."""

from datetime import datetime, timedelta

import numpy as np

from hotline_desk.domain.marks import Mark
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.take import journal
from hotline_desk.take.captions import append_utterance
from hotline_desk.take.marks import add_mark
from hotline_desk.take.purge import purge_due
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import EVENTS, LineInfo, Take, create_take
from tests.coded_sound import coded

RATE = 1000
MINUTES = 10
SEAT, CALLER, PROGRAMME = "坐席", "来电", "节目输出（PGM）"
STARTED = datetime(2026, 11, 25, 9, 50, tzinfo=STUDIO_ZONE)
KEEP = {"keep_seconds": 120.0, "pre_roll_seconds": 30.0}


def make_seat_take(folder):
    """Write a take of ten minutes: three lines of coded sound, ended in order."""
    lines = [
        LineInfo(id=f"line{n}", name=name, role=name, device="d", channel=n, rate_hz=RATE)
        for n, name in enumerate((SEAT, CALLER, PROGRAMME), start=1)
    ]
    create_take(folder, lines, started_at=STARTED, monotonic_ns=0, delay_seconds=20.0, speed=1.0)
    for number, line in enumerate(lines):
        writer = SegmentWriter(folder, line.id, RATE)
        writer.append(coded(number, MINUTES * 60 * RATE).tobytes())
        writer.close()
    end(folder)
    return folder


def end(folder):
    wall = STARTED + timedelta(minutes=MINUTES)
    journal.append(
        folder / EVENTS,
        {"event": "end", "at": MINUTES * 60.0, "wall": wall.isoformat(), "reason": "stop"},
    )


def put(folder, kind, at, call=1, **more):
    mark = Mark(kind, at, STARTED, call, **more)
    add_mark(folder, mark)
    return mark


def say(folder, line, start, text):
    words = tuple(
        Word(char, start + 0.2 * n, start + 0.2 * (n + 1), 1.0) for n, char in enumerate(text)
    )
    append_utterance(folder, Utterance(line, start, words[-1].end, text, words))


def note_into(folder):
    def note(event, *, at=None, **facts):
        journal.append(folder / EVENTS, {"event": event, "at": at or 0.0, "wall": "", **facts})

    return note


def do_purge(folder, now, **rules):
    return purge_due(Take(folder), now, note=note_into(folder), **(KEEP | rules))


def silent_seconds(folder, name):
    """Return the seconds of a line that are silence; every other sample must be as it was."""
    take = Take(folder)
    number = [line.name for line in take.lines].index(name)
    heard = np.frombuffer(take.read(name, 0, 10**9), "<i2")
    assert len(heard) == MINUTES * 60 * RATE
    changed = heard != coded(number, len(heard))
    assert not heard[changed].any()
    edges = np.flatnonzero(np.diff(changed.astype(np.int8), prepend=0, append=0))
    return [(a / RATE, b / RATE) for a, b in zip(edges[::2], edges[1::2], strict=True)]
