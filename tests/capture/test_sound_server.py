import subprocess

import pytest

from hotline_desk.capture.sound_server import sound_server
from hotline_desk.errors import SoundServerMissing


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
