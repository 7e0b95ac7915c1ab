"""One byte that the disk has turned over costs its own line, never the take."""

import json
import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.errors import TakeNotFound, WorkspaceError
from hotline_desk.take.captions import CAPTIONS, append_utterance, read_captions
from hotline_desk.take.marks import MARKS, Mark, MarkKind, add_mark, marks, unreadable_marks
from hotline_desk.take.places import TAKE, second_folder
from hotline_desk.take.take import EVENTS, LineInfo, Take, create_take

WALL = datetime.fromisoformat("2026-11-25T10:02:03.500000+08:00")
RATE = 1000
LINE = {"id": "line1", "name": "来电", "role": "", "device": "热线", "channel": 1, "rate_hz": RATE}
MARK = Mark(MarkKind.CALL, 12.5, WALL, call_id=3)


def captioned(folder):
    for number in range(3):
        words = (Word("拖欠", number, number + 0.6, 0.9), Word("工资", number + 0.6, 12.5, 1.0))
        append_utterance(folder, Utterance("来电", float(number), number + 0.9, "拖欠工资", words))
    return folder / CAPTIONS, lambda: read_captions(folder)[0]


def marked(folder):
    for number, kind in enumerate((MarkKind.CALL, MarkKind.QUESTION, MarkKind.ANSWER)):
        add_mark(folder, Mark(kind, 12.5 + number, WALL, call_id=3, question=f"GHFL-{number}"))
    return folder / MARKS, lambda: marks(folder)


def noted(folder):
    line = LineInfo(id="line1", name="来电", role="", device="热线", channel=1, rate_hz=RATE)
    create_take(folder, [line], started_at=WALL, monotonic_ns=5, delay_seconds=20.0, speed=1.0)
    about = {"wall": "", "line": "line1"}
    events = [
        {"event": "begin", "at": 0.5, **about, "samples": 500},
        {"event": "anchor", "at": 1.25, **about, "sample": 1000, "monotonic_ns": 1},
        {"event": "gap", "at": 2.5, **about, "sample": 2500, "samples": 500, "seconds": 0.5},
        {"event": "device_lost", "at": 3.0, **about, "sample": 3000, "reason": "ended"},
        {"event": "anchor", "at": 11.35, **about, "sample": 11000, "monotonic_ns": 2},
        {"event": "end", "at": 12.0, "wall": "", "reason": "stop"},
    ]
    (folder / EVENTS).write_text("".join(json.dumps(event) + "\n" for event in events))

    def read():
        take = Take(folder)
        assert take.time_at("来电", take.sample_at("来电", 5.0)) >= 0
        assert isinstance(take.end_reason, str)
        return take.events()

    return folder / EVENTS, read


JOURNALS = {"captions": captioned, "marks": marked, "events": noted}


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(list(JOURNALS)), place=st.integers(0, 1 << 16), byte=st.integers(0, 255)
)
def test_a_damaged_byte_costs_no_line_but_its_own(name, place, byte):
    with tempfile.TemporaryDirectory() as folder:
        path, read = JOURNALS[name](Path(folder))
        content, whole = bytearray(path.read_bytes()), read()
        place %= len(content)
        hit = content[:place].count(b"\n")
        lost = {hit, hit + 1} if content[place] == ord("\n") else {hit}
        content[place] = byte
        path.write_bytes(content)

        left = read()

    kept = [found for number, found in enumerate(whole) if number not in lost]
    assert [found for found in left if found in kept] == kept


@pytest.mark.parametrize(
    ("journal", "good", "bad"),
    [
        (captioned, '"text"', '"tezt"'),
        (captioned, '"text": "拖欠工资"', '"text": 5'),
        (captioned, '"start": 0.0', '"start": "0"'),
        (captioned, '"start": 0.0', '"start": 1e999'),
        (captioned, '"words": [', '"words": [1, '),
        (marked, '"来电"', '"来申"'),
        (marked, '"wall"', '"wa11"'),
        (marked, '"call": 3', '"call": "3"'),
        (noted, '"line1", "sample": 1000', '"line9", "sample": 1000'),
        (noted, '"sample": 1000', '"sample": "1000"'),
        (noted, '"reason": "stop"', '"season": "stop"'),
        (noted, '"line": "line1", "samples"', '"line": ["line1"], "samples"'),
    ],
)
def test_a_whole_line_that_is_not_ours_is_passed_over(tmp_path, journal, good, bad):
    path, read = journal(tmp_path)
    whole, content = read(), path.read_text(encoding="utf-8")
    assert good in content
    path.write_text(content.replace(good, bad, 1), encoding="utf-8")

    left = read()

    assert len(left) == len(whole) - 1
    assert all(found in whole for found in left)


@pytest.mark.parametrize(
    "hurt",
    [
        {"version": 99},
        {"version": None},
        {"started_at": "2026-11-25T09:50:00"},
        {"speed": 0},
        {"speed": "x"},
        {"speed": 1e300},
        {"delay_seconds": int("9" * 400)},
        {"delay_seconds": -1},
        {"second": "\0"},
        {"second": 3},
        {"lines": 3},
        *(
            {"lines": [LINE | wrong]}
            for wrong in (
                {"rate_hz": 0},
                {"rate_hz": -1},
                {"rate_hz": "x"},
                {"id": []},
                {"id": "../../x"},
                {"name": None},
                {"channel": 0},
                {"role": 1},
            )
        ),
    ],
)
def test_a_record_that_makes_no_sense_is_no_take(tmp_path, hurt):
    sound = {"version": 1, "started_at": WALL.isoformat(), "monotonic_ns": 0,
             "delay_seconds": 20.0, "speed": 1.0, "lines": [LINE]}  # fmt: skip
    (tmp_path / TAKE).write_text(json.dumps(sound), encoding="utf-8")
    assert Take(tmp_path).lines
    (tmp_path / TAKE).write_text(json.dumps(sound | hurt), encoding="utf-8")

    with pytest.raises(TakeNotFound):
        Take(tmp_path)


def test_a_record_nested_without_end_is_no_take(tmp_path):
    (tmp_path / TAKE).write_bytes(b"[" * 100_000)

    with pytest.raises(TakeNotFound):
        Take(tmp_path)
    assert second_folder(tmp_path) is None


def test_lines_that_are_too_much_for_a_reader_are_passed_over(tmp_path):
    path = tmp_path / MARKS
    add_mark(tmp_path, MARK)
    with path.open("ab") as file:
        file.write(b"[" * 100_000 + b"\n" + b'{"kind":"\xe6\x9d\xa5\xe7\x94\xb5","at":')
        file.write(b"9" * 400 + b"}\n")
    add_mark(tmp_path, MARK)

    assert marks(tmp_path) == [MARK, MARK]
    assert unreadable_marks([tmp_path]) == 2


def test_a_folder_in_a_journals_place_is_one_sentence(tmp_path):
    (tmp_path / MARKS).mkdir()

    with pytest.raises(WorkspaceError):
        marks(tmp_path)
