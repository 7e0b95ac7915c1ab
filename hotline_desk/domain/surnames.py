"""The surnames that people here have: one list for hearing them and for masking what follows."""

from __future__ import annotations

from functools import cache

from hotline_desk.paths import resource


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Return the surnames of one character, and those of two."""
    single, double = resource("glossary/surnames.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(single), frozenset(double.split())
