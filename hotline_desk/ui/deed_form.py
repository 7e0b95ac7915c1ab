"""What is done next for a case: its deeds as buttons, and the fields of the one at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.ui import tokens
from hotline_desk.ui.case_deeds import Doing, Shape
from hotline_desk.ui.panel import label
from hotline_desk.ui.text_fields import Choice, OneLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.ui.case_deeds import Deed, Field
    from hotline_desk.ui.style import Appearance

_ABREAST = 3
_LABEL = 76


class DeedForm(QWidget):
    """The deeds that are possible now; the first is at hand until another is picked."""

    done = Signal(object, dict)
    """A deed (Deed) and what stands in its fields."""
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._deeds: tuple[Deed, ...] = ()
        self._key: object = None
        self._at_hand: Deed | None = None
        self._read: dict[str, Callable[[], str]] = {}
        self._first: QWidget | None = None
        self._buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SMALL)
        self._choices: QWidget | None = None
        self._sheet: QWidget | None = None

    @property
    def busy(self) -> bool:
        """Whether something was typed into a field that is not done yet."""
        if self._sheet is None:
            return False
        return any(field.isModified() for field in self._sheet.findChildren(OneLine))

    def show_deeds(self, deeds: tuple[Deed, ...], key: object) -> None:
        """Show what can be done for what *key* names; what is being typed for the same stays."""
        same = key == self._key and [_name(d) for d in deeds] == [_name(d) for d in self._deeds]
        if same and self.busy:
            return
        doing = self._at_hand.doing if self._at_hand and key == self._key and same else None
        self._deeds, self._key = deeds, key
        self._show_choices()
        self.pick(doing)

    def pick(self, doing: Doing | None) -> None:
        """Have the deed *doing* at hand, else the next one."""
        fitting = [deed for deed in self._deeds if deed.doing is doing] or list(self._deeds)
        self._show_fields(fitting[0] if fitting else None)

    def begin(self) -> None:
        """Put the focus on the first field of the deed at hand."""
        if self._first is not None:
            self._first.setFocus()

    def do(self) -> None:
        """Do the deed at hand."""
        if self._at_hand is not None:
            self.done.emit(self._at_hand, {name: read() for name, read in self._read.items()})

    def forget(self) -> None:
        """Let go of what was typed: it is done."""
        self._key = None

    def _show_choices(self) -> None:
        self._choices = self._replace(self._choices, 0)
        self._buttons = []
        grid = QGridLayout(self._choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.TINY)
        group = QButtonGroup(self._choices)
        for at, deed in enumerate(self._deeds):
            button = QPushButton(deed.title)
            button.setCheckable(True)
            button.setProperty("kind", "choice")
            button.setToolTip(self.tr("下面填写“{deed}”").format(deed=deed.title))
            button.clicked.connect(lambda _on=False, deed=deed: self._pick_by_hand(deed))
            group.addButton(button)
            grid.addWidget(button, at // _ABREAST, at % _ABREAST)
            self._buttons.append(button)
        for column in range(_ABREAST):
            grid.setColumnStretch(column, 1)

    def _pick_by_hand(self, deed: Deed) -> None:
        self._show_fields(deed)
        self.begin()

    def _show_fields(self, deed: Deed | None) -> None:
        self._at_hand, self._read, self._first = deed, {}, None
        self._sheet = self._replace(self._sheet, 1)
        if deed is None:
            return
        for button, known in zip(self._buttons, self._deeds, strict=True):
            button.setChecked(known == deed)
        grid = QGridLayout(self._sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SMALL)
        grid.setVerticalSpacing(tokens.SMALL)
        grid.setColumnMinimumWidth(0, _LABEL)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate(deed.fields):
            grid.addWidget(label(field.title, "quiet"), row, 0)
            grid.addWidget(self._made(field), row, 1)
        button = QPushButton(self.tr("{deed}  Ctrl+S").format(deed=deed.title))
        button.setProperty("kind", "main")
        button.setToolTip(self.tr("写进台账；Ctrl+Z 撤销"))
        button.clicked.connect(self.do)
        grid.addWidget(button, len(deed.fields), 1)
        if not deed.fields:
            self._first = button

    def _made(self, field: Field) -> QWidget:
        made: QWidget
        if field.shape is Shape.TICKS:
            made = self._ticks(field)
        elif field.shape is Shape.CHOICE:
            made = self._choice(field)
        else:
            made = self._line(field)
        made.setAccessibleName(field.title)
        made.setObjectName(field.name)
        return made

    def _line(self, field: Field) -> QWidget:
        line = OneLine(self._appearance)
        line.setText(field.value)
        line.hint(field.hint)
        line.left.connect(self.left)
        self._read[field.name] = line.text
        self._first = self._first or line
        return line

    def _choice(self, field: Field) -> QWidget:
        choice = Choice(self._appearance)
        choice.addItems(list(field.options))
        choice.show_text(field.value)
        choice.propose(field.proposal)
        choice.accepted.connect(lambda: choice.show_text(field.proposal))
        choice.declined.connect(lambda: choice.propose(""))
        choice.left.connect(self.left)
        self._read[field.name] = choice.currentText
        self._first = self._first or choice
        return choice

    def _ticks(self, field: Field) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.TINY)
        set_ = field.value.split()
        ticks = []
        for at, words in enumerate(field.options):
            tick = QCheckBox(words)
            tick.setChecked(words in set_)
            grid.addWidget(tick, at // _ABREAST, at % _ABREAST)
            ticks.append(tick)
        self._read[field.name] = lambda: " ".join(t.text() for t in ticks if t.isChecked())
        self._first = self._first or ticks[0]
        return made

    def _replace(self, old: QWidget | None, place: int) -> QWidget:
        """Put an empty widget where *old* was."""
        made = QWidget()
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._column.insertWidget(place, made)
        return made


def _name(deed: Deed) -> str:
    return deed.title
