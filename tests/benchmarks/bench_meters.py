"""What the meters of a running take cost, and the health sheet of an hour."""

import time
import wave

import numpy as np
import pytest

from hotline_desk.capture.health import health_sheet
from hotline_desk.paths import resource
from hotline_desk.system import FileLock
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import LOCK, LineInfo, Take, create_take
from hotline_desk.workflows.metering import TakeMeters
from tests.take.test_take import STARTED

RATE_HZ = 48_000
SAMPLE_BYTES = 2
LOOKS_A_SECOND = 20
SECONDS = 60
HOUR_LINES = 2


def speech(seconds):
    """Return *seconds* of a sample call at `RATE_HZ`."""
    with wave.open(str(resource("samples") / "call-1-wages.wav")) as file:
        samples, rate_hz = np.frombuffer(file.readframes(-1), "<i2"), file.getframerate()
    at = np.arange(int(len(samples) * RATE_HZ / rate_hz)) * rate_hz / RATE_HZ
    once = np.interp(at, np.arange(len(samples)), samples).astype("<i2")
    return np.resize(once, seconds * RATE_HZ)


def take(folder, lines, role=""):
    infos = [
        LineInfo(id=f"line{n}", name=f"{n}", role=role, device="d", channel=1, rate_hz=RATE_HZ)
        for n in range(1, lines + 1)
    ]
    create_take(folder, infos, started_at=STARTED, monotonic_ns=0, delay_seconds=0.0, speed=1.0)
    return [SegmentWriter(folder, info.id, RATE_HZ) for info in infos]


@pytest.mark.parametrize(("lines", "role"), [(4, ""), (1, "节目输出（PGM）")])
def test_cost_of_the_meters(tmp_path, figure, lines, role):
    writers = take(tmp_path, lines, role)
    lock = FileLock(tmp_path / LOCK)
    lock.acquire()
    meters = TakeMeters(Take(tmp_path))
    sound = memoryview(speech(SECONDS).tobytes())
    step = RATE_HZ // LOOKS_A_SECOND * SAMPLE_BYTES

    used = 0.0
    for first in range(0, len(sound), step):
        for writer in writers:
            writer.append(sound[first : first + step])
        before = time.thread_time()
        meters.read()
        used += time.thread_time() - before

    for writer in writers:
        writer.close()
    lock.release()
    what = "with loudness" if role else "without"
    share = f"{used / SECONDS / lines * 100:.2f} %"
    figure(f"meter of a 48 kHz line {what}, {LOOKS_A_SECOND} looks a second, of a core", share)


def test_cost_of_the_health_sheet(tmp_path, figure):
    minute = speech(60).tobytes()
    for writer in take(tmp_path, HOUR_LINES):
        for _ in range(60):
            writer.append(minute)
        writer.close()

    before = time.monotonic()
    health_sheet(tmp_path)

    figure("health sheet of an hour, two lines at 48 kHz", f"{time.monotonic() - before:.1f} s")
