"""Make pictures of every page: ``python -m tools.screenshots OUT [--only NAME]``.

A workspace is filled by the demo's own run, with earlier episodes beside it; then each look is
photographed by a process of its own, because a scale holds from the start of a process, and in a
copy of its own, because a look leaves calls behind.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hotline_desk.paths import Workspace
from hotline_desk.workflows import demo
from hotline_desk.workflows.workspace import prepare
from tools.screenshots import case_filling, month_filling
from tools.screenshots.filling import fill


@dataclass(frozen=True, slots=True)
class Look:
    """One way in which the window is looked at."""

    name: str
    theme: str
    width: int
    height: int
    scale: float = 1.0


LOOKS = tuple(
    Look(f"{theme}-{name}", theme, width, height, scale)
    for theme in ("light", "dark")
    for name, width, height, scale in (
        ("1366x768", 1366, 768, 1.0),
        ("1920x1080", 1920, 1080, 1.0),
        ("150", 1280, 720, 1.5),
    )
)


def main() -> None:
    """Fill a workspace, then photograph it in every look."""
    parser = argparse.ArgumentParser(prog="tools.screenshots")
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="a part of a look's name")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    full, empty, months = (
        Workspace(asked.out.absolute() / name) for name in ("演示", "空", "几个月")
    )
    if not full.ledger.exists():
        for line in demo.run(
            argparse.Namespace(
                workspace=full, speed=None, sound_server=False, headless=True, json=False
            )
        ):
            print(line.words)
        fill(full)
        case_filling.fill(full)
    prepare(empty)
    if not months.ledger.exists():
        month_filling.fill(prepare(months))
    shown = {"full": full, "empty": empty, "months": months}
    for look in LOOKS:
        if asked.only in look.name:
            _photograph(look, shown, asked.out.absolute() / look.name)


def _photograph(look: Look, shown: dict[str, Workspace], out: Path) -> None:
    out.mkdir(exist_ok=True)
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": f"{look.scale:g}",
    }
    for what, workspace in shown.items():
        with tempfile.TemporaryDirectory() as folder:
            copy = shutil.copytree(workspace.root, Path(folder) / workspace.root.name)
            command = [
                sys.executable, "-m", "tools.screenshots.camera", what, str(copy), str(out),
                look.theme, str(look.width), str(look.height),
            ]  # fmt: skip
            subprocess.run(command, env=environment, check=True)
    print(look.name)


if __name__ == "__main__":
    main()
