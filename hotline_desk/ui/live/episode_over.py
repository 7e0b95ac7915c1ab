"""The episode's fields, shown over the calls while they are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedWidget, QWidget

from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.panel import Panel
from hotline_desk.ui.live.episode_editor import EpisodeEditor

if TYPE_CHECKING:
    from hotline_desk.domain.episodes import Episode
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.kit.style import Appearance


class EpisodeOver(QStackedWidget):
    """What lies at the left of the desk; the episode's fields come over it and go again."""

    def __init__(self, under: QWidget, rest: QWidget, desk: Desk, appearance: Appearance) -> None:
        """Lay the fields over *under*; *rest* has the focus where nothing had it before."""
        super().__init__()
        self._desk = desk
        self._rest = rest
        self._before: QWidget | None = None
        self.editor = EpisodeEditor(appearance)
        over = Panel()
        over.column.addWidget(self.editor)
        for page in (under, over):
            self.addWidget(page)
        self.editor.saved.connect(self._save)
        self.editor.added.connect(self._add)
        self.editor.closed.connect(self.close_editor)

    @property
    def editing(self) -> bool:
        """Whether the episode's fields are shown."""
        return self.currentIndex() == 1

    def turn(self) -> None:
        """Write down the episode, or close its fields again."""
        if self.editing:
            self.close_editor()
            return
        self._before = QApplication.focusWidget()
        episodes, settings = self._desk.live.hour.episodes, self._desk.office.settings
        planned, today = episodes.at_hand or episodes.coming, studio_now().date()
        self.setCurrentIndex(1)
        if planned is None and episodes.last is not None:
            self.editor.offer_next(episodes.last, settings, today)
        else:
            self.editor.show_episode(planned, settings, today)

    def close_editor(self) -> None:
        """Show the calls again, and let the focus be where it was: on no button."""
        if not self.editing:
            return
        self.setCurrentIndex(0)
        before = self._before
        if before is None or isinstance(before, QAbstractButton) or not before.isVisible():
            before = self._rest if self._rest.isVisible() else self.parentWidget()
        if before is not None:
            before.setFocus()

    def _save(self, episode: Episode) -> None:
        self._desk.live.save_episode(episode)
        self.close_editor()

    def _add(self, episode: Episode) -> None:
        self._desk.live.save_episode(episode, new=True)
        self.close_editor()
