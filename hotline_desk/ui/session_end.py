"""The end of the session, a shutdown or a log-out, while something is recorded: it asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk import system

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication, QSessionManager
    from PySide6.QtWidgets import QWidget

    from hotline_desk.ui.live.recording_view_model import RecordingViewModel


class SessionEnd(QObject):
    """Holds the session's end off as long as a line is being recorded."""

    held_off = Signal()
    """The session was about to end, and does not."""

    def __init__(
        self, application: QGuiApplication, window: QWidget, recording: RecordingViewModel
    ) -> None:
        super().__init__(window)
        self._window = window
        self._recording = recording
        recording.take_changed.connect(self._follow)
        application.commitDataRequest.connect(self.hold_off)

    @Slot(object)
    def hold_off(self, session: QSessionManager) -> None:
        """Refuse the end of the *session* while something is recorded."""
        if self._recording.recording:
            session.cancel()
            self.held_off.emit()

    @Slot(object)
    def _follow(self, take: object) -> None:
        """Tell the system why it should wait, where it shows that to people."""
        window_id = int(self._window.winId())
        if take is None:
            system.allow_shutdown(window_id)
        else:
            system.block_shutdown(window_id, self.tr("正在录音，请先停止录音。"))
