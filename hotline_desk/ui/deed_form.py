"""What is done next for a case: its deeds as buttons, and the fields of the one at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.ui import tokens
from hotline_desk.ui.deed import Place, Shape
from hotline_desk.ui.panel import label
from hotline_desk.ui.text_fields import Choice, OneLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.domain.cases import Case
    from hotline_desk.ui.deed import Deed, Doing, Field
    from hotline_desk.ui.style import Appearance

_ABREAST = 3
_LABEL = 76


class DeedForm(QWidget):
    """The deeds that are possible now; the first is at hand until another is picked."""

    done = Signal(object, dict)
    """A deed (Deed) and what stands in its fields."""
    left = Signal()
    rebuilt = Signal()
    """Other widgets stand here now: Tab has to find them."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._deeds: tuple[Deed, ...] = ()
        self._choosable: tuple[Deed, ...] = ()
        self._case: Case | None = None
        self._at_hand: Deed | None = None
        self._read: dict[str, Callable[[], str]] = {}
        self._first: QWidget | None = None
        self._buttons: list[QPushButton] = []
        self._inputs: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SMALL)
        self._more_button = QPushButton()
        self._more = False
        """Whether the deeds behind 更多 are shown."""
        self._choices: QWidget | None = None
        self._sheet: QWidget | None = None

    @property
    def busy(self) -> bool:
        """Whether something was filled in that is not done yet."""
        fields = self._at_hand.fields if self._at_hand and self._read else ()
        return any(self._read[field.name]() != field.value for field in fields)

    @property
    def order(self) -> list[QWidget]:
        """Everything that takes the focus, in reading order."""
        return [*self._buttons, *self._inputs]

    def show_deeds(self, deeds: tuple[Deed, ...], case: Case) -> None:
        """Show what can be done for *case*; what is being filled in for the same case stays."""
        if case == self._case and _titles(deeds) == _titles(self._deeds):
            if not self.busy:
                self._deeds = deeds
            return
        same = self._case is not None and case.id == self._case.id
        possible = same and _titles(deeds) == _titles(self._deeds)
        self._case = case
        if possible and self.busy:
            return
        self._more = self._more and same
        held, doing = self._focused(), self._at_hand.doing if self._at_hand and possible else None
        self._deeds = deeds
        self._show_choices()
        self.pick(doing)
        if held is not None:  # else the focus would fall on whatever comes next in the window
            named = [each for each in self._inputs if each.objectName() == held]
            (named[0] if named and possible else self._first or self).setFocus()

    def holds_focus(self) -> bool:
        """Whether somebody is filling something in here."""
        return self._focused() is not None

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
        """Let go of what was filled in: it is done."""
        self._case = None

    def _focused(self) -> str | None:
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None and self.isAncestorOf(focus) else None

    def _show_choices(self) -> None:
        self._choices = self._replace(self._choices, 0)
        self._buttons = []
        grid = QGridLayout(self._choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.TINY)
        places = {Place.NEXT, Place.MORE} if self._more else {Place.NEXT}
        self._choosable = tuple(deed for deed in self._deeds if deed.place in places)
        for at, deed in enumerate(self._choosable):
            button = _choice_button(deed.title)
            button.setToolTip(self.tr("下面填写“{deed}”").format(deed=deed.title))
            button.clicked.connect(lambda _on=False, deed=deed: self._pick_by_hand(deed))
            grid.addWidget(button, at // _ABREAST, at % _ABREAST)
            self._buttons.append(button)
        for column in range(_ABREAST):
            grid.setColumnStretch(column, 1)

    def _turn_more(self) -> None:
        self._more = not self._more
        self._show_choices()
        self._show_fields(self._at_hand)
        self._more_button.setFocus()

    def _made_more(self) -> QPushButton:
        made = QPushButton(self.tr("收起") if self._more else self.tr("更多…"))
        made.setProperty("kind", "flat")
        made.setToolTip(self.tr("暂停、延期、转办、督办、质检、催办、转介"))
        made.clicked.connect(self._turn_more)
        return made

    def _check(self) -> None:
        for button, known in zip(self._buttons, self._choosable, strict=True):
            button.setChecked(known == self._at_hand)

    def _pick_by_hand(self, deed: Deed) -> None:
        self._show_fields(deed)
        self.begin()

    def _show_fields(self, deed: Deed | None) -> None:
        self._at_hand, self._read, self._first, self._inputs = deed, {}, None, []
        self._sheet = self._replace(self._sheet, 1)
        if deed is None:
            return
        self._check()
        grid = QGridLayout(self._sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SMALL)
        grid.setVerticalSpacing(tokens.SMALL)
        grid.setColumnMinimumWidth(0, _LABEL)
        grid.setColumnStretch(1, 1)
        if deed not in self._choosable:
            grid.addWidget(label(deed.title, "emphasis"), 0, 0, 1, 2)
        for row, field in enumerate(deed.fields, start=1):
            grid.addWidget(label(field.title, "quiet"), row, 0)
            grid.addWidget(self._made(field), row, 1)
        button = QPushButton(self.tr("{deed}  Ctrl+S").format(deed=deed.title))
        button.setProperty("kind", "main")
        button.setToolTip(self.tr("写进台账；Ctrl+Z 撤销"))
        button.clicked.connect(self.do)
        self._more_button = self._made_more()
        left = Qt.AlignmentFlag.AlignLeft
        grid.addWidget(self._more_button, len(deed.fields) + 1, 0, left)
        grid.addWidget(button, len(deed.fields) + 1, 1)
        self._inputs += [button, self._more_button]
        if not deed.fields:
            self._first = button
        self.rebuilt.emit()

    def _made(self, field: Field) -> QWidget:
        made: QWidget
        if field.shape is Shape.TICKS:
            made = self._ticks(field)
        elif field.shape is Shape.CHOICE:
            made = self._choice(field)
        else:
            made = self._line(field)
        made.setAccessibleName(field.title)
        return made

    def _line(self, field: Field) -> QWidget:
        line = OneLine(self._appearance)
        line.setText(field.value)
        line.hint(field.hint)
        line.propose(field.proposal)
        line.accepted.connect(lambda: line.setText(field.proposal))
        line.declined.connect(lambda: line.propose(""))
        line.left.connect(self.left)
        line.setObjectName(field.name)
        self._read[field.name] = line.text
        self._note(line)
        return line

    def _choice(self, field: Field) -> QWidget:
        choice = Choice(self._appearance)
        choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.addItems(list(field.options))
        choice.show_text(field.value)
        choice.propose(field.proposal)
        choice.accepted.connect(lambda: choice.show_text(field.proposal))
        choice.declined.connect(lambda: choice.propose(""))
        choice.left.connect(self.left)
        choice.setObjectName(field.name)
        self._read[field.name] = choice.currentText
        self._note(choice)
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
            tick.setObjectName(words)
            grid.addWidget(tick, at // _ABREAST, at % _ABREAST)
            ticks.append(tick)
            self._note(tick)
        self._read[field.name] = lambda: " ".join(t.text() for t in ticks if t.isChecked())
        return made

    def _note(self, field: QWidget) -> None:
        self._inputs.append(field)
        self._first = self._first or field

    def _replace(self, old: QWidget | None, place: int) -> QWidget:
        """Put an empty widget where *old* was."""
        made = QWidget()
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._column.insertWidget(place, made)
        return made


def _choice_button(words: str) -> QPushButton:
    made = QPushButton(words)
    made.setCheckable(True)
    made.setProperty("kind", "choice")
    return made


def _titles(deeds: tuple[Deed, ...]) -> list[str]:
    return [deed.title for deed in deeds]
