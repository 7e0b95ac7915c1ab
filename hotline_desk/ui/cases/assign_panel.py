"""Whose case it is to be: who may take it on, with their load, 专长 and conflicts of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from hotline_desk.domain.search import holds
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.record_list import RecordList
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.row_list import RowDelegate, RowList
from hotline_desk.ui.kit.style import font
from hotline_desk.ui.kit.text_fields import OneLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from hotline_desk.domain.casework.assigning import Candidate
    from hotline_desk.ui.kit.style import Appearance

_ROW = 48
_SEEN = 4
_OPEN_WIDTH = 76


class AssignPanel(QWidget):
    """Type to filter, arrows to choose, Enter to assign; a conflict wants its reason in words."""

    assigned = Signal(str, str)
    """A name, and why a conflict of interest does not stand against it."""
    wanted = Signal()
    """Somebody is about to choose: the candidates have to be read."""
    unfolded = Signal()
    """It has become higher: it wants to be seen."""
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._for: object = None
        self._candidates: tuple[Candidate, ...] = ()
        self._unknown = ""
        """Who was said to be in no register; Enter once more assigns them."""
        self.field = _Field(appearance, self)
        self.field.setObjectName("owner")
        self.field.setAccessibleName(self.tr("承办人"))
        self.field.hint(self.tr("打字筛选，↑↓ 选人，Enter 指派"))
        records: RecordList[Candidate] = RecordList(
            lambda each: each.staff.name, lambda each: each.staff.id
        )
        self.people = RowList(records)
        self.people.setItemDelegate(_Person(appearance, self.people))
        self.people.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.people.setAccessibleName(self.tr("可以承办的人"))
        self._nobody = label(
            self.tr("人员里还没有人，无法核查利益冲突：在设置（Ctrl+5）→ 人员里登记。"),
            "meta", wrap=True,
        )  # fmt: skip
        self._nobody.hide()
        self._says = label(role="warning", wrap=True)
        self.reason = _Field(appearance, self)
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName(self.tr("利益冲突的说明"))
        self.reason.hint(self.tr("为什么仍可承办，例如：已回避、已核查"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TINY)
        for widget in (self.field, self.people, self._nobody, self._says, self.reason):
            column.addWidget(widget)
        self.field.textEdited.connect(self._filter)
        self.field.editingFinished.connect(self._finish)
        self.field.focused.connect(self.wanted)
        self.field.left.connect(self._leave)
        self.reason.left.connect(self._leave)
        self.people.picked.connect(self._show_conflict)
        self.people.clicked.connect(self.take)
        self._fold()

    @property
    def order(self) -> list[QWidget]:
        """What takes the focus, in reading order."""
        return [self.field, self.reason]

    @property
    def is_begun(self) -> bool:
        """Whether something was typed that nobody has been given yet."""
        return self.field.isModified()

    def show_owner(self, name: str, for_: object) -> None:
        """Show whose it is now; what is typed stays while it is *for_* the same."""
        if for_ != self._for:
            self._for = for_
            self.done()
        self.field.show_text(name)

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Offer *candidates*, the best first; those without an id are in no register."""
        self._candidates = tuple(candidates)
        self._nobody.setVisible(not any(_is_registered(each) for each in candidates))
        self._filter(self.field.text() if self.field.isModified() else "")

    def begin(self) -> None:
        """Put the focus on the field, ready to be typed over."""
        self.field.setFocus()
        self.field.selectAll()

    def want_reason(self, words: str) -> None:
        """Ask for the reason why *words* do not stand against it."""
        set_text(self._says, words)
        self._says.show()
        self.reason.show()
        self.reason.setFocus()
        self.unfolded.emit()

    def done(self) -> None:
        """Let go of what was typed: it is in the ledger."""
        self.field.setModified(False)
        self.reason.clear()
        self._fold()

    @Slot()
    def take(self) -> None:
        """Hand the case to who is chosen; where the register has nobody, to who is typed."""
        chosen: Candidate | None = self.people.current() if self.people.isVisible() else None
        name = chosen.staff.name if chosen is not None else self.field.text().strip()
        conflict = chosen.conflict if chosen is not None else None
        if not name and not self.field.isModified():
            return
        reasoned = bool(self.reason.text().strip())
        if not self._is_known(name) and name != self._unknown and not reasoned:
            self._say_unknown(name)
        elif conflict is not None and not reasoned:
            self.want_reason(conflict.words)
        else:
            self.assigned.emit(name, self.reason.text().strip())

    @Slot()
    def _finish(self) -> None:
        """Take what was typed when the field is left, unless it still leaves a choice.

        Who is in no register is taken by Enter alone.
        """
        text = self.field.text().strip()
        if not self.field.isModified() or self.reason.isVisible():
            return
        same = [each for each in self.people.records() if each.staff.name == text]
        if text and not self._is_known(text):
            if not same and not self.people.records():
                self._say_unknown(text)
        elif same:
            self.people.select(same[0])
            self.take()
        elif not text:
            self.people.select(None)
            self.take()

    def _is_known(self, name: str) -> bool:
        """Return whether *name* is in the register; nobody need not be."""
        return not name or any(
            each.staff.name == name and _is_registered(each) for each in self._candidates
        )

    def _say_unknown(self, name: str) -> None:
        self._unknown = name
        words = self.tr("人员里没有“{name}”，没有核查利益冲突：再按 Enter 仍然指派")
        set_text(self._says, words.format(name=name))
        self._says.show()
        self.unfolded.emit()

    def choose_next(self, step: int) -> None:
        """Have the next or the one before chosen."""
        rows = self.people.records()
        if not rows:
            return
        if not self.people.isVisible():
            self._open()
        at = self.people.currentIndex().row()
        self.people.select(rows[max(0, min(len(rows) - 1, at + step))])
        self._unknown = ""
        self._show_conflict()

    @Slot(str)
    def _filter(self, words: str) -> None:
        fitting = [each for each in self._candidates if holds(_searched(each), words)]
        self.people.show_records(fitting)
        self.people.select(fitting[0] if fitting and words else None)
        shown = min(len(fitting), _SEEN)
        self.people.setFixedHeight(shown * _ROW + 2)
        if self.field.isModified() and fitting:
            self._open()
        elif not fitting:
            self.people.hide()
        self._show_conflict()
        if self._unknown and self._unknown == self.field.text().strip():
            self._say_unknown(self._unknown)
        else:
            self._unknown = ""

    def _open(self) -> None:
        if self.people.isHidden():
            self.people.show()
            self.unfolded.emit()

    def _fold(self) -> None:
        self.people.hide()
        self._says.hide()
        self.reason.hide()
        self._unknown = ""

    def _leave(self) -> None:
        if self.people.isVisible() or self.reason.isVisible():
            self._fold()
            self.field.setFocus()
        else:
            self.left.emit()

    @Slot()
    def _show_conflict(self) -> None:
        chosen: Candidate | None = self.people.current()
        conflict = chosen.conflict if chosen is not None else None
        self._says.setVisible(conflict is not None and self.people.isVisible())
        if conflict is not None:
            set_text(self._says, conflict.words)
        else:
            self.reason.hide()


