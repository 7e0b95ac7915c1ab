"""FLAC written and read by the real ffmpeg, sample for sample."""

import hashlib
import itertools
import os
import random
import sys

import numpy as np
import pytest

from hotline_desk.errors import Cancelled, FlacFailed, WorkspaceFull
from hotline_desk.media.flac import FlacReader, encode
from tests.coded_sound import coded
from tests.small_disk import small_disk  # noqa: F401  a fixture

RATES = (8000, 11_025, 16_000, 44_100, 47_999, 48_000, 88_201, 96_000, 192_000)


def blocks(samples, count=10_000):
    pcm = samples.tobytes()
    return (pcm[start : start + 2 * count] for start in range(0, len(pcm), 2 * count))


@pytest.fixture
def open_flac():
    """Return a function that opens a FLAC; all are closed at the end."""
    readers = []

    def open_(path, rate_hz):
        readers.append(FlacReader(path, rate_hz))
        return readers[-1]

    yield open_
    for reader in readers:
        reader.close()


@pytest.mark.parametrize("rate_hz", RATES)
def test_what_is_written_is_read_back_from_any_sample_on(tmp_path, open_flac, rate_hz):
    samples = coded(0, 7 * rate_hz + 1)
    path = tmp_path / "来电 一.flac"
    encode(blocks(samples), rate_hz, path)
    reader = open_flac(path, rate_hz)

    whole = reader.read(0, len(samples) + 1)

    assert whole == samples.tobytes()
    chosen = random.Random(rate_hz)
    for first in (len(samples) - 1, 1, *(chosen.randrange(len(samples)) for _ in range(8))):
        count = chosen.randrange(1, rate_hz)
        assert reader.read(first, count) == samples[first : first + count].tobytes(), first
    assert reader.read(len(samples), 10) == b""


def test_any_loudness_comes_back(tmp_path, open_flac):
    sounds = [np.full(9000, level, np.int16) for level in (0, -32_768, 32_767, 1)]
    sounds.append(np.tile(np.array([-32_768, 32_767], np.int16), 9000))
    samples = np.concatenate(sounds)
    encode(blocks(samples), 8000, tmp_path / "a.flac")

    assert open_flac(tmp_path / "a.flac", 8000).read(0, len(samples)) == samples.tobytes()


def test_every_player_can_tell_that_the_file_is_whole(tmp_path):
    """The stream's own header holds its length and the MD5 of the samples."""
    samples = coded(0, 100_000)
    encode(blocks(samples), 48_000, tmp_path / "a.flac")

    stream_info = (tmp_path / "a.flac").read_bytes()[8:42]

    assert stream_info[18:] == hashlib.md5(samples.tobytes()).digest()  # noqa: S324  the format's
    assert int.from_bytes(stream_info[13:18]) & (1 << 36) - 1 == len(samples)


def test_reads_that_follow_on_each_other_share_one_process(tmp_path, open_flac):
    samples = coded(0, 80_000)
    encode(blocks(samples), 8000, tmp_path / "a.flac")
    reader = open_flac(tmp_path / "a.flac", 8000)
    started = set()

    heard = []
    for first in range(0, 80_000, 800):
        heard.append(reader.read(first, 700))  # what lies between is skipped
        started.add(reader._process.pid)

    assert len(started) == 1
    expected = [samples[first : first + 700].tobytes() for first in range(0, 80_000, 800)]
    assert heard == expected


def test_a_source_that_stops_ends_the_writing(tmp_path):
    def stopped():
        yield from itertools.islice(blocks(coded(0, 80_000)), 3)
        raise Cancelled

    with pytest.raises(Cancelled):
        encode(stopped(), 8000, tmp_path / "a.flac")


def test_a_full_disk_is_told_from_other_failures(small_disk, tmp_path):  # noqa: F811
    loud = coded(0, 2_000_000)

    with pytest.raises(WorkspaceFull):
        encode(blocks(loud), 48_000, small_disk / "a.flac")
    with pytest.raises(FlacFailed):
        encode(blocks(loud), 48_000, tmp_path / "nowhere" / "a.flac")


def test_a_file_that_is_no_flac_has_no_samples(tmp_path, open_flac):
    (tmp_path / "a.flac").write_bytes(bytes(4000))

    assert open_flac(tmp_path / "a.flac", 8000).read(0, 100) == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Linux tells a process's place")
def test_work_in_the_background_comes_behind_everything_else(tmp_path):
    encode(blocks(coded(0, 80_000)), 8000, tmp_path / "a.flac")
    reader = FlacReader(tmp_path / "a.flac", 8000, behind_others=True)

    reader.read(0, 10)

    assert os.getpriority(os.PRIO_PROCESS, reader._process.pid) > os.getpriority(os.PRIO_PROCESS, 0)
    reader.close()
