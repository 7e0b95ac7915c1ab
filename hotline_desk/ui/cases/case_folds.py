"""All of a case that is not next: whose it is, what it is about, money, log, letters, limits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hotline_desk.domain.casework.lapses import NOTICE
from hotline_desk.domain.times import money_text, studio_now
from hotline_desk.ui.cases import case_timeline
from hotline_desk.ui.cases.case_fields import BASICS
from hotline_desk.ui.cases.case_money_part import CaseMoney
from hotline_desk.ui.cases.case_owner import CaseOwner
from hotline_desk.ui.cases.deed import Doing
from hotline_desk.ui.cases.entries import Entries, Entry
from hotline_desk.ui.cases.field_sheet import FieldSheet
from hotline_desk.ui.cases.letter_deeds import unanswered
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.fold import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QToolButton

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.questions import Question
    from hotline_desk.ui.cases.case_sheet import Sheet
    from hotline_desk.ui.cases.case_view_model import CaseViewModel
    from hotline_desk.ui.kit.style import Appearance


class CaseFolds(QWidget):
    """The folded parts of the case at hand; what was opened stays open for the next case."""

    left = Signal()
    deed_wanted = Signal(object, str)
    """A deed (Doing) is to be filled in, for what is called so where it is about one of many."""

    def __init__(
        self, model: CaseViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._case_id: int | None = None
        self._opened = False
        """Whether whose case it is was opened because nobody has it."""
        self.owner = CaseOwner(model, appearance)
        self.basics = FieldSheet(model, BASICS, appearance)
        self.money = CaseMoney(model, appearance)
        self._log, self._letters, self._lapses = Entries(), Entries(), Entries()
        self._joined, self._rounds = Entries(), Entries()
        self._folds = {
            "owner": Fold(self.tr("承办和分流"), self.owner),
            "money": Fold(self.tr("当事人和钱"), self.money),
            "log": Fold(self.tr("联系和经过"), self._log),
            "lapses": Fold(self.tr("时效提醒"), self._lapses),
            "letters": Fold(self.tr("一函两书"), self._letters),
            "basics": Fold(self.tr("基本情况"), self.basics),
            "joined": Fold(self.tr("问题和合并"), self._joined),
            "rounds": Fold(self.tr("重办以前"), self._rounds),
        }
        self._buttons: dict[Doing, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        for fold in self._folds.values():
            column.addWidget(fold)
        self._add_buttons()
        for part in (self.owner, self.basics, self.money):
            part.left.connect(self.left)
        for entries in (self._log, self._letters, self._lapses, self._rounds, self.money):
            entries.deed_wanted.connect(self.deed_wanted)

    def _add_buttons(self) -> None:
        for name, doing, tip in (
            ("money", Doing.PAYMENT, self.tr("记一笔到账的钱")),
            ("log", Doing.CONTACT, self.tr("记一次联系、协商、调解、仲裁或诉讼")),
            ("log", Doing.CORRECT, self.tr("以前记错了：选一条，改成对的，写明理由")),
            (
                "log",
                Doing.STRIKE_OUT,
                self.tr("以前误记了：选一条划掉，写明理由，原来的字还看得见"),
            ),
            ("lapses", Doing.DAY, self.tr("离职、受伤、收到裁决等日子，时效从它算起")),
            ("lapses", Doing.INTERRUPT, self.tr("职工主张了权利，时效重新起算")),
            ("letters", Doing.LETTER, self.tr("发提示函、意见书或建议书")),
            ("letters", Doing.ANSWER, self.tr("记对方的答复")),
            ("letters", Doing.AMEND, self.tr("改正文号、收文单位、日期或答复")),
            ("basics", Doing.RECEIVED, self.tr("接收日写错了：写明理由改正，时限重新计算")),
            ("joined", Doing.MERGE, self.tr("并入说的是同一件事的案件")),
            ("joined", Doing.TAKE_OUT, self.tr("一个问题不属于这件案件")),
        ):
            button = self._folds[name].add_button(
                doing.value, tip, partial(self.deed_wanted.emit, doing, "")
            )
            self._buttons[doing] = button

    @property
    def order(self) -> list[QWidget]:
        """Everything that takes the focus, in reading order."""
        inside: dict[str, Sequence[QWidget]] = {
            "owner": self.owner.order, "basics": self.basics.order, "money": self.money.order,
        }  # fmt: skip
        return [
            widget
            for name, fold in self._folds.items()
            for widget in (*fold.order, *inside.get(name, ()))
        ]

    def open_owner(self) -> None:
        """Open whose case it is, ready to be typed."""
        self._folds["owner"].open()
        self.owner.people.begin()

    def open(self, name: str) -> None:
        """Open one of them by its name."""
        self._folds[name].open()

    def write_all(self) -> None:
        """Write what was typed and has not been left yet."""
        for part in (self.owner, self.basics, self.money):
            part.write_all()

    def show_case(self, sheet: Sheet, case: Case) -> None:
        """Show *case*; what is still to be decided is open."""
        if case.id != self._case_id:
            self._case_id = case.id
            nobody = case.course.is_open and not case.owner
            if nobody or self._opened:
                self._opened = nobody and not self._folds["owner"].is_open
                self._folds["owner"].open(on=nobody)
        self.basics.offer("unit", sheet.around.units)
        self.owner.show_case(case)
        self.basics.show_case()
        self.money.show_case(case)
        self._show_entries(sheet, case)
        self._say(sheet, case)
        possible = {deed.doing for deed in self._model.deeds}
        for doing, button in self._buttons.items():
            button.setVisible(doing in possible)

    @Slot()
    def _show_entries(self, sheet: Sheet, case: Case) -> None:
        today = studio_now().date()
        around = sheet.around
        self._log.show_entries(case_timeline.log(case))
        self._lapses.show_entries(
            case_timeline.lapsing(case, sheet.lapses, around.days, today)
            or (Entry(head=self.tr("还没有记日子。记上离职、受伤或收到裁决的日子，这里就会算。")),)
        )
        self._letters.show_entries(case_timeline.letters_sent(around.letters, today))
        questions = [_of_question(question) for question in around.questions]
        same = [Entry(head=self.tr("可能是同一件事："))] if around.duplicates else []
        self._joined.show_entries([*questions, *same, *case_timeline.others(around.duplicates)])
        self._rounds.show_entries(case_timeline.earlier(case))
        self._folds["rounds"].setVisible(bool(case.earlier))

    def _say(self, sheet: Sheet, case: Case) -> None:
        around = sheet.around
        waiting = len(unanswered(around.letters))
        newest = self._log.shown[0].head if self._log.shown else self.tr("还没有")
        letters = self.tr("{n} 份").format(n=len(around.letters)) if around.letters else ""
        waits = self.tr("等答复 {n}").format(n=waiting) if waiting else ""
        same = self.tr("可能重复 {n} 件").format(n=len(around.duplicates))
        questions = self.tr("{n} 个问题").format(n=len(around.questions))
        people = self.tr("{n} 位").format(n=len(case.parties)) if case.parties else ""
        came = case.promise.received_fen
        says = {
            "owner": self.owner.says,
            "basics": _joined(case.unit, self.tr("保管 {keeping}").format(keeping=case.keeping)),
            "money": _joined(people, f"已到账 {money_text(came)}" if came else ""),
            "log": newest,
            "lapses": NOTICE,
            "letters": _joined(letters, waits) or self.tr("没有"),
            "joined": _joined(questions, same if around.duplicates else ""),
            "rounds": self.tr("{n} 次").format(n=len(case.earlier)),
        }
        for name, words in says.items():
            self._folds[name].say(words)


def _of_question(question: Question) -> Entry:
    return Entry(head=question.number, text=question.point or str(question.category))


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))
