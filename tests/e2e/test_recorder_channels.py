"""Channels and twins: every line has the sound of its own channel of its own device."""

import json
import os
import signal
import subprocess

import numpy as np
import pytest

from hotline_desk.take.take import Take
from tests.coded_sound import coded, write_coded
from tests.recorder_process import (
    RecorderProcess,
    events,
    heard,
    lost,
    stop,
    wait_until,
)
from tests.sound_server import load, null_sink, remap, server

__all__ = ["load", "server"]

RATE = 16_000
LEFT, RIGHT = "pci-0000:00:14.0-usb-0:1:1.0", "pci-0000:00:14.0-usb-0:2:1.0"
LOUDSPEAKERS = "front-left,front-right,front-center,lfe,rear-left,rear-right"
CONSOLE = "aux0,aux1,aux2,aux3,aux4,aux5"


@pytest.mark.slow
def test_a_channel_that_is_missing_costs_no_other_line_of_its_device(server, tmp_path):
    lines = ("来电=caller_line", "演播室=caller_line?channel=2")
    sound = write_coded(tmp_path / "a.wav", [0], seconds=10, rate_hz=RATE)
    with RecorderProcess(tmp_path / "ws", *lines, env=server.environment) as recorder:
        wait_until(lambda: recorder.take.joinpath("take.json").exists())
        take = Take(recorder.take)
        player = server.play(sound, "caller")
        wait_until(lambda: take.length("来电") > RATE)
        stop(recorder, take)
        player.kill()
        player.wait()

    assert (lost(take, "line1"), lost(take, "line2")) == ([], ["absent"])
    assert [run.line for run in heard(take, "来电")] == [0]
    assert not heard(take, "演播室")


@pytest.mark.slow
@pytest.mark.parametrize("places", [LOUDSPEAKERS, CONSOLE])
def test_each_channel_of_one_device_is_a_line_of_its_own(server, load, tmp_path, places):
    null_sink(load, "console", channels=6, more=(f"channel_map={places}",))
    sound = write_coded(tmp_path / "six.wav", range(6), seconds=1, rate_hz=RATE)
    names = [f"{n}路" for n in range(1, 7)]
    lines = [f"{name}=console.monitor?channel={n}" for n, name in enumerate(names, start=1)]
    with RecorderProcess(tmp_path / "ws", *lines, env=server.environment) as recorder:
        take = recorder.started(0.1)
        assert len(recorder.children()) == 1
        subprocess.run(
            ["paplay", "--no-remix", "--device=console", f"--channel-map={places}", str(sound)],
            env=os.environ | dict(server.environment),
            check=True,
        )
        length = take.length(names[0])
        wait_until(lambda: take.length(names[0]) > length + RATE)
        stop(recorder, take)

    for line, name in enumerate(names):
        sound = np.trim_zeros(np.frombuffer(take.read(name, 0, take.length(name)), "<i2"))
        # a sink that nobody has played into yet may miss the beginning
        assert len(sound) > RATE / 2
        assert sound.tolist() == coded(line, RATE)[-len(sound) :].tolist()


@pytest.mark.slow
def test_a_mixing_desk_that_the_server_moves_never_brings_another_sources_sound(
    server, load, tmp_path
):
    null_sink(load, "console", channels=6, more=(f"channel_map={CONSOLE}",))
    other = write_coded(tmp_path / "other.wav", [1], seconds=60, rate_hz=RATE)
    line = "来电=console.monitor?channel=6"
    with RecorderProcess(tmp_path / "ws", line, env=server.environment) as recorder:
        take = recorder.started(0.5)
        player = server.play(other, "studio")

        server.control("move-source-output", stream_on(server, "console.monitor"), "studio_line")
        wait_until(lambda: lost(take) == ["moved", "back"])
        (child,) = recorder.children()
        os.kill(child, signal.SIGKILL)
        wait_until(lambda: lost(take) == ["moved", "back", "ended", "back"])
        length = take.length("来电")
        wait_until(lambda: take.length("来电") > length + RATE)
        stop(recorder, take)
        player.kill()
        player.wait()

    assert not np.frombuffer(take.read("来电", 0, take.length("来电")), "<i2").any()


