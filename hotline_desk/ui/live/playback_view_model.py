"""Plays the second that a row came from; the workflow refuses whatever would feed the programme."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from hotline_desk.domain.questions import Question, Span
from hotline_desk.errors import PreListenLost
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from hotline_desk.capture.listening import Playback
    from hotline_desk.paths import Workspace
    from hotline_desk.settings import Settings
    from hotline_desk.ui.kit.office import Office

_LOOK_MILLISECONDS = 200


class PlaybackViewModel(ViewModel):
    """One playback at a time; asking again for another row plays that one instead."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, parent)
        self._playback: Playback | None = None
        self._looking = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._looking.timeout.connect(self._look)

    @property
    def playing(self) -> bool:
        """Whether sound is being played."""
        return self._playback is not None

    def play_question(self, question: Question) -> None:
        """Play a question from its beginning to the end of its answer's line."""
        if not question.take or question.asked is None:
            self.warned.emit(self.tr("这个问题没有录音。"))
            return
        end = question.answered.start if question.answered else question.asked.end
        self.play(
            question.take, Span(line=question.asked.line, start=question.asked.start, end=end)
        )

    def play(self, take: str, span: Span) -> None:
        """Play *span* of the take named *take*."""
        self.stop()
        self._office.jobs.run(
            Lane.FILES,
            partial(_listen, self._office.workspace, take, span, self._office.settings),
            owner=self,
            then=self._started,
            on_error=self.failed.emit,
        )

    def stop(self) -> None:
        """Stop what is being played."""
        playback, self._playback = self._playback, None
        if playback is not None:
            self._looking.stop()
            self._office.jobs.run(Lane.FILES, playback.stop, owner=self)

    def _started(self, playback: Playback) -> None:
        self._playback = playback
        self._looking.start()

    def _look(self) -> None:
        if self._playback is not None and self._playback.done:
            self.stop()


def _listen(workspace: Workspace, take: str, span: Span, settings: Settings) -> Playback:
    from hotline_desk.capture.devices import relist  # noqa: PLC0415  sound only when asked for
    from hotline_desk.workflows.listen import listen  # noqa: PLC0415

    try:
        return listen(workspace, take, span, settings)
    except PreListenLost:  # it may have been plugged in since PortAudio looked
        relist()
        return listen(workspace, take, span, settings)
