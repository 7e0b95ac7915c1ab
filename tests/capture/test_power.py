"""The machine is kept awake while something is recorded: asked of a logind that the test plays."""

import contextlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hotline_desk.take.take import ask_to_stop
from tests.coded_sound import write_coded
from tests.e2e.namespaces import namespaces
from tests.recorder_process import RecorderProcess, events, wait_until

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("dbus-daemon", "systemd-inhibit"))),
    reason="inhibitors are systemd-logind's",
)

ASKED = {"who": "热线台", "why": "正在录音"}
BLOCKED = {"what": "sleep:shutdown:idle", **ASKED, "mode": "block"}
DELAYED = {"what": "sleep:shutdown", **ASKED, "mode": "delay"}
CONFIGURATION = """<busconfig>
<type>system</type><auth>EXTERNAL</auth><listen>unix:path={socket}</listen>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/>
<allow receive_sender="*"/></policy></busconfig>"""
AS_IF_IT_COULD_SLEEP = """
mount -t tmpfs none /sys && mkdir /sys/power && echo mem > /sys/power/state && exec "$@"
"""


class Logind:
    """A bus with a stand-in for logind, and what it was asked."""

    def __init__(self, folder, stack, *refused):
        folder.mkdir()
        socket = folder / "bus"
        configuration = folder / "bus.conf"
        configuration.write_text(CONFIGURATION.format(socket=socket), encoding="utf-8")
        self.environment = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={socket}"}
        self._told = folder / "told.jsonl"
        bus = ["dbus-daemon", "--nofork", f"--config-file={configuration}"]
        stack.callback(_end, subprocess.Popen(bus, stderr=subprocess.DEVNULL))
        wait_until(socket.exists)
        stand_in = [sys.executable, str(Path(__file__).parents[1] / "stand_in_logind.py")]
        with self._told.open("wb") as told:
            words = [*stand_in, f"unix:path={socket}", *refused]
            stack.callback(_end, subprocess.Popen(words, stdout=told))
        wait_until(self._told.read_bytes)  # it says that it is there

    def told(self):
        lines = self._told.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines][1:]


def _end(process):
    process.kill()
    process.wait()


@pytest.fixture
def logind(tmp_path):
    with contextlib.ExitStack() as stack:
        yield lambda *refused: Logind(tmp_path / "bus", stack, *refused)


@pytest.fixture
def line(tmp_path):
    return f"来电=file:{write_coded(tmp_path / 'a.wav', [0], seconds=60, rate_hz=8000)}"


def test_the_inhibitor_is_held_as_long_as_the_take(tmp_path, line, logind):
    asked = logind()
    with RecorderProcess(tmp_path / "ws", line, env=asked.environment) as recorder:
        take = recorder.started(0.3)
        wait_until(lambda: asked.told() == [BLOCKED])
        ask_to_stop(take.folder)
        assert recorder.wait()[0] == 0

    wait_until(lambda: asked.told() == [BLOCKED, {"released": "block"}])
    assert not events(take, "no_inhibit")


def test_a_killed_recorder_holds_nothing(tmp_path, line, logind):
    asked = logind()
    with RecorderProcess(tmp_path / "ws", line, env=asked.environment) as recorder:
        recorder.started(0.3)
        wait_until(lambda: asked.told() == [BLOCKED])
        recorder.process.kill()

        wait_until(lambda: asked.told() == [BLOCKED, {"released": "block"}])


@pytest.mark.parametrize(
    ("refused", "told", "reason"),
    [
        (("block",), [BLOCKED, DELAYED], "delay"),
        (("block", "delay"), [BLOCKED, DELAYED], "refused"),
    ],
)
def test_what_is_refused_is_noted_and_hinders_nothing(
    tmp_path, line, logind, refused, told, reason
):
    asked = logind(*refused)
    before = [*namespaces("--mount"), "sh", "-c", AS_IF_IT_COULD_SLEEP, "sh"]
    with RecorderProcess(tmp_path / "ws", line, env=asked.environment, before=before) as recorder:
        take = recorder.started(0.3)
        wait_until(lambda: events(take, "no_inhibit"))
        assert asked.told() == told
        ask_to_stop(take.folder)
        assert recorder.wait()[0] == 0

    assert [event["reason"] for event in events(take, "no_inhibit")] == [reason]


def test_a_machine_that_knows_nobody_to_ask_is_told_if_it_can_sleep(tmp_path, line):
    before = [*namespaces("--mount"), "sh", "-c", AS_IF_IT_COULD_SLEEP, "sh"]
    nobody = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path}/none"}
    with RecorderProcess(tmp_path / "ws", line, env=nobody, before=before) as recorder:
        take = recorder.started(0.3)
        wait_until(lambda: events(take, "no_inhibit"))
        ask_to_stop(take.folder)
        assert recorder.wait()[0] == 0
