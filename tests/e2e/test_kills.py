"""kill -9 in the middle of the main job: the recording is whole, and everything catches up."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.take.captions import read_captions
from hotline_desk.take.take import Take
from hotline_desk.workflows import recording
from tests.e2e.desk_runs import command, edits, environment

pytestmark = pytest.mark.slow


def start_demo(root, *, speed):
    return subprocess.Popen(
        command("demo", "--headless", "--json", "--speed", str(speed), workspace=root),
        env=environment(),
        cwd=root.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def wait_for(condition, *, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return found


def captioner_of(demo):
    """Return the process id of the captioner that *demo* started, if it runs."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if b"caption" in words and parent == demo.pid:
            return int(process.name)
    return None


def the_take(workspace):
    folder = recording.running(workspace)
    return folder if folder and Take(folder).now() > 20 else None


def sound(take):
    return [take.read(line.name, 0, take.length(line.name)) for line in take.lines]


def played(workspace):
    return [path.read_bytes()[44:] for path in sorted(workspace.root.glob("demo-*.wav"))]


def assert_whole(take, workspace):
    for recorded, wanted in zip(sound(take), played(workspace), strict=True):
        assert recorded[: len(wanted)] == wanted
        assert not any(recorded[len(wanted) :])
    assert not [event for event in take.events() if event["event"] == "gap"]


def words(folder):
    captions, _ = read_captions(folder)
    return {
        line: "".join(said.text for said in captions if said.line == line)
        for line in ("来电", "演播室")
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The captions of a demo that nobody disturbed."""
    root = tmp_path_factory.mktemp("calm") / "desk"
    demo = start_demo(root, speed=32)
    out, _ = demo.communicate(timeout=300)
    assert demo.returncode == 0, out.decode()
    facts = [json.loads(line) for line in out.decode().splitlines()]
    (folder,) = [Path(fact["take"]) for fact in facts if "take" in fact]
    return words(folder)


def test_a_captioner_killed_twice_goes_on_and_nothing_is_missing(tmp_path, undisturbed):
    workspace = Workspace(tmp_path / "desk")
    demo = start_demo(workspace.root, speed=16)
    try:
        folder = wait_for(lambda: the_take(workspace))
        for _ in range(2):
            os.kill(wait_for(lambda: captioner_of(demo)), signal.SIGKILL)
            time.sleep(2.5)
        out, _ = demo.communicate(timeout=300)
    finally:
        demo.kill()
        demo.wait()

    assert demo.returncode == 0, out.decode()
    assert "字幕程序意外退出" in out.decode()
    assert_whole(Take(folder), workspace)
    for line, heard in words(folder).items():
        calm = undisturbed[line]
        assert edits(heard, calm) <= 0.06 * len(calm), (heard, calm)
    with Ledger.open(workspace.ledger) as ledger:
        assert len(ledger.questions(QuestionQuery())) == 3


def test_the_recorder_outlives_its_desk_and_is_taken_up_again(tmp_path):
    workspace = Workspace(tmp_path / "desk")
    demo = start_demo(workspace.root, speed=16)
    try:
        folder = wait_for(lambda: the_take(workspace))
        captioner = wait_for(lambda: captioner_of(demo))
        os.kill(demo.pid, signal.SIGKILL)
        demo.wait()

        assert recording.running(workspace) == folder
        wait_for(lambda: not Path(f"/proc/{captioner}").exists(), seconds=10)
        wait_for(lambda: Take(folder).ended)
        wait_for(lambda: recording.running(workspace) is None)  # it says its end, then it goes
    finally:
        demo.kill()
        demo.stdout.close()

    assert_whole(Take(folder), workspace)
    before = words(folder)
    done = subprocess.run(
        command("caption", str(folder), "--json", workspace=workspace.root),
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    for line, heard in words(folder).items():
        assert heard.startswith(before[line])
        assert len(heard) > len(before[line]) + 50


def test_a_window_killed_in_the_middle_is_followed_by_one_that_takes_the_recording_up(tmp_path):
    workspace = Workspace(tmp_path / "desk")
    offscreen = environment(QT_QPA_PLATFORM="offscreen")
    log = (tmp_path / "window.txt").open("wb")
    first = subprocess.Popen(
        command("demo", "--speed", "8", workspace=workspace.root),
        env=offscreen, stdout=log, stderr=log,
    )  # fmt: skip
    second = None
    try:
        folder = wait_for(lambda: the_take(workspace))
        wait_for(lambda: read_captions(folder)[0])
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        assert recording.running(workspace) == folder

        second = subprocess.Popen(
            command(workspace=workspace.root), env=offscreen, stdout=log, stderr=log
        )
        wait_for(lambda: Take(folder).ended, seconds=120)
        wait_for(lambda: heard_to_its_end(folder))
    finally:
        for window in (first, second):
            if window is not None:
                window.kill()
                window.wait()
        log.close()

    assert_whole(Take(folder), workspace)
    assert "Traceback" not in (tmp_path / "window.txt").read_text(encoding="utf-8")


def heard_to_its_end(folder):
    """Return whether the captions reach the last words: some seconds of quiet follow them."""
    captions, _ = read_captions(folder)
    return max(said.end for said in captions) > Take(folder).now() - 15


def test_a_demo_whose_recorder_dies_says_so_and_keeps_what_there_is(tmp_path):
    workspace = Workspace(tmp_path / "desk")
    demo = start_demo(workspace.root, speed=16)
    try:
        folder = wait_for(lambda: the_take(workspace))
        announced = json.loads((workspace.root / "recorder.json").read_text(encoding="utf-8"))
        os.kill(announced["pid"], signal.SIGKILL)
        out, _ = demo.communicate(timeout=60)
    finally:
        demo.kill()
        demo.wait()

    assert demo.returncode == 1
    last = out.decode().splitlines()[-1]
    assert last.startswith("录音程序中途停了")
    assert Take(folder).end_reason == "recorder_lost"
    for recorded, wanted in zip(sound(Take(folder)), played(workspace), strict=True):
        assert len(recorded) > 20 * 16_000
        assert recorded == wanted[: len(recorded)]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_demo_that_is_asked_to_end_ends_its_recorder(tmp_path, ending):
    workspace = Workspace(tmp_path / "desk")
    demo = start_demo(workspace.root, speed=2)
    try:
        folder = wait_for(lambda: recording.running(workspace))
        demo.send_signal(ending)
        demo.communicate(timeout=60)
    finally:
        demo.kill()
        demo.wait()

    assert demo.returncode == 130
    assert recording.running(workspace) is None
    assert Take(folder).ended_in_order