class _Field(OneLine):
    """Enter takes who is chosen, arrows choose."""

    focused = Signal()

    def __init__(self, appearance: Appearance, panel: AssignPanel) -> None:
        super().__init__(appearance, panel)
        self._panel = panel

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        keys = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if not self.composing and key in keys:
                self._panel.choose_next(keys[key])
                return True
            if not self.composing and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._panel.take()
                return True
        return super().event(event)


class _Person(RowDelegate):
    """Name, what they are and their open cases; below it what they know, or what stands against."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent, height=_ROW)

    @override
    def paint_record(
        self, painter: QPainter, option: QStyleOptionViewItem, record: Candidate
    ) -> None:
        place: QRect = option.rect.adjusted(tokens.SPACE, tokens.TINY, -tokens.SMALL, -tokens.TINY)
        half = place.height() // 2
        above = QRect(place.x(), place.y(), place.width() - _OPEN_WIDTH, half)
        staff = record.staff
        kind = f" · {staff.kind}" if _is_registered(record) else ""
        self.paint_text(painter, above, f"{staff.name}{kind}")
        painter.setFont(font(tokens.META, figures=True))
        painter.setPen(self.appearance.colour("quiet"))
        right = QRect(above.right(), place.y(), _OPEN_WIDTH, half)
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(right, end, f"在办 {record.open_cases} 件")
        against = record.conflict is not None
        painter.setPen(self.appearance.colour("yellow_card_text" if against else "quiet"))
        painter.setFont(font(tokens.META, strong=against))
        below = QRect(place.x(), place.y() + half, place.width(), half)
        shown = painter.fontMetrics().elidedText(
            _second_line(record), Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, shown)


def _second_line(candidate: Candidate) -> str:
    if candidate.conflict is not None:
        return "利益冲突"  # in full below the list, for whoever is chosen
    if not _is_registered(candidate):
        return "不在人员里，没有核查利益冲突"
    staff = candidate.staff
    fits = f"对口：{candidate.fits}" if candidate.fits else ""
    knows = staff.expertise.replace("\n", "、")
    return " · ".join(filter(None, (staff.team, fits or knows))) or "没有写专长"


def _is_registered(candidate: Candidate) -> bool:
    return candidate.staff.id > 0


def _searched(candidate: Candidate) -> str:
    staff = candidate.staff
    kind = staff.kind if _is_registered(candidate) else ""
    return " ".join((staff.name, kind, staff.team, staff.unit, staff.expertise))
