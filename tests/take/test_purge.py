"""坐席 lines keep what a mark claims; the rest becomes silence, in its place."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline_desk.capture.health import health_sheet
from hotline_desk.domain.claims import claimed, removed
from hotline_desk.domain.marks import Mark, MarkKind
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.errors import WorkspaceUnwritable
from hotline_desk.system import FileLock
from hotline_desk.take import journal
from hotline_desk.take.captions import (
    CAPTIONS,
    append_utterance,
    erase_purged,
    heard_captions,
    read_captions,
)
from hotline_desk.take.captions import LOCK as CAPTIONS_LOCK
from hotline_desk.take.home import bring_home
from hotline_desk.take.marks import MARKS, add_mark, marks, undo_mark
from hotline_desk.take.purge import REGRET_SECONDS, due, purge, purge_due, purged
from hotline_desk.take.segments import HEADER_BYTES, SegmentWriter, segments
from hotline_desk.take.take import EVENTS, LOCK, TAKE, LineInfo, Take, create_take
from tests.coded_sound import coded

RATE = 1000
MINUTES = 10
SEAT, CALLER, PROGRAMME = "坐席", "来电", "节目输出（PGM）"
STARTED = datetime(2026, 11, 25, 9, 50, tzinfo=STUDIO_ZONE)
KEEP = {"keep_seconds": 120.0, "pre_roll_seconds": 30.0}


@pytest.fixture
def folder(tmp_path):
    """A take of ten minutes: three lines of coded sound, ended in order."""
    lines = [
        LineInfo(id=f"line{n}", name=name, role=name, device="d", channel=n, rate_hz=RATE)
        for n, name in enumerate((SEAT, CALLER, PROGRAMME), start=1)
    ]
    create_take(tmp_path, lines, started_at=STARTED, monotonic_ns=0, delay_seconds=20.0, speed=1.0)
    for number, line in enumerate(lines):
        writer = SegmentWriter(tmp_path, line.id, RATE)
        writer.append(coded(number, MINUTES * 60 * RATE).tobytes())
        writer.close()
    end(tmp_path)
    return tmp_path


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


def content(folder):
    return {path.name: path.stat().st_size for path in folder.glob("*.wav")}


def test_what_no_mark_claims_is_silence_and_a_call_stays_with_its_pre_roll(folder):
    put(folder, MarkKind.CALL, 200.0)
    put(folder, MarkKind.END, 290.0)
    before = content(folder)

    do_purge(folder, 10_000.0)

    assert silent_seconds(folder, SEAT) == [(0.0, 170.0), (293.0, 600.0)]
    assert silent_seconds(folder, CALLER) == []
    assert silent_seconds(folder, PROGRAMME) == []
    assert content(folder) == before


def test_what_is_younger_than_the_set_time_stays(folder):
    do_purge(folder, 270.0)

    assert silent_seconds(folder, SEAT) == [(0.0, 120.0)]  # segments end at 60, 120, 180


def test_it_is_noted_once_and_never_gone_over_again(folder):
    put(folder, MarkKind.CALL, 200.0)

    first = do_purge(folder, 400.0)
    again = do_purge(folder, 400.0)

    assert [(each.first_sample, each.samples) for each in first] == [
        (0, 60 * RATE),
        (60 * RATE, 60 * RATE),
        (120 * RATE, 50 * RATE),
    ]
    assert again == []
    assert [each.reason for each in purged(Take(folder))] == ["unclaimed"] * 3
    assert purged(Take(folder))[2].stretch.end == 170.0


def test_an_open_call_keeps_all_that_follows(folder):
    put(folder, MarkKind.CALL, 200.0)

    do_purge(folder, 10_000.0)

    assert silent_seconds(folder, SEAT) == [(0.0, 170.0)]


def test_a_file_that_is_being_written_is_not_touched(folder):
    (folder / EVENTS).unlink()
    recorder = FileLock(folder / LOCK)
    assert recorder.acquire()

    do_purge(folder, 10_000.0)

    recorder.release()
    assert silent_seconds(folder, SEAT) == [(0.0, 540.0)]


def test_a_refused_call_goes_on_the_seat_alone_once_it_cannot_be_regretted(folder):
    put(folder, MarkKind.CALL, 200.0)
    put(folder, MarkKind.REFUSED, 210.0, pre_roll=30.0)
    put(folder, MarkKind.END, 290.0)

    do_purge(folder, 210.0 + REGRET_SECONDS - 1, keep_seconds=1e6)
    assert silent_seconds(folder, SEAT) == []

    done = do_purge(folder, 10_000.0, keep_seconds=1e6)
    assert silent_seconds(folder, SEAT) == [(170.0, 293.0)]
    assert silent_seconds(folder, CALLER) == []
    assert silent_seconds(folder, PROGRAMME) == []
    assert {each.reason for each in done} == {"refused"}


def test_a_refusal_that_was_taken_back_in_time_purges_nothing(folder):
    put(folder, MarkKind.CALL, 200.0)
    refusal = put(folder, MarkKind.REFUSED, 210.0, pre_roll=30.0)
    undo_mark(folder, refusal, wall=STARTED)

    do_purge(folder, 500.0, keep_seconds=1e6)

    assert silent_seconds(folder, SEAT) == []
    assert [mark.kind for mark in marks(folder)] == [MarkKind.CALL]


def test_refused_and_unclaimed_sound_due_at_once_is_noted_once_each(folder):
    put(folder, MarkKind.CALL, 200.0)
    put(folder, MarkKind.REFUSED, 210.0, pre_roll=30.0)
    put(folder, MarkKind.END, 290.0)

    done = do_purge(folder, 10_000.0)

    assert silent_seconds(folder, SEAT) == [(0.0, 600.0)]
    assert sum(each.samples for each in done) == MINUTES * 60 * RATE


def test_a_purge_that_is_killed_at_any_moment_is_finished_by_the_next(folder):
    put(folder, MarkKind.CALL, 200.0)
    put(folder, MarkKind.END, 290.0)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from hotline_desk.take import journal\n"
        "from hotline_desk.take.purge import purge_due\n"
        "from hotline_desk.take.take import EVENTS, Take\n"
        "folder, left = Path(sys.argv[1]), int(sys.argv[2])\n"
        "write_all = journal.write_all\n"
        "def counted(file, piece):\n"
        "    global left\n"
        "    left -= 1\n"
        "    write_all(file, piece if left else piece[: len(piece) // 2])\n"
        "    if not left:\n"
        "        import os, signal\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "journal.write_all = counted\n"
        "def note(event, *, at=None, **facts):\n"
        "    journal.append(folder / EVENTS, {'event': event, 'at': 0.0, 'wall': '', **facts})\n"
        "purge_due(Take(folder), 1e4, keep_seconds=120.0, pre_roll_seconds=30.0, note=note)\n"
    )
    for writes in (1, 2, 4, 5):  # a segment of these is two writes; then its event is one
        died = subprocess.run([sys.executable, "-c", code, str(folder), str(writes)], check=False)
        assert died.returncode < 0
        for start, stop in silent_seconds(folder, SEAT):
            assert stop <= 170.0 or start >= 293.0

    do_purge(folder, 10_000.0)

    assert silent_seconds(folder, SEAT) == [(0.0, 170.0), (293.0, 600.0)]
    noted = purged(Take(folder))
    assert sum(each.samples for each in noted) == (170 + 307) * RATE


def test_a_file_that_cannot_be_written_is_left_for_the_next_time(folder):
    first, *_ = segments(folder, "line1")
    kept = first.path.read_bytes()
    first.path.unlink()
    first.path.mkdir()  # whoever runs this, root too, cannot write a folder

    with pytest.raises(WorkspaceUnwritable):
        purge(folder, "line1", 0, 2000)
    with pytest.raises(WorkspaceUnwritable):
        do_purge(folder, 300.0)
    first.path.rmdir()
    first.path.write_bytes(kept)

    assert silent_seconds(folder, SEAT) == [(60.0, 180.0)]
    do_purge(folder, 300.0)
    assert silent_seconds(folder, SEAT) == [(0.0, 180.0)]


KINDS = st.sampled_from(
    [MarkKind.CALL, MarkKind.END, MarkKind.AIR, MarkKind.QUESTION, MarkKind.REFUSED]
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(KINDS, st.integers(0, 600), st.integers(1, 3)), max_size=12))
def test_exactly_what_nobody_claims_is_due_whatever_the_marks(folder, pressed):
    (folder / MARKS).unlink(missing_ok=True)
    for kind, at, call in sorted(pressed, key=lambda each: each[1]):
        put(folder, kind, float(at), call, pre_roll=30.0 if kind is MarkKind.REFUSED else 0.0)
    found = marks(folder)

    ranges = due(Take(folder), 10_000.0, **KEEP)

    silent = np.zeros(MINUTES * 60 * RATE, dtype=int)
    for each in ranges:
        silent[each.first_sample : each.end_sample] += 1
    assert silent.max(initial=0) <= 1
    kept = np.zeros(len(silent), dtype=bool)
    for stretch in claimed(found, pre_roll=30.0):
        kept[round(stretch.start * RATE) : round(min(stretch.end, 600.0) * RATE)] = True
    for stretch in removed(found, seat=True):
        kept[round(stretch.start * RATE) : round(min(stretch.end, 600.0) * RATE)] = False
    assert np.array_equal(silent == 0, kept)


def test_headers_stay_as_they_are(folder):
    before = [segment.path.read_bytes()[:HEADER_BYTES] for segment in segments(folder, "line1")]

    do_purge(folder, 10_000.0)

    after = [segment.path.read_bytes()[:HEADER_BYTES] for segment in segments(folder, "line1")]
    assert after == before


def test_words_of_purged_sound_are_not_read_and_leave_the_file(folder):
    put(folder, MarkKind.CALL, 200.0)
    put(folder, MarkKind.END, 290.0)
    say(folder, SEAT, 100.0, "午饭吃什么")
    say(folder, SEAT, 210.0, "请问您贵姓")
    say(folder, CALLER, 100.0, "节目里的话")
    before = (folder / CAPTIONS).read_bytes()

    do_purge(folder, 10_000.0)

    assert [said.text for said in read_captions(folder)[0]] == ["请问您贵姓", "节目里的话"]
    assert (folder / CAPTIONS).read_bytes() == before
    assert erase_purged(Take(folder))
    assert not erase_purged(Take(folder))
    after = (folder / CAPTIONS).read_bytes()
    assert "午饭吃什么".encode() not in after
    assert "饭".encode() not in after
    assert len(after) == len(before)
    assert [said.text for said in read_captions(folder)[0]] == ["请问您贵姓", "节目里的话"]
    # whoever writes on knows how far it had heard
    assert heard_captions(folder)[0][0].end == pytest.approx(101.0)


def test_a_reader_s_offset_still_holds_when_words_have_left_the_file(folder):
    say(folder, SEAT, 100.0, "午饭吃什么")
    _, offset = read_captions(folder)
    do_purge(folder, 10_000.0)
    erase_purged(Take(folder))

    say(folder, CALLER, 595.0, "后来的话")

    assert [said.text for said in read_captions(folder, offset)[0]] == ["后来的话"]


def test_words_stay_in_the_file_while_a_captioner_has_it(folder):
    say(folder, SEAT, 100.0, "午饭吃什么")
    do_purge(folder, 10_000.0)
    captioner = FileLock(folder / CAPTIONS_LOCK)
    assert captioner.acquire()

    assert not erase_purged(Take(folder))

    captioner.release()
    assert erase_purged(Take(folder))


def test_an_utterance_keeps_the_words_outside_of_what_was_refused(folder):
    put(folder, MarkKind.CALL, 200.0)
    put(folder, MarkKind.REFUSED, 210.0, pre_roll=30.0)
    put(folder, MarkKind.END, 290.0)
    say(folder, CALLER, 169.4, "前面的后面的")  # from 169.4 on a word each 0.2 s; 170 is the edge

    (said,) = read_captions(folder)[0]

    assert said.text == "前面的"
    assert said.end == pytest.approx(170.0)


def test_purging_takes_no_memory_to_speak_of(folder):
    code = (
        "import sys, resource\n"
        "from pathlib import Path\n"
        "from hotline_desk.take.purge import purge_due\n"
        "from hotline_desk.take.take import Take\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "purge_due(Take(Path(sys.argv[1])), 1e4, keep_seconds=1.0, pre_roll_seconds=0.0,\n"
        "          note=lambda *_, **__: None)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before,\n"
        "      sorted(name for name in sys.modules if name in {'numpy', 'tomli_w'}))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        env=os.environ,
    )

    more, _, modules = done.stdout.partition(" ")
    assert int(more) < 2048  # kilobytes
    assert modules.strip() == "[]"


@pytest.mark.parametrize("number", range(4))
def test_a_damaged_mark_keeps_the_whole_take_from_being_purged(folder, number):
    put(folder, MarkKind.CALL, 200.0)
    put(folder, MarkKind.END, 290.0)
    put(folder, MarkKind.CALL, 400.0, 2)
    put(folder, MarkKind.REFUSED, 410.0, 2, pre_roll=30.0)
    lines = (folder / MARKS).read_bytes().splitlines(keepends=True)
    lines[number] = b"#" + lines[number][1:]
    (folder / MARKS).write_bytes(b"".join(lines))

    assert do_purge(folder, 10_000.0) == []

    assert silent_seconds(folder, SEAT) == []
    assert "标记" in "".join(health_sheet(folder).notes)


def test_a_torn_mark_keeps_the_whole_take_from_being_purged(folder):
    put(folder, MarkKind.CALL, 200.0)
    (folder / MARKS).write_bytes((folder / MARKS).read_bytes()[:-1])

    assert do_purge(folder, 10_000.0) == []


def test_marks_in_a_second_folder_that_is_away_keep_the_take_from_being_purged(folder, tmp_path):
    second = tmp_path / "第二" / "take"
    second.mkdir(parents=True)
    record = json.loads((folder / TAKE).read_bytes())
    (folder / TAKE).write_text(json.dumps(record | {"second": str(second)}), encoding="utf-8")
    put(second, MarkKind.CALL, 200.0)
    second.rename(tmp_path / "away")

    assert do_purge(folder, 10_000.0) == []
    assert "标记" in "".join(health_sheet(folder).notes)

    (tmp_path / "away").rename(second)
    take, whole = Take(folder), (folder / TAKE).read_bytes()
    (folder / TAKE).unlink()  # it names the second folder
    assert purge_due(take, 10_000.0, note=note_into(folder), **KEEP) == []
    (folder / TAKE).write_bytes(whole)

    assert bring_home(folder)
    assert do_purge(folder, 10_000.0)
    assert silent_seconds(folder, SEAT) == [(0.0, 170.0)]
