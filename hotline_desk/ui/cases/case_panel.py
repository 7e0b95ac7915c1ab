"""案件: the clock of the case at hand and its next deed on top, all else under plain headings."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from hotline_desk.domain.casework.due import Stage
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.cases.case_deeds import STAGE_DEEDS
from hotline_desk.ui.cases.case_folds import CaseFolds
from hotline_desk.ui.cases.case_head import CaseHead
from hotline_desk.ui.cases.deed import Doing
from hotline_desk.ui.cases.deed_form import DeedForm
from hotline_desk.ui.cases.letter_deeds import letter_name
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.keys import DEEDS_KEY
from hotline_desk.ui.kit.panel import KeyButton, hairline, label
from hotline_desk.ui.kit.restyle import set_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from hotline_desk.domain.casework.due import Due
    from hotline_desk.domain.casework.letters import Letter
    from hotline_desk.ui.cases.case_view_model import CaseViewModel
    from hotline_desk.ui.cases.deed import Deed
    from hotline_desk.ui.kit.style import Appearance

_SETTLES_MILLISECONDS = 400
"""A case is read in parts, each of which finds its place by itself."""


class CasePanel(QScrollArea):
    """Shows one case; what is written is in the ledger when its field is left."""

    left = Signal()
    """Esc: back to the rows."""

    def __init__(
        self,
        model: CaseViewModel,
        open_case: QAction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._shown: int | None = None
        self._waits: Callable[[], object] | None = None
        """What is to be gone to once the case has been read."""
        self._stays = False
        """Whether the deed that was just done wants more."""
        self._seen: tuple[QWidget, ...] = ()
        """What was to come into view last."""
        self._settling = QTimer(self, interval=_SETTLES_MILLISECONDS, singleShot=True)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._head = CaseHead(appearance)
        self._deeds = DeedForm(appearance)
        self.folds = CaseFolds(model, appearance)
        self._none = label(role="quiet", wrap=True)
        self._open = KeyButton(open_case, "main")
        self._sheet = QWidget()
        inner = QVBoxLayout(self._sheet)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(tokens.SMALL)
        for widget in (self._head, hairline(), self._deeds, self.folds):
            inner.addWidget(widget)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        column.setSpacing(tokens.SPACE)
        column.addWidget(self._none)
        column.addWidget(self._open)
        column.addWidget(self._sheet)
        column.addStretch(1)
        self.setWidget(page)
        self._connect()
        self._show()

    def _connect(self) -> None:
        model = self._model
        self._deeds.done.connect(self._do_deed)
        model.done.connect(self._deeds.forget)
        model.done.connect(self._go_to_top)
        model.unfinished.connect(self._stay)
        model.reason_wanted.connect(self._want_reason)
        model.copied.connect(self._copy)
        QShortcut(QKeySequence(DEEDS_KEY), self, self.begin_choosing)  # while the leaf is in sight
        self._deeds.left.connect(self.left)
        self._deeds.rebuilt.connect(self._put_in_order)
        self.folds.left.connect(self.left)
        self.folds.deed_wanted.connect(self.begin)
        self.folds.owner.people.unfolded.connect(self._show_people)
        model.shown.connect(self._show)
        self.verticalScrollBar().rangeChanged.connect(self._bring)

    @Slot()
    def _put_in_order(self) -> None:
        """Let Tab go in reading order."""
        for one, other in pairwise([*self._deeds.order, *self.folds.order]):
            QWidget.setTabOrder(one, other)

    @Slot(object, str)
    def begin(self, doing: Doing | None = None, option: str = "") -> None:
        """Put the focus on the first field of the deed *doing*, else of the next one.

        Args:
            doing: which deed.
            option: what it is about, where its first field lets one choose that.
        """
        if not self._model.read:
            self._waits = partial(self.begin, doing, option)
            return
        self._deeds.pick(doing, option)
        self._deeds.begin()
        self._see(self._deeds)

    @Slot()
    def begin_choosing(self) -> None:
        """Go to all that can be done for the case."""
        if self._model.case is not None:
            self._deeds.begin_choosing()
            self._see(self._deeds)

    @Slot()
    def _go_to_top(self) -> None:
        """Show which case it is, and what its clock says now."""
        self.verticalScrollBar().setValue(0)

    def begin_letter(self, letter: Letter | None, *, amends: bool = False) -> None:
        """Go to the answer that *letter* waits for, or amend it; without one to what is next."""
        if letter is None:
            self.begin()
        elif not letter.stands:  # it is only looked at
            self.folds.open("letters")
        else:
            answered = letter.answered_on is not None
            self.begin(Doing.AMEND if amends or answered else Doing.ANSWER, letter_name(letter))

    def go(self, row: Due) -> None:
        """Go to the field that *row* of 今日待办 waits for."""
        if not self._model.read:
            self._waits = partial(self.go, row)
        elif row.stage is Stage.OPEN:
            self._open.setFocus()
        elif row.stage is Stage.ASSIGN:
            self.begin_assigning()
        elif row.stage is Stage.CONFLICT:
            self._want_reason(row.words)
        elif row.lapse is not None:
            self.folds.open("lapses")
            can_stop = row.lapse.limit.interruptible
            self.begin(Doing.INTERRUPT if can_stop else Doing.CONTACT)
        else:
            self.begin(STAGE_DEEDS.get(row.stage))

    def begin_assigning(self) -> None:
        """Put the focus on whose case it is."""
        self.folds.open_owner()
        self._see()

    def do(self) -> None:
        """Write the fields and do the deed that is filled in; come here where nothing is."""
        focus = QApplication.focusWidget()
        within = focus is not None and self.isAncestorOf(focus)
        if within:
            self.folds.write_all()
        if self._deeds.holds_focus() or (within and self._deeds.busy):
            self._deeds.do()
        elif not within:
            self.begin()

    @Slot(object, dict)
    def _do_deed(self, deed: Deed, values: dict[str, str]) -> None:
        if self._model.do(deed, values):
            self._deeds.hand_over()
        elif not self._deeds.busy:
            self._deeds.begin()

    @Slot()
    def _stay(self) -> None:
        """Stay with what is not whole yet, once it has been read."""
        self._stays = True

    @Slot(str)
    def _want_reason(self, words: str) -> None:
        """Ask for the reason where the case is handed over, which may be folded."""
        self.folds.open("owner")
        self.folds.owner.people.want_reason(words)

    @Slot()
    def _show_people(self) -> None:
        """Bring who can be chosen into view."""
        people = self.folds.owner.people
        self._see(people.reason if people.reason.isVisible() else people)

    def _see(self, *parts: QWidget) -> None:
        """Bring *parts* and the focus into view, with as much above them as there is room for."""
        self._seen = parts
        self._settling.start()
        QTimer.singleShot(0, self, self._bring)  # once what was shown has its place

    @Slot()
    def _bring(self) -> None:
        """Do so again while what has just been read still moves what is below it."""
        if not self._settling.isActive():
            return
        focus = QApplication.focusWidget()
        within = focus is not None and self.isAncestorOf(focus)
        self._go_to_top()
        for part in (*self._seen, *((focus,) if focus is not None and within else ())):
            self.ensureWidgetVisible(part, 0, tokens.SPACE)

    @Slot(str)
    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def _nothing(self) -> str:
        question = self._model.sheet.question
        if question is not None:
            return self.tr(
                "{kind}，还没有立案。立案以后，从接收日起按时限办理；选中几行可以归一件。"
            ).format(kind=question.kind)
        if self._model.sheet.gone:
            return self.tr("这一行已经撤销，不在台账里了。选一行，这里显示它的案件。")
        return self.tr("选一行，这里显示它的案件。")

    @Slot()
    def _show(self) -> None:
        case, clock = self._model.sheet.case, self._model.sheet.clock
        question = self._model.sheet.question
        self._sheet.setVisible(case is not None)
        self._none.setVisible(case is None)
        self._open.setVisible(case is None and question is not None)
        if case is None or clock is None:
            set_text(self._none, self._nothing())
            self._go_on()
            return
        if case.id != self._shown:
            self._shown = case.id
            self.verticalScrollBar().setValue(0)
        self._head.show_case(self._model.sheet, case, clock, studio_now().date())
        self.folds.show_case(self._model.sheet, case)
        self._deeds.show_deeds(self._model.deeds, case)
        if self._stays:
            self._stays = False
            self.begin()
        self._go_on()

    def _go_on(self) -> None:
        """Go where somebody wanted to before it had been read."""
        if self._waits is not None and self._model.read:
            waits, self._waits = self._waits, None
            waits()
