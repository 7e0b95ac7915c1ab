"""保管: for how many days 临时（不归档） rows stay, and the button that purges them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from hotline_desk.ui.measured_field import MeasuredField, whole

if TYPE_CHECKING:
    from hotline_desk.ui.form import Form
    from hotline_desk.ui.person_view_model import PersonViewModel
    from hotline_desk.ui.settings_view_model import SettingsViewModel
    from hotline_desk.ui.style import Appearance

_MOST_DAYS = 3650


class KeepingSettings(QWidget):
    """One section of the settings' sheet."""

    def __init__(
        self,
        model: SettingsViewModel,
        person: PersonViewModel,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._days = MeasuredField(
            appearance, read=whole(1, _MOST_DAYS), show=str, unit=self.tr("天")
        )
        self._days.field.setObjectName("settings_temporary_days")
        self.purge = QPushButton(self.tr("清除到期的临时记录…"))
        self.purge.setToolTip(self.tr("先列出会清除什么，确认以后才清除（空格）"))
        self.purge.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._days.written.connect(lambda days: model.change(temporary_days=days))
        self.purge.clicked.connect(person.look_for_expired)
        self.show_settings()

    def fill(self, form: Form) -> None:
        """Put the section into *form*."""
        form.add_rows(
            self.tr("保管"),
            self.tr("永久、30 年和 10 年的一直留着；只有临时（不归档）的到期可以清除内容。"),
            [(self.tr("临时保留"), self._days), ("", self.purge)],
        )

    @Slot()
    def show_settings(self) -> None:
        """Show what is set."""
        self._days.show_value(
            self._model.settings.temporary_days, self.tr("从接收日算起"), warns=False
        )