def stream_on(server, source):
    """Return the number of the only stream that reads *source*."""
    listed = json.loads(server.control("--format=json", "list", "sources"))
    index = next(each["index"] for each in listed if each["name"] == source)
    streams = json.loads(server.control("--format=json", "list", "source-outputs"))
    (stream,) = [each["index"] for each in streams if each["source"] == index]
    return str(stream)


@pytest.mark.slow
def test_a_twin_that_takes_the_others_name_is_not_taken_for_it(server, load, tmp_path):
    first, second = "usb_codec-00.stereo", "usb_codec-00.2.stereo"
    sources = [remap(load, first, "caller", LEFT), remap(load, second, "studio", RIGHT)]
    sounds = [
        write_coded(tmp_path / f"{line}.wav", [line], seconds=60, rate_hz=RATE) for line in (0, 1)
    ]
    lines = (f"来电={first}", f"演播室={second}")
    with RecorderProcess(tmp_path / "ws", *lines, env=server.environment) as recorder:
        take = recorder.started(0.1)
        players = [server.play(*pair) for pair in zip(sounds, ("caller", "studio"), strict=True)]
        wait_until(lambda: heard(take, "来电") and heard(take, "演播室"))

        for source in sources:
            server.control("unload-module", source)
        wait_until(lambda: len(events(take, "device_failed")) == 2)
        remap(load, first, "studio", RIGHT)
        wait_until(lambda: lost(take, "line2")[-1] == "back")
        back = take.length("演播室")
        wait_until(lambda: take.length("演播室") > back + 3 * RATE)
        assert lost(take, "line1")[-1] != "back"
        remap(load, second, "caller", LEFT)
        wait_until(lambda: lost(take, "line1")[-1] == "back")
        back = take.length("来电")
        wait_until(lambda: take.length("来电") > back + RATE)
        stop(recorder, take)
        for player in players:
            player.kill()
            player.wait()

    assert {run.line for run in heard(take, "来电")} == {0}
    assert {run.line for run in heard(take, "演播室")} == {1}


@pytest.mark.slow
def test_a_device_that_comes_back_with_another_number_goes_on_in_its_line(server, load, tmp_path):
    module = remap(load, "usb_codec-00.stereo", "caller")
    line = "来电=usb_codec-00.stereo"
    with RecorderProcess(tmp_path / "ws", line, env=server.environment) as recorder:
        take = recorder.started(0.1)

        server.control("unload-module", module)
        wait_until(lambda: events(take, "device_failed"))
        remap(load, "usb_codec-00.2.stereo", "caller")
        wait_until(lambda: events(take, "device_back"))
        stop(recorder, take)

    assert len(events(take, "gap")) == 1


@pytest.mark.slow
def test_another_lines_device_is_not_taken_for_one_that_is_gone(server, load, tmp_path):
    first, second = "usb_codec-00.stereo", "usb_codec-00.2.stereo"
    module = remap(load, first, "caller")
    lines = (f"来电={first}", f"演播室={second}")
    with RecorderProcess(tmp_path / "ws", *lines, env=server.environment) as recorder:
        wait_until(lambda: recorder.take.joinpath("take.json").exists())
        take = Take(recorder.take)
        remap(load, second, "studio")
        wait_until(lambda: lost(take, "line2") == ["absent", "back"])

        server.control("unload-module", module)
        wait_until(lambda: [e for e in events(take, "device_failed") if e["line"] == "line1"])
        length = take.length("演播室")
        wait_until(lambda: take.length("演播室") > length + 3 * 48_000)
        stop(recorder, take)

    assert lost(take, "line1")[-1] != "back"
