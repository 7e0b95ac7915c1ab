"""What differs by system: what foreign programs get, and how a busy file is changed."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hotline_desk import system

BREAKAWAY = 0x01000000  # CREATE_BREAKAWAY_FROM_JOB
OWN, BEFORE = "/opt/hotline-desk/_internal", "/usr/local/lib"


@pytest.mark.parametrize("name", ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"])
@pytest.mark.parametrize(
    ("frozen", "original", "given"),
    [(True, BEFORE, BEFORE), (True, None, None), (False, None, OWN)],
)
def test_a_foreign_program_gets_its_own_library_path_back(
    monkeypatch, name, frozen, original, given
):
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setenv(name, OWN)
    monkeypatch.delenv(f"{name}_ORIG", raising=False)
    if original is not None:
        monkeypatch.setenv(f"{name}_ORIG", original)

    environment = system.foreign_environment()

    assert environment.get(name) == given
    assert f"{name}_ORIG" not in environment


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


def test_a_child_is_started_plainly_where_the_better_way_is_refused(monkeypatch):
    tried = []
    real = subprocess.Popen

    def refusing(*given, creationflags, **named):
        tried.append(creationflags)
        if creationflags == BREAKAWAY:  # as in a job that lets no process leave
            raise PermissionError
        return real(*given, creationflags=creationflags, **named)

    monkeypatch.setattr(system, "_creation_flags", lambda *, detached: [BREAKAWAY, 0])
    monkeypatch.setattr(subprocess, "Popen", refusing)

    with system.start_child("--version", detached=True, stdout=subprocess.PIPE) as child:
        said = child.communicate()[0]

    assert child.returncode == 0
    assert said
    assert tried == [BREAKAWAY, 0]


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


@pytest.mark.skipif(sys.platform == "win32", reason="another shell")
def test_a_command_to_paste_is_one_that_the_shell_takes_apart_again():
    typed = system.typed_command("--workspace", "/home/我的 工作's")

    words = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {typed}"], capture_output=True, check=True, encoding="utf-8"
    ).stdout.splitlines()

    assert words[0] == "python3"
    assert Path(words[1]).is_file()
    assert words[2:] == ["run", "--workspace", "/home/我的 工作's"]
