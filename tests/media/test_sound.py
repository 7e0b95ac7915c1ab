"""The reader of a line's sound, while the take goes on."""

import os
from datetime import datetime

from hotline_desk.media.sound import open_line
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import LineInfo, Take, create_take

RATE = 16_000


def test_following_a_line_does_not_list_its_folder(tmp_path, monkeypatch):
    """A captioner asks twenty times a second, and a take of twelve hours has 720 files a line."""
    line = LineInfo(id="line1", name="来电", role="来电", device="x", channel=1, rate_hz=RATE)
    create_take(
        tmp_path,
        [line],
        started_at=datetime.fromisoformat("2026-11-25T09:50:00+08:00"),
        monotonic_ns=0,
        delay_seconds=20.0,
        speed=1.0,
    )
    writer = SegmentWriter(tmp_path, "line1", RATE)
    writer.append(bytes(4 * RATE))
    writer.close()
    with open_line(Take(tmp_path), "来电") as sound:
        sound.read(0, 100)
        listed = []
        real_list, real_scan = os.listdir, os.scandir
        monkeypatch.setattr(os, "listdir", lambda path: listed.append(path) or real_list(path))
        monkeypatch.setattr(os, "scandir", lambda path: listed.append(path) or real_scan(path))

        assert sound.samples == 2 * RATE
        assert len(sound.read(RATE, RATE)) == 2 * RATE

    assert not listed
