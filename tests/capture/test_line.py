"""A line's clock and gaps, fed with blocks as devices deliver them."""

import os
import random
import wave

import numpy as np
import pytest

from hotline_desk.capture.events import EventLog, TakeClock
from hotline_desk.capture.line import LineRecorder
from hotline_desk.capture.room import Room
from hotline_desk.take.take import EVENTS, LineInfo, Take, create_take
from tests.coded_sound import Run, coded, runs
from tests.small_disk import fill, mounted
from tests.take.test_take import STARTED

RATE = 8000
BLOCK = 400


class Rig:
    """One line in a take, and a device that plays coded sound into it."""

    def __init__(self, folder, second=None):
        info = LineInfo(id="line1", name="来电", role="", device="d", channel=1, rate_hz=RATE)
        create_take(
            folder,
            [info],
            started_at=STARTED,
            monotonic_ns=0,
            delay_seconds=20.0,
            speed=1.0,
            second=second,
        )
        self.clock = TakeClock(0, 1.0)
        more = second / EVENTS if second else None
        self.events = EventLog(folder / EVENTS, self.clock, second=more)
        room = Room(folder, second)
        self.line = LineRecorder(room, info, clock=self.clock, events=self.events)
        self.take = Take(folder)

    def play(self, seconds, *, first=0, drift=0.0, start=0.0, jitter=0.0):
        """Deliver blocks of a device that loses *drift* seconds a second, each a little late."""
        chance = random.Random(7)
        for number in range(first, first + round(seconds * RATE), BLOCK):
            heard = start + number / RATE * (1 + drift)
            late = chance.random() * jitter
            self.line.take_in(coded(0, BLOCK, number).tobytes(), heard + late)

    def sound(self):
        return runs(self.take.read("来电", 0, 10**9))

    def noted(self, name):
        return [event for event in self.take.events() if event["event"] == name]


@pytest.fixture
def rig(tmp_path):
    rig = Rig(tmp_path)
    yield rig
    rig.line.writer.close()


def test_a_steady_device_is_written_as_it_comes(rig):
    rig.play(25)

    assert rig.sound() == [Run(0, 0, 0, 25 * RATE)]
    assert rig.take.time_at("来电", 12 * RATE) == pytest.approx(12.0, abs=1e-6)
    assert len(rig.noted("anchor")) == 3
    assert not rig.noted("gap")


