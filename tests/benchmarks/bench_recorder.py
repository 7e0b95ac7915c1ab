"""What recording costs: processor and memory of the recorder and its capture children."""

import os
import wave
from pathlib import Path

from tests.recorder_process import RecorderProcess

SECONDS = 15
RATE_HZ = 48_000
LINES = 2


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def test_recorder_cost(tmp_path, figure):
    sound = tmp_path / "noise.wav"
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", "not compressed"))
        for _ in range(SECONDS + 10):
            file.writeframes(os.urandom(2 * RATE_HZ))
    lines = [f"line{n}=file:{sound}?channel=1" for n in range(LINES - 1)]
    copy = tmp_path / "other.wav"
    copy.write_bytes(sound.read_bytes())

    with RecorderProcess(tmp_path / "desk", *lines, f"last=file:{copy}") as recorder:
        recorder.started(2.0)
        pids = [recorder.process.pid, *recorder.children()]
        before = sum(cpu_seconds(pid) for pid in pids)
        take = recorder.started(2.0 + SECONDS)
        used = sum(cpu_seconds(pid) for pid in pids) - before
        keeper, *children = (resident_mb(pid) for pid in pids)
        gaps = [event for event in take.events() if event["event"] == "gap"]

    share = used / SECONDS / LINES * 100
    figure("recorder and its children, of a core a line", f"{share:.1f} %", "3 %")
    figure("recorder, resident", f"{keeper:.1f} MB", "20 MB")
    figure("capture child of a file, resident", f"{max(children):.1f} MB", "45 MB")
    figure(f"gaps in {SECONDS} s of {LINES} lines", str(len(gaps)), "0")
