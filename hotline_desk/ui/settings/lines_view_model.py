"""The lines of the settings while they are being set up: some may have no device yet."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk.capture.sources import FILE, device_text, parse_device
from hotline_desk.domain.roles import Role
from hotline_desk.errors import LineNotUnderstood
from hotline_desk.settings import LineSetting
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.view_model import ViewModel
from hotline_desk.workflows.find_inputs import find_inputs
from hotline_desk.workflows.lines import How, match, plugged

if TYPE_CHECKING:
    from hotline_desk.capture.devices import InputDevice
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.settings.settings_view_model import Offer
    from hotline_desk.workflows.lines import LineMatch

USUAL = (Role.CALLER.value, Role.STUDIO.value)
"""The lines that a desk begins with; each one's role has its name."""


class LinesViewModel(ViewModel):
    """Any number of lines; one is written down as soon as it has a device."""

    changed = Signal()
    refused = Signal(int, str)
    """A row's place, and why its new name cannot be."""
    look_asked = Signal()
    """Somebody has plugged something in."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, parent)
        self.removed: LineSetting | None = None
        """The line that was taken away last; it can be put back."""
        self.matches: dict[int, LineMatch] = {}
        """What stands behind each row's device, where there is one and the inputs are known."""
        self._inputs: tuple[InputDevice, ...] | None = None
        self.rows = office.settings.lines or tuple(map(_empty, USUAL))
        office.settings_changed.connect(self._follow)

    def look(self) -> None:
        """Look whether each line's device is there; say which one a person has to decide on."""
        if any(row.device and not row.device.startswith(FILE) for row in self.rows):
            self._office.jobs.run(Lane.FILES, find_inputs, owner=self, then=self._found)

    def _found(self, inputs: list[InputDevice]) -> None:
        self._inputs = tuple(inputs)
        self._match()
        self.changed.emit()
        for how, words in (
            (How.UNSURE, self.tr("不能确定“{names}”是哪一台设备，请到设置（Ctrl+5）里选。")),
            (
                How.MISSING,
                self.tr("“{names}”的设备没有接上；接上就会录，或到设置（Ctrl+5）换一台。"),
            ),
        ):
            names = "”“".join(m.line.name for m in self.matches.values() if m.how is how)
            if names:
                self.warned.emit(words.format(names=names))

    @Slot(object)
    def take_offer(self, offer: Offer) -> None:
        """Look for the lines' devices among what the machine has."""
        self._inputs = offer.inputs
        self._match()
        self.changed.emit()

    def _match(self) -> None:
        places = [at for at, row in enumerate(self.rows) if row.device]
        self.matches = {}
        if self._inputs is not None:
            with suppress(LineNotUnderstood):  # written by hand: starting says so
                found = match([self.rows[at] for at in places], self._inputs)
                self.matches = dict(zip(places, found, strict=True))

    def add(self) -> None:
        """Begin a line."""
        known = {row.name for row in self.rows}
        name = next(n for n in (*USUAL, *map(_numbered, range(1, 1000))) if n not in known)
        self._set((*self.rows, _empty(name)))

    def remove(self, at: int) -> None:
        """Take the line in row *at* away."""
        if not self.rows[at].device:
            self._set((*self.rows[:at], *self.rows[at + 1 :]))
            return
        self.removed = self.rows[at]
        self._set((*self.rows[:at], *self.rows[at + 1 :]))

    def put_back(self) -> None:
        """Put back the line that was taken away last, behind the others."""
        if self.removed is not None:
            row, self.removed = self.removed, None
            others = [known for known in self.rows if known.device or known.name != row.name]
            names = {known.name for known in others}
            new = (row.name, *(f"{row.name} {number}" for number in range(2, 1000)))
            name = next(name for name in new if name not in names)
            self._set((*others, dataclasses.replace(row, name=name)))

    def rename(self, at: int, name: str) -> None:
        """Call the line in row *at* something else, if that can be a line's name."""
        name = name.strip()
        if name == self.rows[at].name:
            return
        others = {row.name for place, row in enumerate(self.rows) if place != at}
        if not name:
            self.refused.emit(at, self.tr("线路要有名称。"))
        elif "=" in name:
            self.refused.emit(at, self.tr("线路名称里不能有等号。"))
        elif name in others:
            self.refused.emit(at, self.tr("已经有叫“{name}”的线路。").format(name=name))
        else:
            self._change(at, name=name)

    def choose_role(self, at: int, role: str) -> None:
        """Say what the line in row *at* carries."""
        self._change(at, role=role)

    def choose_device(self, at: int, found: InputDevice | None, channel: int = 1) -> None:
        """Let the line in row *at* be recorded from a channel of an input, or from none."""
        if found is None:
            self._change(at, device="", position="")
        else:
            self._put(at, plugged(self.rows[at], found, channel=channel))

    def choose_channel(self, at: int, channel: int) -> None:
        """Let the line in row *at* be recorded from another channel of its device."""
        device, _ = device_of(self.rows[at])
        self._change(at, device=device_text(device, channel))

    def _change(self, at: int, **changed: Any) -> None:  # noqa: ANN401  all are text
        self._put(at, dataclasses.replace(self.rows[at], **changed))

    def _put(self, at: int, row: LineSetting) -> None:
        self._set((*self.rows[:at], row, *self.rows[at + 1 :]))

    def _set(self, rows: tuple[LineSetting, ...]) -> None:
        self.rows = rows
        self._match()
        self.changed.emit()
        lines = tuple(row for row in rows if row.device)
        if lines != self._office.settings.lines:
            self._office.change_settings(dataclasses.replace(self._office.settings, lines=lines))

    @Slot()
    def _follow(self) -> None:
        """Take over lines that were set elsewhere."""
        if tuple(row for row in self.rows if row.device) != self._office.settings.lines:
            self.rows = self._office.settings.lines
            self._match()
            self.changed.emit()


def device_of(line: LineSetting) -> tuple[str, int]:
    """Return the device of *line* and its channel, from 1."""
    if not line.device:
        return "", 1
    try:
        device, channel, _speed = parse_device(line.device)
    except LineNotUnderstood:  # written by hand: shown as it is
        return line.device, 1
    return device, channel


def _empty(name: str) -> LineSetting:
    return LineSetting(name=name, device="", role=name if name in USUAL else Role.SEAT.value)


def _numbered(number: int) -> str:
    return f"坐席 {number}"
