"""A consolidated take is heard, captioned and examined as it was before."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hotline_desk import cli
from hotline_desk.domain.questions import Span
from hotline_desk.errors import PreListenLost
from hotline_desk.ledger import Ledger
from hotline_desk.media.sound import open_line
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings
from hotline_desk.take.captions import CAPTIONS
from hotline_desk.take.take import Take
from hotline_desk.workflows.consolidate import consolidate, waiting
from hotline_desk.workflows.listen import listen
from hotline_desk.workflows.recording import relative
from tests.coded_sound import coded, write_coded
from tests.ended_takes import spoil
from tests.recorder_process import RecorderProcess, wait_until
from tests.sound_server import server  # noqa: F401  a fixture
from tests.speech import samples

RATE = 16_000
SECONDS = 130


def consolidated(workspace, folder):
    assert waiting(workspace) == [folder]
    consolidate(workspace, folder, progress=lambda share, left: None, cancelled=lambda: False)
    assert not list(folder.glob("*.wav"))


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "desk")


def record(workspace, *lines):
    folder = workspace.episodes / "2026-11-25-第190期" / "take-1"
    with RecorderProcess(workspace.root, *lines, take=folder) as recorder:
        assert recorder.wait()[0] == 0
    return folder


@pytest.fixture
def take(workspace, tmp_path):
    sound = write_coded(tmp_path / "a.wav", [0, 1], seconds=SECONDS, rate_hz=RATE)
    return record(
        workspace,
        f"来电=file:{sound}?channel=1&speed=40",
        f"演播室=file:{sound}?channel=2&speed=40",
    )


def test_a_recorded_take_is_examined_as_before(workspace, take, capsys):
    def check():
        code = cli.run(["check", str(take), "--json", "--workspace", str(workspace.root)])
        return code, json.loads(capsys.readouterr().out)

    before = check()
    consolidated(workspace, take)

    assert check() == before
    assert before[0] == 0


def test_a_row_is_heard_out_of_a_flac(workspace, take, server, monkeypatch, tmp_path):  # noqa: F811
    if shutil.which("parec") is None:
        pytest.skip("parec is not on this machine")
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    consolidated(workspace, take)
    span = Span(line="演播室", start=58.5, end=61.25)
    first = Take(take).sample_at("演播室", span.start)
    with (tmp_path / "heard.raw").open("wb") as file:
        ear = subprocess.Popen(
            ["parec", "--device=studio.monitor", "--raw", f"--rate={RATE}", "--channels=1",
             "--format=s16le", "--latency-msec=20"],
            stdout=file,
        )  # fmt: skip
        wait_until(lambda: (tmp_path / "heard.raw").stat().st_size)

        playback = listen(workspace, relative(workspace, take), span, Settings(pre_listen="studio"))

        wait_until(lambda: playback.done)
        time.sleep(0.3)  # what is on its way to the ear
        playback.stop()
        ear.kill()
        ear.wait()
    expected = coded(1, Take(take).sample_at("演播室", span.end) - first, first).tobytes()
    heard = (tmp_path / "heard.raw").read_bytes()
    assert expected in heard
    assert not any(heard.replace(expected, b""))


@pytest.mark.slow
def test_captions_of_a_flac_are_those_of_its_segments(workspace):
    call = samples.sound(samples.CALLS[0])
    folder = record(
        workspace,
        f"来电=file:{call}?channel=1&speed=16",
        f"演播室=file:{call}?channel=2&speed=16",
    )

    def captions():
        subprocess.run(
            [sys.executable, "-m", "hotline_desk", "caption", str(folder)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        written = Path(folder / CAPTIONS)
        content = written.read_bytes()
        written.unlink()
        return content

    of_segments = captions()
    consolidated(workspace, folder)

    assert captions() == of_segments
    assert len(of_segments.splitlines()) > 3


def test_what_is_recorded_is_never_touched(workspace, tmp_path):
    sound = write_coded(tmp_path / "a.wav", [0], seconds=40, rate_hz=RATE)
    older = record(workspace, f"来电=file:{sound}?speed=40")
    folder = older.with_name("take-2")
    with RecorderProcess(workspace.root, f"来电=file:{sound}", take=folder) as recorder:
        recorder.started(1.0)

        assert waiting(workspace) == []
        consolidate(workspace, folder, progress=lambda share, left: None, cancelled=lambda: False)

        assert not list(folder.glob("*.flac*"))
    wait_until(lambda: waiting(workspace) == [older])
    with_end = Take(folder)
    assert not with_end.ended_in_order
    with_end.repair()

    assert waiting(workspace) == [older, folder]
    consolidate(workspace, folder, progress=lambda share, left: None, cancelled=lambda: False)
    with open_line(Take(folder), "来电") as line:
        assert line.samples >= RATE
        assert line.read(0, line.samples) == coded(0, line.samples).tobytes()


def test_doctor_tells_a_flac_that_was_damaged_since(workspace, take, capsys):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.add_take(relative(workspace, take), None, Take(take).started_at)
    consolidated(workspace, take)

    def doctor():
        code = cli.run(["doctor", "--json", "--workspace", str(workspace.root)])
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return code, [fault for each in found for fault in each["faults"]]

    assert doctor() == (0, [])
    spoil(take / "line1.flac")

    code, faults = doctor()

    assert code == 1
    assert len(faults) == 1
    assert faults[0].endswith("来电 的声音文件 line1.flac 已损坏，请从备份恢复")


def test_a_row_that_is_stopped_leaves_nothing_behind(workspace, take, server, monkeypatch):  # noqa: F811
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    consolidated(workspace, take)
    span = Span(line="来电", start=1.0, end=SECONDS - 1.0)

    playback = listen(workspace, relative(workspace, take), span, Settings(pre_listen="studio"))
    assert not playback.done
    playback.stop()

    assert playback.done  # threads and processes are counted after every test


def test_a_row_that_cannot_be_played_leaves_nothing_behind(workspace, take, server, monkeypatch):  # noqa: F811
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    consolidated(workspace, take)

    with pytest.raises(PreListenLost):
        listen(
            workspace,
            relative(workspace, take),
            Span(line="来电", start=1.0, end=90.0),
            Settings(pre_listen="拔掉的耳机"),
        )
