"""The fields of a form as data, and the widget that each is written in: one maker for all forms."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.chips import Chips, Ticks
from hotline_desk.ui.kit.style import font
from hotline_desk.ui.kit.text_fields import Choice, ManyLines, OneLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hotline_desk.ui.kit.style import Appearance

Written = OneLine | ManyLines | Choice | Ticks
"""What a field is written in.

All have text(), show_text() and modified, and tell typed, finished and left.
"""

_ABREAST = 3
_LEAST = 6
"""Letters of a choice that are shown at least."""


class Shape(Enum):
    """How a field is written in."""

    LINE = "line"
    TEXT = "text"
    """Several lines."""
    CHOICE = "choice"
    NAME = "name"
    """One of the names known, or any other."""
    TICKS = "ticks"
    """Any number of the options, as boxes to be ticked."""
    CHIPS = "chips"
    """The same in little room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form."""

    name: str
    title: str
    shape: Shape = Shape.LINE
    options: tuple[str, ...] = ()
    value: str = ""
    """What stands there at first; of several options those that hold, with 、 between."""
    proposal: str = ""
    hint: str = ""
    lines: int = 3
    """How high a text is; 0 where it grows with the form."""
    fills: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    """What stands in other fields, by their names, once an option is chosen here."""
    settled: bool = False
    """Whether what stands there was chosen before: writing begins behind it."""


def choice(name: str, title: str, options: Iterable[str], proposal: str = "") -> Field:
    """Return a field of one of *options*, or of nothing yet."""
    words = ("", *(str(option) for option in options))
    return Field(name=name, title=title, shape=Shape.CHOICE, options=words, proposal=proposal)


def field_widget(field: Field, appearance: Appearance) -> Written:
    """Return what *field* is written in."""
    made = _made(field, appearance)
    made.setObjectName(field.name)
    made.setAccessibleName(field.title)
    made.show_text(field.value)
    return made


def _made(field: Field, appearance: Appearance) -> Written:
    if field.shape is Shape.TICKS:
        return Ticks(field.options, across=_ABREAST)
    if field.shape is Shape.CHIPS:
        return Chips(field.options, across=_ABREAST)
    if field.shape is Shape.TEXT:
        text = ManyLines()
        if field.lines:
            text.setFixedHeight(field.lines * QFontMetrics(font()).lineSpacing() + tokens.HUGE)
        text.setPlaceholderText(field.hint)
        return text
    made = OneLine(appearance) if field.shape is Shape.LINE else _choice(field, appearance)
    made.propose(field.proposal)
    if field.proposal:
        made.accepted.connect(lambda: _put(made, field.proposal))
        made.declined.connect(lambda: made.propose(""))
    if isinstance(made, OneLine):
        made.hint(field.hint)
    return made


def _put(made: OneLine | Choice, text: str) -> None:
    made.modified = False
    made.show_text(text)
    made.modified = True


def _choice(field: Field, appearance: Appearance) -> Choice:
    made = Choice(appearance)
    made.addItems(list(field.options))
    made.setMinimumContentsLength(_LEAST)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    if field.shape is Shape.NAME:
        made.let_write()
    return made
