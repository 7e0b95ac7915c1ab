"""What a command yields: one line of words for people, and its facts for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a command's output."""

    words: str
    """In Chinese, for people."""
    facts: dict[str, Any]
    """The same as a JSON object."""
    aside: bool = False
    """Whether it is beside the matter, a notice or progress: words on standard error, no JSON."""
