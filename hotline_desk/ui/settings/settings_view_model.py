"""The settings: what this machine offers, and what the office has chosen."""

from __future__ import annotations

import dataclasses
import tempfile
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk.capture.room import recordable
from hotline_desk.domain.times import delay_warning
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.view_model import ViewModel
from hotline_desk.workflows import timetable
from hotline_desk.workflows.find_inputs import find_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.capture.devices import InputDevice
    from hotline_desk.paths import Workspace
    from hotline_desk.settings import Settings
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.live.playback_view_model import PlaybackViewModel


@dataclass(frozen=True, slots=True)
class Offer:
    """What this machine has."""

    inputs: tuple[InputDevice, ...]
    outputs: tuple[str, ...]


class SettingsViewModel(ViewModel):
    """State of the settings page; each change is written down at once."""

    offered = Signal(Offer)
    second_refused = Signal(str)
    """Why a folder cannot be the second one."""

    def __init__(
        self, office: Office, playback: PlaybackViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(office, parent)
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

    @property
    def timetable_faults(self) -> tuple[str, ...]:
        """What in the timetable contradicts itself, a sentence each."""
        return timetable.timetable(self.settings).faults

    @property
    def delay_fault(self) -> str:
        """What is wrong with the delay; nothing when nothing is."""
        return delay_warning(self.settings.delay_seconds)

    def choose_second(self, folder: Path | None) -> None:
        """Let a full disk be left for *folder*, if it is on another volume; or for none."""
        if folder is None:
            self.change(second_folder="")
            return
        self._office.jobs.run(
            Lane.FILES,
            partial(_second_fault, folder, self._office.workspace),
            owner=self,
            then=partial(self._second_looked_at, folder),
            on_error=self.failed.emit,
        )

    def _second_looked_at(self, folder: Path, fault: str) -> None:
        if fault:
            self.second_refused.emit(fault)
        else:
            self.change(second_folder=str(folder))


def _second_fault(folder: Path, workspace: Workspace) -> str:
    """Return why *folder* cannot be where a full disk is left for; nothing if it can.

    Raises:
        WorkspaceSynchronised: it lies in a cloud's folder or on a network drive.
    """
    recordable(folder)
    try:
        if folder.stat().st_dev == workspace.root.stat().st_dev:
            return "这个文件夹和工作文件夹在同一块磁盘上，磁盘写满时帮不上忙；请选另一块磁盘。"
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError:
        return "这个文件夹不能写入，请另选一个。"


def _offer(*, anew: bool) -> Offer:
    """Look what there is; *anew* when nothing is being played."""
    # PortAudio only when this page is opened: without its parts it takes the process with it
    from hotline_desk.capture.devices import relist  # noqa: PLC0415
    from hotline_desk.capture.listening import outputs  # noqa: PLC0415

    if anew:
        relist()
    return Offer(tuple(find_inputs()), tuple(outputs()))
