"""登记簿: every paper and every deed beside a case's course, over all cases, and their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot

from hotline_desk.domain.search import holds
from hotline_desk.domain.times import studio_now
from hotline_desk.paths import file_name
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.registers.register_view_model import RegisterViewModel
from hotline_desk.workflows.case_registers import Register, RegisterRow, register_rows

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.papers.summary_view_model import SummaryViewModel

_TYPING_MILLISECONDS = 150


class CaseRegisterViewModel(RegisterViewModel[RegisterRow]):
    """State of the view: which register, and what its rows have to hold."""

    shown_changed = Signal()
    """Other rows are shown, or the same ones anew."""

    def __init__(
        self, office: Office, papers: SummaryViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(
            office, lambda ledger: register_rows(ledger, studio_now().date()), parent=parent
        )
        self._papers = papers
        self.register = Register.ALL
        self.words = ""
        self._typing = QTimer(self, interval=_TYPING_MILLISECONDS, singleShot=True)
        self._typing.timeout.connect(self.shown_changed)
        self.rows_changed.connect(self.shown_changed)

    @property
    def shown(self) -> tuple[RegisterRow, ...]:
        """The rows of the register at hand that hold what was typed."""
        return tuple(
            row
            for row in self.rows
            if self.register.holds(row) and (not self.words or holds(_searched(row), self.words))
        )

    @property
    def name(self) -> str:
        """What the rows are called that are shown."""
        return f"{self.register.value} {self.words}".strip()

    def export_name(self, *, internal: bool) -> str:
        """Return what an Excel file is proposed to be called."""
        version = " 内部版" if internal else ""
        return file_name(f"登记簿 {self.name} {studio_now():%Y-%m-%d}{version}") + ".xlsx"

    def choose(self, register: Register) -> None:
        """Show the rows of *register*."""
        self.register = register
        self.shown_changed.emit()

    @Slot(str)
    def filter(self, words: str) -> None:
        """Show what holds all of *words*: a number, whom it went to, an employer, 承办人."""
        if words.strip() != self.words:
            self.words = words.strip()
            self._typing.start()

    def print_(self, *, internal: bool, why: str) -> None:
        """Make a PDF of the rows that are shown, and show it; 内部版 names people, and says why."""
        office, rows, name = self._office, self.shown, self.name

        def make() -> Path:
            from hotline_desk.workflows.register_papers import print_register  # noqa: PLC0415  in the lane

            return print_register(
                rows, name, office.workspace, office.settings, internal=internal, why=why
            )

        self._papers.make_paper(make)

    def export(self, name: str, *, internal: bool, why: str) -> None:
        """Write the rows that are shown to the Excel file *name*; 内部版 as when printed."""
        office, rows, title = self._office, self.shown, self.name

        def write() -> None:
            from hotline_desk.workflows.register_papers import write_register  # noqa: PLC0415  in the lane

            write_register(
                rows, title, Path(name), office.workspace, office.settings,
                internal=internal, why=why,
            )  # fmt: skip

        office.jobs.run(
            Lane.FILES,
            write,
            owner=self,
            then=lambda _: self.told.emit(self.tr("已导出 {name}").format(name=name)),
            on_error=self.failed.emit,
        )


def _searched(row: RegisterRow) -> str:
    case, letter = row.case, row.letter
    told = [row.kind, row.words, row.reply or ""]
    if case is not None:
        told += [case.number, case.employer, case.matter, case.owner]
    if letter is not None:
        told += [letter.number, letter.recipient, letter.answer]
    return "\n".join(told)
