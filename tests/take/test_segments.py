import os
import struct
import wave

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline_desk.errors import WorkspaceError, WorkspaceFull
from hotline_desk.take.segments import HEADER_BYTES, SegmentWriter, repair, segments
from tests.coded_sound import coded
from tests.small_disk import fill

RATE = 1000  # a segment is 60,000 samples


def sound_of(folder, line_id="line1"):
    found = b""
    for segment in segments(folder, line_id):
        with wave.open(str(segment.path), "rb") as file:
            assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
            assert file.getframerate() == RATE
            assert file.getnframes() == segment.samples
            found += file.readframes(file.getnframes())
    return found


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(blocks=st.lists(st.integers(0, 70_000), max_size=6))
def test_whatever_the_blocks_no_sample_is_lost_between_segments(tmp_path_factory, blocks):
    folder = tmp_path_factory.mktemp("take")
    pcm = coded(0, sum(blocks)).tobytes()
    writer = SegmentWriter(folder, "line1", RATE)
    done = 0
    for count in blocks:
        writer.append(pcm[done : done + 2 * count])
        done += 2 * count
    writer.close()

    assert sound_of(folder) == pcm
    assert writer.samples == sum(blocks)


def test_segments_are_named_for_their_first_sample_and_listed_beside(tmp_path):
    writer = SegmentWriter(tmp_path, "line1", RATE)

    writer.append_silence(130_000)
    writer.close()

    names = [segment.path.name for segment in segments(tmp_path, "line1")]
    assert names == [f"line1-{first:012}.wav" for first in (0, 60_000, 120_000)]
    assert (tmp_path / "line1.m3u8").read_text().splitlines() == names


def test_the_file_is_a_whole_wav_after_every_block(tmp_path):
    writer = SegmentWriter(tmp_path, "line1", RATE)
    pcm = coded(0, 5000).tobytes()

    for end in range(1000, len(pcm) + 1, 1000):
        writer.append(pcm[end - 1000 : end])
        assert sound_of(tmp_path) == pcm[:end]
    writer.close()


@pytest.mark.parametrize("torn", [0, 7, HEADER_BYTES, HEADER_BYTES + 1, HEADER_BYTES + 777])
def test_a_file_cut_anywhere_opens_after_repair(tmp_path, torn):
    writer = SegmentWriter(tmp_path, "line1", RATE)
    pcm = coded(0, 1000).tobytes()
    writer.append(pcm)
    writer.close()
    path = segments(tmp_path, "line1")[0].path
    with path.open("r+b") as file:
        file.truncate(torn)

    changed = repair(tmp_path, {"line1": RATE})

    assert changed == [path.name]
    assert sound_of(tmp_path) == pcm[: max(0, torn - HEADER_BYTES) // 2 * 2]
    assert repair(tmp_path, {"line1": RATE}) == []


def test_samples_behind_a_stale_header_are_found_by_repair(tmp_path):
    writer = SegmentWriter(tmp_path, "line1", RATE)
    pcm = coded(0, 1000).tobytes()
    writer.append(pcm)
    writer.close()
    path = segments(tmp_path, "line1")[0].path
    with path.open("r+b") as file:
        file.seek(40)
        file.write(struct.pack("<I", 10))

    repair(tmp_path, {"line1": RATE})

    assert sound_of(tmp_path) == pcm


def test_what_was_written_before_the_disk_was_full_stays_and_goes_on(small_disk):
    writer = SegmentWriter(small_disk, "line1", RATE)
    writer.append(coded(0, 1500).tobytes())
    filler = fill(small_disk)
    with pytest.raises(WorkspaceFull):
        writer.append(coded(0, 70_000, 1500).tobytes())
    full = writer.samples

    assert np.array_equal(np.frombuffer(sound_of(small_disk), "<i2"), coded(0, full))

    filler.unlink()
    writer.append(coded(0, 1500, full).tobytes())
    writer.close()
    assert np.array_equal(np.frombuffer(sound_of(small_disk), "<i2"), coded(0, full + 1500))


def test_a_lost_folder_is_a_foreseen_failure(tmp_path):
    writer = SegmentWriter(tmp_path / "gone", "line1", RATE)

    with pytest.raises(WorkspaceError):
        writer.append(b"\0\0")


def test_a_folder_that_could_not_be_synced_is_synced_the_next_time(tmp_path):
    folder, away = tmp_path / "take", tmp_path / "away"
    folder.mkdir()
    writer = SegmentWriter(folder, "line1", RATE)
    writer.append_silence(10)
    folder.rename(away)

    for _ in range(2):  # it is still owed after it failed once
        with pytest.raises(OSError, match="take"):
            writer.sync()

    away.rename(folder)
    writer.sync()
    folder.rename(away)
    writer.sync()  # nothing is owed any more
    away.rename(folder)
    writer.close()


def test_a_finished_segment_that_could_not_be_synced_is_synced_the_next_time(tmp_path):
    writer = SegmentWriter(tmp_path, "line1", RATE)
    writer.append_silence(60_000)
    (finished,) = writer._finished
    sound = os.dup(finished.fileno())
    reading, writing = os.pipe()
    os.dup2(writing, finished.fileno())  # no pipe can be synced

    for _ in range(2):
        with pytest.raises(OSError, match="Invalid argument"):
            writer.sync()

    os.dup2(sound, finished.fileno())
    writer.sync()
    assert finished.closed
    for descriptor in (sound, reading, writing):
        os.close(descriptor)
    writer.close()
