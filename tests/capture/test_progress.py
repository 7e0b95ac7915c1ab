"""What somebody sees who records at a terminal, and that nobody else sees it."""

import os
import re
import subprocess
import sys

import pytest

from hotline_desk.paths import resource

SAMPLE = min(resource("samples").glob("call-*.wav"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="a terminal of another kind"),
]


def recorded_at_a_terminal(tmp_path, *options):
    """Record for two seconds with a terminal as standard error; return what it showed."""
    ours, theirs = os.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "hotline_desk", "record", "--workspace", str(tmp_path / "w"),
         "--line", f"来电=file:{SAMPLE}?channel=1", "--line", f"演播室=file:{SAMPLE}?channel=2",
         "--take", str(tmp_path / "w" / "episodes" / "期" / "take"), "--for", "2", *options],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, encoding="utf-8",
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 4096):
            shown += block
    except OSError:  # the terminal's other side is closed
        pass
    said, _ = child.communicate()
    os.close(ours)
    assert child.returncode == 0
    return said, shown.decode()


def test_time_and_levels_are_shown_on_one_line(tmp_path):
    said, shown = recorded_at_a_terminal(tmp_path)

    assert "\r● 录音中 00:00:01  来电 " in shown
    assert re.search(r"演播室 (静音|-\d+ dB)", shown)
    assert "\n" not in shown
    assert "录音中 00" not in said


def test_programs_are_shown_nothing(tmp_path):
    _, shown = recorded_at_a_terminal(tmp_path, "--json")

    assert shown == ""