def test_a_late_first_sound_has_silence_before_it(rig):
    rig.play(2, start=0.5)

    silence, sound = rig.sound()
    assert (silence.line, silence.count) == (None, RATE // 2)
    assert rig.noted("begin")[0]["samples"] == RATE // 2
    assert rig.take.time_at("来电", sound.position) == pytest.approx(0.5)


@pytest.mark.parametrize("drift", [50e-6, -50e-6, 2e-3])
def test_a_clock_that_runs_apart_is_followed_through_late_blocks(rig, drift):
    rig.play(60, drift=drift, jitter=0.08)

    assert rig.sound()[-1].count == rig.line.samples - rig.sound()[-1].position
    for second in range(5, 55, 5):
        heard = second * (1 + drift)
        position = rig.sound()[-1].position + second * RATE
        # 80 ms of random delay a block, and still within 20 ms
        assert rig.take.time_at("来电", position) == pytest.approx(heard, abs=0.02)


def test_a_gap_is_as_long_as_it_was(rig):
    rig.play(3)
    rig.line.interrupt()

    rig.play(3, first=5 * RATE)

    assert rig.sound() == [
        Run(0, 0, 0, 3 * RATE),
        Run(3 * RATE, None, 0, 2 * RATE),
        Run(5 * RATE, 0, 5 * RATE, 3 * RATE),
    ]
    (gap,) = rig.noted("gap")
    assert (gap["at"], gap["sample"], gap["samples"]) == (3.0, 3 * RATE, 2 * RATE)
    assert rig.line.gaps == 1


def test_a_gap_on_a_clock_that_runs_apart_keeps_take_time(rig):
    rig.play(60, drift=1e-3)
    rig.line.interrupt()

    rig.play(30, first=70 * RATE, drift=1e-3)

    after = rig.sound()[-1]
    assert rig.take.time_at("来电", after.position + 20 * RATE) == pytest.approx(
        (after.number / RATE + 20) * 1.001, abs=0.02
    )


def test_a_stream_that_comes_back_too_early_overlaps_nothing(rig):
    rig.play(2)
    rig.line.interrupt()

    rig.play(2, first=2 * RATE, start=-0.02)

    assert rig.sound() == [Run(0, 0, 0, 4 * RATE)]
    assert not rig.noted("gap")


def test_a_line_that_is_gone_at_the_end_is_filled_to_it(rig):
    rig.play(2)
    rig.line.interrupt()

    rig.line.finish(5.0)

    assert [(run.line, run.count) for run in rig.sound()] == [(0, 2 * RATE), (None, 3 * RATE)]


def test_samples_that_a_device_lost_shift_time_and_nothing_else(rig):
    rig.play(4)
    rig.line.overflow()
    rig.play(20, first=5 * RATE)

    assert rig.noted("overflow")[0]["sample"] == 4 * RATE
    first, second = rig.sound()
    assert (first.count, second.number) == (4 * RATE, 5 * RATE)
    position = second.position + 15 * RATE
    assert rig.take.time_at("来电", position) == pytest.approx(20.0, abs=0.02)


def test_samples_that_a_device_lost_without_a_word_are_noticed(rig):
    rig.play(13)

    rig.play(20, first=round(13.5 * RATE))

    (noticed,) = rig.noted("overflow")
    assert 13 * RATE < noticed["sample"] < 33 * RATE
    position = rig.sound()[-1].position + 15 * RATE
    assert rig.take.time_at("来电", position) == pytest.approx(28.5, abs=0.02)


@pytest.mark.parametrize("kept", [0, 44, 44 + 2 * 5000, 44 + 2 * 5000 + 1])
def test_a_file_that_is_cut_off_under_the_recorder_is_noticed_with_the_next_block(rig, kept):
    rig.play(2)
    path = rig.take.folder / "line1-000000000000.wav"
    with path.open("r+b") as file:
        file.truncate(kept)

    rig.play(2, first=2 * RATE)

    (cut,) = rig.noted("segment_cut")
    left = max(0, kept - 44) // 2
    assert (cut["line"], cut["sample"], cut["samples"]) == ("line1", left, 2 * RATE - left)
    expected = coded(0, 4 * RATE)
    expected[left : 2 * RATE] = 0
    assert rig.take.read("来电", 0, 10**9) == expected.tobytes()
    with wave.open(str(path)) as file:
        assert file.getnframes() == 4 * RATE


def test_a_segment_made_longer_by_somebody_is_not_taken_for_cut(rig):
    rig.play(2)
    with (rig.take.folder / "line1-000000000000.wav").open("ab") as file:
        file.write(bytes(1000))

    rig.play(2, first=2 * RATE)

    assert not rig.noted("segment_cut")
    assert rig.take.read("来电", 0, 4 * RATE) == coded(0, 4 * RATE).tobytes()


def test_where_one_folder_refuses_the_other_takes_all_of_it(tmp_path):
    second = tmp_path / "second"
    second.mkdir()
    with mounted(tmp_path / "first", "1m") as first:
        rig = Rig(first, second)
        rig.play(2)
        filler = fill(first)
        rig.play(2, first=2 * RATE)  # to the last byte of the first, and on in the second
        assert rig.sound() == [Run(0, 0, 0, 4 * RATE)]
        (there,) = rig.noted("second_folder")
        assert there["folder"] == str(second)
        filler.unlink()
        second.rename(tmp_path / "away")

        rig.play(2, first=4 * RATE)

        lost = rig.noted("segment_lost")
        assert [event["sample"] for event in lost] == [there["sample"]]
        (tmp_path / "away").rename(second)
        assert rig.sound() == [Run(0, 0, 0, 6 * RATE)]
        assert rig.noted("first_folder")[0]["sample"] == 4 * RATE
        assert not rig.noted("disk_full")
        rig.line.writer.close()


def test_where_both_refuse_silence_is_owed_and_paid_where_there_is_room_first(tmp_path):
    with mounted(tmp_path / "first", "1m") as first, mounted(tmp_path / "second", "1m") as second:
        rig = Rig(first, second)
        rig.play(2)
        fill(first)
        filler = fill(second)
        rig.play(2, first=2 * RATE)
        written = rig.line.writer.samples
        assert written < 3 * RATE
        filler.unlink()

        rig.play(2, first=4 * RATE)

        before, silence, after = rig.sound()
        assert (before.number, silence.line, after.number) == (0, None, after.position)
        assert after.position + after.count == 6 * RATE
        (gap,) = rig.noted("gap")
        assert (gap["sample"], gap["samples"]) == (before.count, silence.count)
        rig.line.writer.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_whatever_disks_and_people_do_each_sample_is_right_or_noted_as_lost(tmp_path, seed):
    chance = random.Random(seed)
    with mounted(tmp_path / "first", "1m") as first, mounted(tmp_path / "2", "1m") as volume:
        second = volume / "take"
        second.mkdir()
        rig = Rig(first, second)
        deeds = {
            "fill first": lambda: fill(first),
            "free first": lambda: (first / "filler").unlink(missing_ok=True),
            "fill second": lambda: fill(volume),
            "free second": lambda: (volume / "filler").unlink(missing_ok=True),
            "second away": lambda: second.exists() and second.rename(volume / "away"),
            "second back": lambda: (volume / "away").exists() and (volume / "away").rename(second),
            "delete": lambda: written(rig) and written(rig).unlink(),
            "cut": lambda: written(rig) and cut(written(rig), chance),
            "device": rig.line.interrupt,
        }
        heard = 0.0
        for _ in range(60):
            deeds[chance.choice(list(deeds))]()
            heard += chance.choice((0.0, 0.0, 0.5)) if not rig.line._flowing else 0.0
            seconds = chance.choice((0.25, 0.5, 1.0))
            rig.play(seconds, first=round(heard * RATE))
            heard += seconds
        for deed in ("free first", "free second", "second back"):
            deeds[deed]()
        rig.line.finish(heard)
        rig.events.sync()

        sound = np.frombuffer(rig.take.read("来电", 0, 10**9), "<i2")
        assert len(sound) == round(heard * RATE) == rig.line.samples
        lost = np.zeros(len(sound), bool)
        for event in rig.take.events():
            if event["event"] in {"begin", "gap", "segment_cut", "segment_lost"}:
                first_lost = event.get("sample", 0)
                lost[first_lost : first_lost + event["samples"]] = True
        right = sound == coded(0, len(sound))
        assert np.all(right | (sound == 0))
        assert np.all(right | lost), f"not noted: {np.flatnonzero(~right & ~lost)[:5]}"
        assert right.mean() > 0.05


def written(rig):
    """Return the file that is being written, if it is in its place."""
    path = rig.line.writer._path
    return path if rig.line.writer._file is not None and path.exists() else None


def cut(path, chance):
    os.truncate(path, chance.randrange(path.stat().st_size + 1))
