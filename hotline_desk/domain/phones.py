"""Telephone numbers as they stand in one field: often more than one, or one with an extension."""

from __future__ import annotations

import re
import unicodedata

_PARTED = re.compile(r"[、，,;；/|\n]+|或者|[或和及]")
_EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?)\s*\d{1,6}\s*$", re.IGNORECASE)
_FEWEST_DIGITS = 7
"""Of a number that stands by itself; 0633 8888888 is one."""
_WHOLE = re.compile(
    r"(?<![\d*])(?<![\d*][- ])(?:"
    r"(?:(?:\+|00)?86[- ]?|0)?1[3-9](?:[- ]?[\d*]){9}"
    r"|(?:(?:\+|00)?86[- ]?)?(?:[(]?0\d{2,3}[)]?[- ]?)?[2-9](?:[\d*]{2,3}[- ]?[\d*]{4})"
    r"|[48]00(?:[- ]?\d){7}"
    r"|\+(?!86)\d{1,3}(?:[- ]?\d){7,11}"
    r")(?![\d*])"
)
"""A mobile number, a landline's with its area or without, a firm's, or one abroad; masked ones too.

110 and 12351 are neither: nobody calls from them, and nobody is called back there.
"""


def numbers_in(phone: str) -> tuple[str, ...]:
    """Return each number of a field as it is written there, without its extension.

    A field that is not plainly several numbers is one: 138 0012 5678, a WeChat id.
    """
    parts = _parts(_PARTED.split(phone)) or _parts(phone.split()) or [phone.strip()]
    return tuple(dict.fromkeys(filter(None, (_EXTENSION.sub("", part) for part in parts))))


def can_be_called(phone: str) -> bool:
    """Return whether a field holds a number that is somebody's, with all its figures."""
    return _WHOLE.search(unicodedata.normalize("NFKC", phone)) is not None


def _parts(found: list[str]) -> list[str]:
    """Return *found* apart again at its blanks, none where they are not all whole numbers."""
    parts = [part.strip() for part in found if part.strip()]
    if len(parts) < 2 or any(_digits(_EXTENSION.sub("", part)) < _FEWEST_DIGITS for part in parts):
        return []
    return [each for part in parts for each in (_parts(part.split()) or [part])]


def _digits(text: str) -> int:
    return sum(sign.isdecimal() for sign in text)
