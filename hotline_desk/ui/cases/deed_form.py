"""What is done next for a case: its deeds as buttons, and the fields of the one at hand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hotline_desk.ui.cases.deed import Place
from hotline_desk.ui.cases.field_sheet import add_row, field_grid
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.chips import Ticks
from hotline_desk.ui.kit.fields import field_widget
from hotline_desk.ui.kit.keys import DEEDS_KEY
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.text_fields import Choice

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ui.cases.deed import Deed, Doing
    from hotline_desk.ui.kit.fields import Field, Written
    from hotline_desk.ui.kit.style import Appearance

_Form = tuple[int, str, str]
"""Which form: a case's id, what the deed is called, and which of many it is about."""

_ABREAST = 3
_ARROWS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_ABREAST,
    Qt.Key.Key_Down: _ABREAST,
}


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
        self._fields: dict[str, Written] = {}
        self._first: QWidget | None = None
        self._buttons: list[QPushButton] = []
        self._inputs: list[QWidget] = []
        self._begun: dict[_Form, dict[str, str]] = {}
        """What was filled in and is not done: nobody has to write it twice."""
        self._shown: _Form | None = None
        self._handed_over: _Form | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SMALL)
        self._more_button = QPushButton()
        self._more = False
        """Whether all deeds are shown, those behind 更多 and those of the folds too."""
        self._choices: QWidget | None = None
        self._sheet: QWidget | None = None

    @property
    def busy(self) -> bool:
        """Whether something was filled in that is not done yet."""
        return bool(self._typed())

    @property
    def order(self) -> list[QWidget]:
        """Everything that takes the focus, in reading order."""
        return [*self._buttons, *self._inputs]

    def show_deeds(self, deeds: tuple[Deed, ...], case: Case) -> None:
        """Show what can be done for *case*; what is being filled in for the same case stays."""
        same = self._case is not None and case.id == self._case.id
        possible = same and _titles(deeds) == _titles(self._deeds)
        stays = possible and (self.busy or case == self._case)
        if not stays:
            self._keep_begun()
        self._case, self._deeds = case, deeds
        if stays:  # what is being filled in; any other deed is of what the case is now
            return
        self._more = self._more and same
        held, at_hand = self._focused(), self._at_hand if possible else None
        self._show_choices()
        doings = {deed.title: deed.doing for deed in deeds}
        begun = [form for form in self._begun if form[0] == case.id and form[1] in doings]
        if begun:
            self.pick(doings[begun[-1][1]], begun[-1][2])
        else:
            self.pick(at_hand.doing if at_hand else None)
        if held is not None:  # else the focus would fall on whatever comes next in the window
            named = [each for each in self._inputs if each.objectName() == held]
            (named[0] if named and possible else self._first or self).setFocus()

    def holds_focus(self) -> bool:
        """Whether somebody is filling something in here."""
        return self._focused() is not None

    def pick(self, doing: Doing | None, option: str = "") -> None:
        """Have the deed *doing* at hand, else the next one.

        Args:
            doing: which deed.
            option: what is chosen in its first field already, where that offers it.
        """
        fitting = [_chosen(deed, option) for deed in self._deeds if deed.doing is doing]
        self._show_fields(next(iter(fitting or self._deeds), None))

    def _follow(self, field: Written) -> None:
        """Show the form of what is chosen now, if it is not the one that is shown."""
        deed = self._at_hand
        if deed is None or deed.lead is None or field.text() == deed.fields[0].value:
            return
        self._shown = None  # it goes on in the form of what was chosen
        self._show_fields(deed.lead(field.text()))
        self.begin()

    def begin(self) -> None:
        """Put the focus on the field of the deed at hand in which it begins."""
        if self._first is not None:
            self._first.setFocus()

    def begin_choosing(self) -> None:
        """Show all deeds, and put the focus on the first of those that are not next."""
        self._more = True
        self._show_choices()
        self._show_fields(self._at_hand)
        places = [deed.place for deed in self._choosable]
        if self._buttons:
            first = next((at for at, place in enumerate(places) if place is not Place.NEXT), 0)
            self._buttons[first].setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc lead back to the rows from a button, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def do(self) -> None:
        """Do the deed at hand."""
        if self._at_hand is not None:
            self.done.emit(
                self._at_hand, {name: field.text() for name, field in self._fields.items()}
            )

    def hand_over(self) -> None:
        """Know that the deed at hand is being done."""
        self._handed_over = self._form

    def forget(self) -> None:
        """Let go of what was filled in: it is done."""
        if self._handed_over is not None:
            self._begun.pop(self._handed_over, None)
        if self._form == self._handed_over:
            self._shown = None
        self._case = None

    @property
    def _form(self) -> _Form | None:
        """Which form is filled in: what a row led to, another may have been chosen for by hand."""
        first = self._at_hand.fields[0] if self._at_hand and self._at_hand.fields else None
        if self._shown is None or first is None or not first.settled:
            return self._shown
        return (*self._shown[:2], self._fields[first.name].text())

    def _typed(self) -> dict[str, str]:
        """Return what stands otherwise than it was proposed."""
        fields = self._at_hand.fields if self._at_hand and self._fields else ()
        texts = ((field, self._fields[field.name].text()) for field in fields)
        return {field.name: text for field, text in texts if text != field.value}

    def _keep_begun(self) -> None:
        """Keep what was filled in here, for when somebody comes back to it.

        What nobody touched is proposed anew then: the time is that of the deed.
        """
        if self._shown is not None:
            self._begun.pop(self._shown, None)
            if (typed := self._typed()) and (form := self._form):
                self._begun[form] = typed

    def _focused(self) -> str | None:
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None and self.isAncestorOf(focus) else None

    def _show_choices(self) -> None:
        self._choices = self._replace(self._choices, 0)
        self._buttons = []
        grid = QGridLayout(self._choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.TINY)
        self._choosable = tuple(
            deed for deed in self._deeds if self._more or deed.place is Place.NEXT
        )
        for at, deed in enumerate(self._choosable):
            button = _DeedButton(deed.title)
            button.moved.connect(partial(self._move, at))
            button.setToolTip(self.tr("下面填写“{deed}”").format(deed=deed.title))
            button.clicked.connect(lambda _on=False, title=deed.title: self._pick_by_hand(title))
            grid.addWidget(button, at // _ABREAST, at % _ABREAST)
            self._buttons.append(button)
        for column in range(_ABREAST):
            grid.setColumnStretch(column, 1)

    def _move(self, at: int, by: int) -> None:
        """Put the focus on the button that lies so far behind the one at this place."""
        if 0 <= at + by < len(self._buttons):
            self._buttons[at + by].setFocus()

    def _turn_more(self) -> None:
        self._more = not self._more
        self._show_choices()
        self._show_fields(self._at_hand)
        self._more_button.setFocus()

    def _made_more(self) -> QPushButton:
        made = QPushButton(self.tr("收起") if self._more else self.tr("更多…"))
        made.setProperty("kind", "flat")
        tip = self.tr("列出能办的每一件事（{key}），方向键选，回车填写")
        made.setToolTip(tip.format(key=DEEDS_KEY))
        made.clicked.connect(self._turn_more)
        return made

    def _check(self) -> None:
        for button, known in zip(self._buttons, self._choosable, strict=True):
            button.setChecked(self._at_hand is not None and known.title == self._at_hand.title)

    def _pick_by_hand(self, title: str) -> None:
        self._show_fields(next(deed for deed in self._deeds if deed.title == title))
        self.begin()

    def _show_fields(self, deed: Deed | None) -> None:
        self._keep_begun()
        self._at_hand, self._fields, self._first, self._inputs = deed, {}, None, []
        self._shown = None
        self._sheet = self._replace(self._sheet, 1)
        if deed is None:
            return
        self._check()
        grid = field_grid(self._sheet)
        if deed.title not in _titles(self._choosable):
            grid.addWidget(label(deed.title, "emphasis"), 0, 0, 1, 2)
        for row, field in enumerate(deed.fields, start=1):
            add_row(grid, row, field.title, self._made(field))
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
        if self._case is not None:
            first = deed.fields[0] if deed.fields else None
            about = first.value if first is not None and first.options else ""
            self._shown = (self._case.id, deed.title, about)
            for name, text in self._begun.get(self._shown, {}).items():
                if name in self._fields:
                    self._fields[name].show_text(text)
        self.rebuilt.emit()

    def _made(self, field: Field) -> QWidget:
        made = field_widget(field, self._appearance)
        made.left.connect(self.left)
        picked = made.chosen if isinstance(made, Choice) else made.finished
        if field.fills:
            picked.connect(lambda *_: self._fill(field))
        elif self._at_hand and self._at_hand.lead and field is self._at_hand.fields[0]:
            picked.connect(lambda *_: self._follow(made))
        self._fields[field.name] = made
        self._inputs += made.marks if isinstance(made, Ticks) else [made]
        self._first = self._first or (None if field.settled else made)
        return made

    def _fill(self, field: Field) -> None:
        """Let what belongs to the chosen option stand in the other fields."""
        for name, text in field.fills.get(self._fields[field.name].text(), {}).items():
            self._fields[name].modified = False
            self._fields[name].show_text(text)

    def _replace(self, old: QWidget | None, place: int) -> QWidget:
        """Put an empty widget where *old* was."""
        made = QWidget()
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._column.insertWidget(place, made)
        return made


class _DeedButton(QPushButton):
    """Arrows lead from one to the other; Enter presses it, as Space does."""

    moved = Signal(int)
    """By how many places an arrow leads on."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setCheckable(True)
        self.setProperty("kind", "choice")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            self.moved.emit(_ARROWS[event.key()])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


def _chosen(deed: Deed, option: str) -> Deed:
    """Return *deed* with *option* chosen in its first field, or the only one that fills others."""
    first = deed.fields[0] if deed.fields else None
    if first is None:
        return deed
    if deed.lead is not None and option:
        return deed.lead(option)
    option = option or (next(iter(first.fills)) if len(first.fills) == 1 else "")
    if not option or option not in first.options:
        return deed
    filled = first.fills.get(option, {})
    others = (replace(each, value=filled.get(each.name, each.value)) for each in deed.fields[1:])
    return replace(deed, fields=(replace(first, value=option, settled=True), *others))


def _titles(deeds: tuple[Deed, ...]) -> list[str]:
    return [deed.title for deed in deeds]
