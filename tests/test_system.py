"""What differs by system: how a busy file is changed, the steady clock, making folders."""

import threading
import time

import pytest

from hotline_desk import system


def test_a_change_that_a_reader_holds_up_is_made_once_it_is_done():
    reading = threading.Event()
    reading.set()
    tries = []

    def change():
        tries.append(1)
        if reading.is_set():
            raise PermissionError

    reader = threading.Timer(0.1, reading.clear)
    reader.start()

    system.patiently(change)

    reader.join()
    assert len(tries) > 1


def test_a_change_that_stays_refused_is_told():
    def change():
        raise PermissionError

    with pytest.raises(PermissionError):
        system.patiently(change)


def test_the_steady_clock_counts_what_was_slept():
    before = time.monotonic_ns()
    awake = system.steady_ns() - system.slept_ns()
    after = time.monotonic_ns()

    assert before - 1_000_000 < awake < after + 1_000_000


def test_a_folder_is_made_with_what_is_missing_above_it(tmp_path):
    system.make_folder(tmp_path / "一" / "二")
    system.make_folder(tmp_path / "一" / "二")

    assert (tmp_path / "一" / "二").is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        system.make_folder(tmp_path / "file")


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path):
    path = tmp_path / "settings.toml"
    system.write_whole(path, b"old")
    system.draft_of(path).mkdir()  # a folder stands where it would grow

    with pytest.raises(OSError, match="settings"):
        system.write_whole(path, b"new")

    assert path.read_bytes() == b"old"
    system.draft_of(path).rmdir()
    system.write_whole(path, b"new")
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"new"]
