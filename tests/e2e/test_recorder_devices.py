"""The recorder on real devices: null sinks of a sound server that the test starts."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hotline_desk.capture.sound_server import sound_server as own_server
from tests.coded_sound import write_coded
from tests.recorder_process import RecorderProcess, events, heard, stop, wait_until
from tests.sound_server import server

__all__ = ["server"]

RATE = 16000
LINES = ("来电=caller_line", "演播室=studio_line")


@pytest.fixture
def sounds(tmp_path):
    return [
        write_coded(tmp_path / f"{line}.wav", [line], seconds=30, rate_hz=RATE) for line in (0, 1)
    ]


@pytest.fixture
def recorder(server, tmp_path):
    with RecorderProcess(tmp_path / "ws", *LINES, env=server.environment) as recorder:
        yield recorder


@pytest.fixture
def playing(server, recorder, sounds):
    """Both lines sound, each with its own; the take under way."""
    take = recorder.started(0.1)
    players = [
        server.play(path, sink) for path, sink in zip(sounds, ("caller", "studio"), strict=True)
    ]
    wait_until(lambda: heard(take, "来电") and heard(take, "演播室"))
    yield take
    for player in players:
        player.kill()
        player.wait()


def command(*arguments, env):
    return subprocess.run(
        [sys.executable, "-m", "hotline_desk", *arguments],
        env=os.environ | dict(env),
        capture_output=True,
        text=True,
        check=False,
    )


def streams(server):
    """Return which source each process records from."""
    listed = {
        source["index"]: source["name"]
        for source in json.loads(server.control("--format=json", "list", "sources"))
    }
    return {
        int(stream["properties"]["application.process.id"]): (
            stream["index"],
            listed[stream["source"]],
        )
        for stream in json.loads(server.control("--format=json", "list", "source-outputs"))
        if "application.process.id" in stream["properties"]
    }


def test_devices_lists_the_inputs_before_the_monitors(server):
    done = command("devices", "--json", env=server.environment)

    listed = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert [device["name"] for device in listed] == [
        "caller_line", "studio_line", "caller.monitor", "studio.monitor",
    ]  # fmt: skip
    assert [device["monitor"] for device in listed] == [False, False, True, True]
    assert {(device["channels"], device["rate_hz"]) for device in listed} == {(1, RATE)}


@pytest.mark.slow
def test_two_devices_are_two_lines_sample_for_sample(server, recorder, tmp_path):
    short = [
        write_coded(tmp_path / f"short{line}.wav", [line], seconds=1.5, rate_hz=RATE)
        for line in (0, 1)
    ]
    take = recorder.started(0.1)

    players = [
        server.play(path, sink) for path, sink in zip(short, ("caller", "studio"), strict=True)
    ]
    for player in players:
        player.wait()
    wait_until(lambda: all(run_count(take, name) == 1.5 * RATE for name in ("来电", "演播室")))
    facts = stop(recorder, take)[-1]

    for line, name in enumerate(("来电", "演播室")):
        (run,) = heard(take, name)
        assert (run.line, run.number, run.count) == (line, 0, 1.5 * RATE)
        assert facts["lines"][name]["gaps"] == 0


def run_count(take, name):
    return sum(run.count for run in heard(take, name))


def test_each_child_stays_small_and_reads_its_own_source(server, recorder, playing):
    found = streams(server)

    assert {found[pid][1] for pid in recorder.children()} == {"caller_line", "studio_line"}
    for pid in recorder.children():
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
        resident = next(line.split()[1] for line in status if line.startswith("VmRSS"))
        assert int(resident) < 45_000
    for pid in (recorder.process.pid, *recorder.children()):
        loaded = Path(f"/proc/{pid}/maps").read_text().lower()
        assert not [name for name in ("numpy", "qt6", "vosk", "reportlab") if name in loaded]
    assert "portaudio" not in Path(f"/proc/{recorder.process.pid}/maps").read_text()
    stop(recorder, playing)


def test_a_device_is_found_by_its_chinese_description_too(server, tmp_path):
    properties = "source_properties=\"device.description='导播台 热线一'\""
    module = server.control(
        "load-module", "module-remap-source", "source_name=hot1", "master=caller.monitor",
        properties,
    )  # fmt: skip
    line, more = "来电=导播台 热线一", ("--for", "0.2")

    code, facts, said = RecorderProcess(
        tmp_path / "工作", line, env=server.environment, more=more
    ).wait()
    server.control("unload-module", module.strip())

    assert (code, said) == (0, "")
    assert facts[-1]["reason"] == "time"


@pytest.mark.slow
def test_a_stream_that_the_server_moves_never_brings_the_other_lines_sound(
    server, recorder, playing
):
    found = streams(server)
    caller = next(pid for pid in recorder.children() if found[pid][1] == "caller_line")

    server.control("move-source-output", str(found[caller][0]), "studio_line")
    wait_until(lambda: events(playing, "device_back"))
    back = playing.length("来电")
    wait_until(lambda: playing.length("来电") > back + RATE)
    stop(recorder, playing)

    assert {run.line for run in heard(playing, "来电")} == {0}
    assert {run.line for run in heard(playing, "演播室")} == {1}
    assert events(playing, "device_lost")[0]["reason"] == "moved"
    (gap,) = events(playing, "gap")
    assert (gap["line"], gap["sample"] > 0) == ("line1", True)


@pytest.mark.slow
def test_a_device_that_goes_and_comes_back_is_a_measured_gap_of_its_line(server, recorder, playing):
    modules = server.control("list", "short", "modules").splitlines()
    remap = next(line.split()[0] for line in modules if "source_name=caller_line" in line)
    gone = time.monotonic()
    server.control("unload-module", remap)
    wait_until(lambda: events(playing, "device_failed"))
    server.control("load-module", "module-remap-source", "source_name=caller_line",
                   "master=caller.monitor")  # fmt: skip
    wait_until(lambda: events(playing, "device_back"))
    away = time.monotonic() - gone
    back = playing.length("来电")
    wait_until(lambda: playing.length("来电") > back + RATE)
    stop(recorder, playing)

    before, after = heard(playing, "来电")
    assert (before.line, after.line) == (0, 0)
    (gap,) = events(playing, "gap")
    assert (gap["line"], gap["sample"]) == ("line1", before.position + before.count)
    assert gap["seconds"] < away + 0.5
    # what follows the silence is where it would have been without the loss, to 50 ms
    assert after.position - before.position == pytest.approx(after.number, abs=0.05 * RATE)
    assert [run.line for run in heard(playing, "演播室")] == [1]


@pytest.mark.slow
def test_a_killed_child_of_a_device_is_replaced(server, recorder, playing):
    found = streams(server)
    caller = next(pid for pid in recorder.children() if found[pid][1] == "caller_line")

    os.kill(caller, signal.SIGKILL)
    wait_until(lambda: events(playing, "device_back"))
    back = playing.length("来电")
    wait_until(lambda: playing.length("来电") > back + RATE)
    stop(recorder, playing)

    before, after = heard(playing, "来电")
    assert (before.line, after.line) == (0, 0)
    assert after.position - before.position == pytest.approx(after.number, abs=0.05 * RATE)
    assert [run.line for run in heard(playing, "演播室")] == [1]


@pytest.mark.slow
def test_a_take_outlives_the_sound_server(server, tmp_path, sounds):
    del server  # another one stays, and is left alone
    with (
        own_server() as mortal,
        RecorderProcess(tmp_path / "ws", *LINES, env=mortal.environment) as recorder,
    ):
        take = recorder.started(0.1)
        player = mortal.play(sounds[0], "caller")
        wait_until(lambda: run_count(take, "来电") > RATE)
        shells = [pid for pid in children_of(os.getpid()) if is_called(pid, "sh")]
        started = [pid for shell in shells for pid in children_of(shell)]
        own = os.fsencode(mortal.environment["PULSE_SERVER"])  # a newer process may have a lower id
        (pulseaudio,) = (
            pid for pid in started
            if is_called(pid, "pulseaudio") and own in Path(f"/proc/{pid}/environ").read_bytes()
        )  # fmt: skip

        os.kill(pulseaudio, signal.SIGKILL)
        wait_until(lambda: len(events(take, "device_failed")) == 2)
        player.wait()
        facts = stop(recorder, take)[-1]

    assert {event["reason"] for event in events(take, "device_lost")} == {"ended"}
    assert [facts["lines"][name]["gaps"] for name in ("来电", "演播室")] == [1, 1]
    (heard_before,) = heard(take, "来电")
    assert (heard_before.line, heard_before.number) == (0, 0)
    assert take.ended_in_order


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_called(pid, name):
    return name.encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]


@pytest.mark.parametrize("device", ["没有这个", "caller_line?channel=2"])
def test_a_device_that_is_not_there_is_one_sentence(server, tmp_path, device):
    line = f"来电={device}"

    code, facts, said = RecorderProcess(tmp_path / "ws", line, env=server.environment).wait()

    assert (code, facts) == (1, [])
    assert said == f"找不到输入设备“{device}”，请接好设备，或用 devices 命令查看可用的设备。\n"
    assert not (tmp_path / "ws" / "take").exists()


def test_a_machine_without_any_input_says_so(tmp_path):
    if list(Path("/proc/asound").glob("card*/pcm*c")):
        pytest.skip("this machine has a sound card")
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/none"}

    listed = command("devices", env=nowhere)
    code, _, said = RecorderProcess(tmp_path / "ws", "来电=话筒", env=nowhere).wait()

    assert (listed.returncode, code) == (1, 1)
    assert listed.stderr == said == "本机没有可用的声音输入，请接好话筒或声卡后再试。\n"
