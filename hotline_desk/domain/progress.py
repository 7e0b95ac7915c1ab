"""How far long work has come, and whether it is to stop, where nobody asks."""

from __future__ import annotations


def unwatched(_done: int, _total: int) -> None:
    """Tell nobody how far it has come."""


def never() -> bool:
    """Have it go on to its end."""
    return False
