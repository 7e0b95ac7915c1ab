"""What it takes to make FLACs of a take, and to hear a row of one."""

import random
import statistics
import time
from datetime import datetime

import numpy as np

from hotline_desk.domain.questions import Span
from hotline_desk.media.sound import open_line
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings
from hotline_desk.system import resident_bytes
from hotline_desk.take import journal
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import EVENTS, LineInfo, Take, create_take
from hotline_desk.workflows.consolidate import consolidate
from hotline_desk.workflows.listen import listen
from hotline_desk.workflows.recording import relative
from tests.sound_server import server  # noqa: F401  a fixture
from tests.speech import samples

RATE_HZ = 48_000
SECONDS = 3600
ROOM_NOISE = 20.0
"""Root mean square of what a quiet room and its microphone leave in 16 bits: -64 dBFS."""
ROWS = 40
LINES = tuple(
    LineInfo(id=f"line{n}", name=name, role=name, device="x", channel=1, rate_hz=RATE_HZ)
    for n, name in enumerate(("来电", "演播室"), 1)
)


def test_archive_of_an_hour(tmp_path, figure, server, monkeypatch):  # noqa: F811
    workspace = Workspace(tmp_path / "desk")
    folder = _recorded(workspace.episodes / "2026-11-25-第190期" / "take-1")
    before = sum(path.stat().st_size for path in folder.glob("*.wav"))
    resident, began = [resident_bytes()], time.monotonic()

    consolidate(
        workspace,
        folder,
        progress=lambda _share, _left: resident.append(resident_bytes()),
        cancelled=lambda: False,
    )

    took = time.monotonic() - began
    after = sum(path.stat().st_size for path in folder.glob("*.flac"))
    figure("FLAC of an hour of two lines at 48 kHz, verified", f"{took:.0f} s")
    figure("that, of the segments' size", f"{after / before:.0%}")
    figure("that, memory taken meanwhile", f"{(max(resident) - resident[0]) / 2**20:.1f} MB")
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    for what, wait in (("until its sound is there", _read), ("until it plays", _played)):
        waits = sorted(wait(workspace, folder) for _ in range(ROWS))
        figure(
            f"a row out of a FLAC of an hour, p95 (median) {what}",
            f"{waits[int(0.95 * ROWS)] * 1000:.0f} ms ({statistics.median(waits) * 1000:.0f} ms)",
            "200 ms",
        )


def _read(_workspace, folder):
    take = Take(folder)
    first = random.Random().randrange((SECONDS - 1) * RATE_HZ)
    began = time.monotonic()
    with open_line(take, "来电") as sound:
        pcm = sound.read(first, RATE_HZ)
    waited = time.monotonic() - began
    assert len(pcm) == 2 * RATE_HZ
    return waited


def _played(workspace, folder):
    """Return the seconds from the click to a stream that plays, of rows of up to ten minutes."""
    chosen = random.Random()
    start = chosen.uniform(0, SECONDS - 600)
    span = Span(line="来电", start=start, end=start + chosen.uniform(5, 600))
    began = time.monotonic()
    playback = listen(workspace, relative(workspace, folder), span, Settings(pre_listen="studio"))
    waited = time.monotonic() - began
    playback.stop()
    return waited


def _recorded(folder):
    """Write an hour of the sample calls in a quiet room, as a recorder does."""
    folder.mkdir(parents=True)
    began = datetime.fromisoformat("2026-11-25T09:50:00+08:00")
    create_take(folder, LINES, started_at=began, monotonic_ns=0, delay_seconds=20.0, speed=1.0)
    noise = np.random.default_rng(190)
    call = np.concatenate([_call(name) for name in samples.CALLS])
    for number, line in enumerate(LINES):
        writer = SegmentWriter(folder, line.id, RATE_HZ)
        while writer.samples < SECONDS * RATE_HZ:
            spoken = call[:, number][: SECONDS * RATE_HZ - writer.samples]
            room = noise.normal(0, ROOM_NOISE, len(spoken))
            writer.append((spoken + room).clip(-32_768, 32_767).astype("<i2").tobytes())
        writer.close()
    end = {"event": "end", "at": float(SECONDS), "wall": began.isoformat(), "reason": "stop"}
    journal.append(folder / EVENTS, end)
    return folder


def _call(name):
    """Return both sides of a call at 48 kHz."""
    rate_hz, both = samples.channels(name)
    at = np.arange(len(both) * RATE_HZ // rate_hz) * rate_hz / RATE_HZ
    return np.stack([np.interp(at, np.arange(len(both)), side) for side in both.T], axis=1)
