"""Measuring a model."""

import json
import subprocess
import sys


def test_the_demonstration_model_is_measured_and_named_for_what_it_is():
    done = subprocess.run(
        [sys.executable, "-m", "hotline_desk", "model", "check", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )

    (measured,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (measured["name"], measured["demo"], measured["lines"]) == ("demo-cn", True, 2)
    assert 0 < measured["real_time_factor"] < 1
    assert measured["memory_mb"] > 5
    assert measured["keeps_up"] is (measured["real_time_factor"] <= 0.7)
    assert "演示模型" in done.stderr
