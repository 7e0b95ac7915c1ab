"""案件: within how many days the worker is called back, and what a 文号 looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from hotline_desk.domain.letters import LetterKind, next_number, pattern_text, read_pattern
from hotline_desk.domain.times import studio_now
from hotline_desk.settings import MOST_DAYS
from hotline_desk.ui.measured_field import MeasuredField, whole

if TYPE_CHECKING:
    from hotline_desk.ui.form import Form
    from hotline_desk.ui.settings_view_model import SettingsViewModel
    from hotline_desk.ui.style import Appearance

_NUMBER = 240


class CaseSettings(QWidget):
    """One section of the settings' sheet."""

    def __init__(
        self,
        model: SettingsViewModel,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._days = MeasuredField(
            appearance, read=whole(1, MOST_DAYS), show=str, unit=self.tr("个工作日")
        )
        self._number = MeasuredField(
            appearance, read=read_pattern, show=pattern_text, width=_NUMBER
        )
        for field, name in ((self._days, "call_back_days"), (self._number, "letter_number")):
            field.field.setObjectName(f"settings_{name}")
            field.written.connect(lambda value, name=name: model.change(**{name: value}))
        self.show_settings()

    def fill(self, form: Form) -> None:
        """Put the section into *form*."""
        form.add_rows(
            self.tr("案件"),
            "",
            [(self.tr("回访期限"), self._days), (self.tr("函件文号"), self._number)],
        )

    @Slot()
    def show_settings(self) -> None:
        """Show what is set."""
        settings = self._model.settings
        self._days.show_value(settings.call_back_days, self.tr("办结以后，到期在今日待办里提醒"))
        first = next_number(
            (), LetterKind.REMINDER, studio_now().year, pattern=settings.letter_number
        )
        self._number.show_value(settings.letter_number, self.tr("例如 {first}").format(first=first))
