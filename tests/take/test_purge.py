"""坐席 lines keep what a mark claims; the rest becomes silence, in its place."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline_desk.capture.health import health_sheet
from hotline_desk.domain.casework.claims import claimed, removed
from hotline_desk.domain.marks import MarkKind
from hotline_desk.errors import WorkspaceUnwritable
from hotline_desk.system import FileLock
from hotline_desk.take.home import bring_home
from hotline_desk.take.marks import MARKS, marks, undo_mark
from hotline_desk.take.purge import REGRET_SECONDS, due, purge, purge_due, purged
from hotline_desk.take.segments import HEADER_BYTES, segments
from hotline_desk.take.take import EVENTS, LOCK, TAKE, Take
from tests.take.seat_take import (
    CALLER,
    KEEP,
    MINUTES,
    PROGRAMME,
    RATE,
    SEAT,
    STARTED,
    do_purge,
    make_seat_take,
    note_into,
    put,
    silent_seconds,
)


@pytest.fixture
def folder(tmp_path):
    return make_seat_take(tmp_path)


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
