"""The settings: what this machine offers, and what the office has chosen."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk.errors import HotlineDeskError
from hotline_desk.settings import LineSetting
from hotline_desk.speech.models import SpeechModel, installed
from hotline_desk.ui.jobs import Lane

if TYPE_CHECKING:
    from hotline_desk.capture.devices import InputDevice
    from hotline_desk.settings import Settings
    from hotline_desk.ui.office import Office
    from hotline_desk.ui.playback_view_model import PlaybackViewModel

LINES = ("来电", "演播室")
"""The desk's two lines; each one's role has its name."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What this machine has."""

    inputs: tuple[InputDevice, ...]
    outputs: tuple[str, ...]
    models: tuple[SpeechModel, ...]


class SettingsViewModel(QObject):
    """State of the settings page; each change is written down at once."""

    offered = Signal(Offer)
    failed = Signal(HotlineDeskError)

    def __init__(
        self, office: Office, playback: PlaybackViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._playback = playback

    @property
    def settings(self) -> Settings:
        """What is chosen now."""
        return self._office.settings

    @Slot()
    def look(self) -> None:
        """Look what this machine has; devices come and go."""
        self._office.jobs.run(
            Lane.FILES,
            partial(_offer, anew=not self._playback.playing),
            owner=self,
            then=self.offered.emit,
            on_error=self.failed.emit,
        )

    def change(self, **changed: Any) -> None:  # noqa: ANN401  each setting has its own type
        """Use other values for some settings."""
        settings = dataclasses.replace(self.settings, **changed)
        if settings != self.settings:
            self._office.change_settings(settings)

    def device(self, line: str) -> str:
        """Return the device of *line*; nothing where none is chosen."""
        found = (known.device for known in self.settings.lines if known.name == line)
        return next(found, "")

    def choose_device(self, line: str, device: str) -> None:
        """Let *line* be recorded from *device*; from none where that is empty."""
        others = [known for known in self.settings.lines if known.name != line]
        if device:
            others.append(LineSetting(name=line, device=device, role=line))
        self.change(lines=tuple(sorted(others, key=_place)))


def _place(line: LineSetting) -> int:
    return LINES.index(line.name) if line.name in LINES else len(LINES)


def _offer(*, anew: bool) -> Offer:
    """Look what there is; *anew* when nothing is being played."""
    # PortAudio only when this page is opened: without its parts it takes the process with it
    from hotline_desk.capture.devices import inputs, relist  # noqa: PLC0415
    from hotline_desk.capture.listening import outputs  # noqa: PLC0415

    if anew:
        relist()
    return Offer(tuple(inputs()), tuple(outputs()), tuple(installed()))
