"""List this machine's inputs as they are now, in a process of its own.

PortAudio lists devices once a process, and lacking a part it takes its process with it.
"""

from __future__ import annotations

import json
import subprocess

from hotline_desk import processes
from hotline_desk.capture.devices import InputDevice

_PATIENCE_SECONDS = 10.0


def find_inputs() -> list[InputDevice]:
    """Return the inputs of this machine, as far as a line's setting needs to know them.

    None where there are none, or nobody can tell. Takes some tenths of a second: never called
    from the window's own thread.
    """
    child = processes.start_child("devices", "--json", stdout=subprocess.PIPE)
    try:
        said, _ = child.communicate(timeout=_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        return []
    return [_input(json.loads(line)) for line in said.splitlines()] if not child.returncode else []


def _input(found: dict[str, object]) -> InputDevice:
    return InputDevice(
        name=str(found["name"]),
        description=str(found["description"]),
        channels=int(str(found["channels"])),
        rate_hz=int(str(found["rate_hz"])),
        index=None,
        is_monitor=bool(found["monitor"]),
        position=str(found["position"]),
    )
