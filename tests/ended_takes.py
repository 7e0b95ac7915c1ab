"""Takes as a recorder leaves them, for tests of what comes after."""

import hashlib
import sys
from datetime import datetime

from hotline_desk.media.sound import open_line
from hotline_desk.take import journal
from hotline_desk.take.consolidated import CONSOLIDATED
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import EVENTS, LOCK, LineInfo, Take, create_take
from hotline_desk.workflows.consolidate import consolidate
from tests.coded_sound import coded

RATE = 8000
SAMPLES = {"来电": 150 * RATE + 7, "演播室": 95 * RATE}
LINES = tuple(
    LineInfo(id=f"line{n}", name=name, role="", device="x", channel=1, rate_hz=RATE)
    for n, name in enumerate(SAMPLES, 1)
)
STARTED = datetime.fromisoformat("2026-11-25T09:50:00+08:00")
WHOLE = {
    name: hashlib.sha256(coded(line, samples).tobytes()).hexdigest()
    for line, (name, samples) in enumerate(SAMPLES.items())
}
LEFT = {"take.json", EVENTS, LOCK, CONSOLIDATED, "line1.flac", "line2.flac"}
COMMAND = """
import sys
from pathlib import Path
from hotline_desk.paths import Workspace
from hotline_desk.workflows.consolidate import consolidate
consolidate(Workspace(Path(sys.argv[1])), Path(sys.argv[2]),
            progress=lambda share, left: None, cancelled=lambda: False)
"""


def make_take(folder, *, seconds=None, ended=True, lines=LINES, began=STARTED):
    """Write a take as its recorder leaves it."""
    folder.mkdir(parents=True)
    (folder / LOCK).touch()
    create_take(folder, lines, started_at=began, monotonic_ns=5, delay_seconds=20.0, speed=1.0)
    lengths = {}
    for number, line in enumerate(lines):
        writer = SegmentWriter(folder, line.id, RATE)
        wanted = list(SAMPLES.values())[number] if seconds is None else seconds * RATE
        writer.append(coded(number, wanted).tobytes())
        writer.close()
        lengths[line.id] = wanted
    if ended:
        note_end(folder, wall=began, samples=lengths)
    return folder


def note_end(folder, wall=STARTED, **facts):
    end = {"event": "end", "at": 150.0, "wall": wall.isoformat(), "reason": "stop"}
    journal.append(folder / EVENTS, end | facts)


def run(workspace, folder, *, progress=lambda share, left: None, cancelled=lambda: False):
    consolidate(workspace, folder, progress=progress, cancelled=cancelled)


def command(workspace, folder):
    """Return the command line of a process that consolidates."""
    return [sys.executable, "-c", COMMAND, str(workspace.root), str(folder)]


def heard(folder):
    """Return the SHA-256 of each line's samples, read as everybody reads them."""
    take = Take(folder)
    found = {}
    for line in take.lines:
        with open_line(take, line.name) as sound:
            assert sound.samples == take.length(line.name)
            found[line.name] = hashlib.sha256(sound.read(0, sound.samples + 9)).hexdigest()
    return found


def spoil(path, at=0.7):
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 4
    path.write_bytes(content)
