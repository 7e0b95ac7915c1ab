"""Run the program as a user does, and read what it left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def command(*arguments: str, workspace: Path) -> list[str]:
    return [sys.executable, "-m", "hotline_desk", "--workspace", str(workspace), *arguments]


def environment(checkout: Path = ROOT, **more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(checkout), **more}


def run(*arguments: str, workspace: Path, checkout: Path = ROOT, seconds: float = 300) -> str:
    """Return what a command prints; it must end well."""
    done = subprocess.run(
        command(*arguments, workspace=workspace),
        env=environment(checkout),
        cwd=workspace.parent,
        capture_output=True,
        timeout=seconds,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_json(*arguments: str, workspace: Path, **how: Any) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in run(*arguments, "--json", workspace=workspace, **how).splitlines()
    ]


def said(facts: list[dict[str, Any]], key: str) -> Any:
    """Return what the one line with *key* says."""
    (found,) = (line[key] for line in facts if key in line)
    return found


def pdf_text(pdf: Path) -> str:
    """Return the text of a PDF as a reader would copy it, without white space."""
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def edits(heard: str, true: str) -> int:
    """Return the least number of characters to insert, delete or replace (Levenshtein)."""
    row = list(range(len(true) + 1))
    for i, a in enumerate(heard, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(true, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]
