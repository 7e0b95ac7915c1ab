"""The written calls: who says what, and where a person presses a key."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tools.synthesis import Voice

SCRIPTS = Path(__file__).parent
CALLER = "caller"


@dataclass(frozen=True, slots=True)
class Line:
    """What one speaker says without a break from another."""

    who: str
    text: str
    opens_question: bool = False
    begins_answer: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """One call as it is written."""

    name: str
    seed: int
    voices: dict[str, Voice]
    lines: tuple[Line, ...]


def all_scripts() -> list[Script]:
    """Return the calls, in order of their names."""
    return [read_script(path) for path in sorted(SCRIPTS.glob("call-*.toml"))]


def read_script(path: Path) -> Script:
    """Read the call that is written in *path*."""
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    voices = {who: Voice(**settings) for who, settings in written["voices"].items()}
    return Script(path.stem, written["seed"], voices, tuple(Line(**s) for s in written["says"]))


def every_sentence() -> list[str]:
    """Return all that is said in any call, one text for each turn."""
    return [line.text for script in all_scripts() for line in script.lines]
