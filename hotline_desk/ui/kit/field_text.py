"""How the fields of a question are written and read: money, numbers of people, categories."""

from __future__ import annotations

import re
from typing import Any

from hotline_desk.domain.amounts import NotAnAmount, typed_fen
from hotline_desk.domain.categories import Category
from hotline_desk.domain.times import money_text

_PEOPLE = re.compile(r"^\s*(\d{1,6})\s*人?\s*$")


class NotUnderstood(ValueError):
    """The text is no value of its field."""


def as_text(field: str, value: Any) -> str:  # noqa: ANN401  a field's value is of its own type
    """Return *value* of *field* as it is shown; nothing where there is none."""
    if value is None or value is Category.PENDING:
        return ""
    if field == "amount_fen":
        return money_text(value)
    if field == "people":
        return f"{value} 人"
    return str(value)


def from_text(field: str, text: str) -> Any:  # noqa: ANN401  a field's value is of its own type
    """Return the value of *field* that *text* means.

    Raises:
        NotUnderstood: the text means none.
    """
    if field == "amount_fen":
        return _amount_fen(text)
    if field == "people":
        return _people(text)
    if field == "category":
        return Category(text) if text else Category.PENDING
    return text.strip()


def _amount_fen(text: str) -> int | None:
    """Return an amount in fen: 33000, 33,000 元, 3.3万."""
    if not text.strip():
        return None
    try:
        return typed_fen(text)
    except NotAnAmount as error:
        raise NotUnderstood(text) from error


def _people(text: str) -> int | None:
    if not text.strip():
        return None
    found = _PEOPLE.match(text)
    if found is None:
        raise NotUnderstood(text)
    return int(found[1])
