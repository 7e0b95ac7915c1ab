"""How long the window takes from the command to being usable, warm."""

import os
import statistics
import subprocess
import sys
import time

RUNS = 7


def test_window_usable(tmp_path, figure):
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "offscreen", "HOTLINE_DESK_TIMING": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "hotline_desk", "--workspace", str(tmp_path / "desk")]
    seconds = []
    for _ in range(RUNS + 1):
        began = time.time()
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as window:
            shown = next(line for line in window.stderr if line.startswith(b"window shown"))
            seconds.append(float(shown.split()[-1]) - began)
            window.kill()

    warm = seconds[1:]  # the first run fills the caches
    figure(
        "window usable, from the command",
        f"median {statistics.median(warm):.2f} s, slowest of {RUNS} {max(warm):.2f} s",
        "1 s",
    )
