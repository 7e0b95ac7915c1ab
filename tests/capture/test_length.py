import wave

import pytest

from hotline_desk.capture.events import EventLog, TakeClock
from hotline_desk.capture.length import Length
from hotline_desk.capture.line import LineRecorder
from hotline_desk.capture.room import Room
from hotline_desk.take.take import EVENTS, LineInfo, Take
from tests.coded_sound import coded, write_coded
from tests.recorder_process import RecorderProcess

RATE = 100
RECORDED_HZ = 4000
HOUR = 3600.0
NOISE = (coded(0, RATE) // 400).tobytes()  # below -50 dBFS
SPEECH = (coded(0, RATE) // 100).tobytes()


@pytest.fixture
def lines(tmp_path):
    clock = TakeClock(0, 1.0)
    log = EventLog(tmp_path / EVENTS, clock)
    made = []
    for number in (1, 2):
        info = LineInfo(id=f"line{number}", name=str(number), role="", device="d", channel=1,
                        rate_hz=RATE)  # fmt: skip
        made.append(LineRecorder(Room(tmp_path), info, clock=clock, events=log))
    yield made
    for line in made:
        line.writer.close()


def test_a_take_goes_on_while_somebody_speaks_and_ends_ten_silent_minutes_after(lines):
    length = Length(HOUR)
    length.begin(lines)
    one, other = lines

    one.take_in(SPEECH, HOUR - 2)
    other.take_in(NOISE, HOUR - 1)
    assert not length.is_forgotten(lines, HOUR - 1)
    one.take_in(NOISE, HOUR + 500)
    other.take_in(SPEECH, HOUR + 500)  # one line is enough
    assert not length.is_forgotten(lines, HOUR + 1100)
    assert length.is_forgotten(lines, HOUR + 1101)  # the block lasts a second


def test_a_forgotten_take_ends_ten_minutes_after_its_longest(lines):
    length = Length(HOUR)
    length.begin(lines)

    assert not length.is_forgotten(lines, HOUR + 599)
    assert length.is_forgotten(lines, HOUR + 600)


def test_a_line_that_hums_for_ever_ends_at_twice_the_longest(lines):
    length = Length(HOUR)
    length.begin(lines)
    for at in range(int(HOUR), int(2 * HOUR), 300):
        lines[0].take_in(SPEECH, at)

    assert not length.is_forgotten(lines, 2 * HOUR - 1)
    assert length.is_forgotten(lines, 2 * HOUR)


@pytest.mark.slow
def test_a_recorder_that_was_forgotten_ends_its_take_by_itself(tmp_path):
    """At a hundred times the speed: ten minutes after the last word behind the longest time."""
    longest, spoken = 700, 750
    sound = write_coded(tmp_path / "a.wav", [0], seconds=spoken, rate_hz=RECORDED_HZ)
    silence = tmp_path / "b.wav"
    with wave.open(str(silence), "wb") as file:
        file.setparams((1, 2, RECORDED_HZ, 0, "NONE", ""))
        file.writeframes(bytes(2 * RECORDED_HZ * 1500))
    lines = [f"来电=file:{sound}?speed=100", f"演播室=file:{silence}?speed=100"]

    code, facts, _ = RecorderProcess(
        tmp_path / "ws", *lines, more=("--longest", str(longest / HOUR))
    ).wait()

    assert (code, facts[-1]["reason"]) == (0, "longest")
    assert spoken + 600 <= facts[-1]["lines"]["来电"]["seconds"] + 10 < 2 * longest
    assert Take(tmp_path / "ws" / "take").end_reason == "longest"
