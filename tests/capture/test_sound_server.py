import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hotline_desk.capture.sound_server import sound_server
from hotline_desk.errors import SoundServerMissing
from tests.coded_sound import write_coded
from tests.recorder_process import wait_until


def test_without_pulseaudio_it_says_so_and_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(SoundServerMissing), sound_server():
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_server_that_ends_at_once_is_missing(monkeypatch, tmp_path):
    broken = tmp_path / "pulseaudio"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    with pytest.raises(SoundServerMissing), sound_server():
        pass


def test_nothing_of_it_is_left_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    try:
        with sound_server() as server:
            (folder,) = tmp_path.iterdir()
            assert "caller_line" in server.control("list", "short", "sources")
    except SoundServerMissing:
        pytest.skip("PulseAudio is not on this machine")

    assert not folder.exists()
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(folder) not in listed.stdout


PROGRAM = """
import sys, time
from pathlib import Path
from hotline_desk.capture.sound_server import sound_server
with sound_server() as server:
    server.play(Path(sys.argv[1]), "caller")
    print(server.environment["XDG_RUNTIME_DIR"], flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_it_ends_with_the_program_that_started_it_however_that_ends(tmp_path, how):
    if shutil.which("pulseaudio") is None:
        pytest.skip("PulseAudio is not on this machine")
    sound = write_coded(tmp_path / "a.wav", [0], seconds=30, rate_hz=16_000)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(sound)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    with program:
        folder = program.stdout.readline().strip()
        wait_until(lambda: len(using(folder)) >= 5)  # program, shell, server, readers, player

        if how == "SIGINT":
            os.killpg(program.pid, signal.SIGINT)  # as a terminal does, to everybody
        else:
            program.send_signal(getattr(signal, how))

        program.wait()
    wait_until(lambda: not using(folder))
    shutil.rmtree(folder, ignore_errors=True)


def using(folder):
    """Return the processes that have *folder* in their environment or among their arguments."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            said = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
        except OSError:
            continue
        if folder.encode() in said:
            found.append(process.name)
    return found
