"""The shipped model: where it lies, what it weighs and what it is told apart by."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

NAME = "demo-cn"
MODELS = Path(__file__).resolve().parents[2] / "resources" / "models"
MODEL = MODELS / NAME
SHEET = MODELS / f"{NAME}.json"
README = MODELS / "README.md"
LARGEST_BYTES = 10_000_000


def digest(model: Path) -> str:
    """Return one SHA-256 over the names and contents of all files of *model*."""
    total = hashlib.sha256()
    for path in files_of(model):
        name = path.relative_to(model).as_posix()
        total.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def size_bytes(model: Path) -> int:
    """Return how many bytes the files of *model* hold."""
    return sum(path.stat().st_size for path in files_of(model))


def files_of(model: Path) -> list[Path]:
    """Return the files of *model*, in order of their names."""
    return sorted(path for path in model.rglob("*") if path.is_file())


def read_sheet(sheet: Path = SHEET) -> dict[str, Any]:
    """Return what is known of the shipped model."""
    found: dict[str, Any] = json.loads(sheet.read_text(encoding="utf-8"))
    return found


def write_sheet(facts: dict[str, Any], sheet: Path = SHEET) -> None:
    """Write *facts* for the next reader."""
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    sheet.write_text(text, encoding="utf-8", newline="\n")
