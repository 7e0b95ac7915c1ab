"""The office's lines, found again among this machine's inputs.

A device is known by its name and by where it was plugged in. Two devices of one make are told
apart by their places alone, because systems number twins in the order they were found: where the
places do not tell, a person is asked.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline_desk.capture.devices import make, named_inputs
from hotline_desk.capture.sources import FILE, device_text, parse_device

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.capture.devices import InputDevice
    from hotline_desk.settings import LineSetting

_AMONG_TWINS = re.compile(r"\d+/(\d+)")


class How(StrEnum):
    """How a line's device was found again."""

    NAME = "name"
    POSITION = "position"
    """It has another name, but is where it was."""
    UNSURE = "unsure"
    """It may be one of several: a person has to say."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class LineMatch:
    """What stands behind one line of the settings now."""

    line: LineSetting
    input: InputDevice | None
    """None where nobody can be sure, and for a sound file."""
    how: How
    candidates: tuple[InputDevice, ...] = ()
    """What a person may choose from, the likeliest first."""


def match(lines: Sequence[LineSetting], inputs: Sequence[InputDevice]) -> list[LineMatch]:
    """Find each line's device among *inputs*, by its name, then by its position.

    Args:
        lines: as they were set.
        inputs: what the machine has now, from `capture.devices.inputs`.

    Raises:
        LineNotUnderstood: the device of a line is not written as for ``record --line``.
    """
    sure = [_sure(line, inputs) for line in lines]
    taken = {found.input for found in sure if found is not None}
    left = [device for device in inputs if device not in taken]
    return [found or _likely(line, left) for line, found in zip(lines, sure, strict=True)]


def resolved(lines: Sequence[LineSetting], inputs: Sequence[InputDevice]) -> list[LineSetting]:
    """Return *lines* to be recorded, each with the name that its device has now.

    A line whose device is missing or unsure stays as it was set: the recorder tells that it is
    missing and waits for it, or records what has its name.

    Raises:
        LineNotUnderstood: as `match`.
    """
    return [
        plugged(found.line, found.input, channel=parse_device(found.line.device)[1])
        if found.input is not None
        else found.line
        for found in match(lines, inputs)
    ]


def plugged(line: LineSetting, device: InputDevice, *, channel: int = 1) -> LineSetting:
    """Return *line* as it is set when a person chooses *channel*, from 1, of *device*."""
    text = device_text(device.name, channel)
    return dataclasses.replace(line, device=text, position=device.position)


def _sure(line: LineSetting, inputs: Sequence[InputDevice]) -> LineMatch | None:
    """Find what can be nothing else: the same name at the same place, or the same path."""
    source = parse_device(line.device)[0]
    if source.startswith(FILE):
        return LineMatch(line, None, How.NAME)
    named = named_inputs(source, inputs)
    there = [device for device in inputs if device.position == line.position != ""]
    for device in there:
        if device in named:
            return LineMatch(line, device, How.NAME)
    if _AMONG_TWINS.fullmatch(line.position):
        there = [device for device in there if device.make == make(source)]
    elif named:
        # something else may be plugged in where it was: then its name says more
        there = [device for device in there if device.make == named[0].make]
    return LineMatch(line, there[0], How.POSITION) if len(there) == 1 else None


def _likely(line: LineSetting, left: Sequence[InputDevice]) -> LineMatch:
    """Find what nobody else has: one that was plugged in elsewhere, or those to choose from."""
    source = parse_device(line.device)[0]
    named = named_inputs(source, left)
    alike = [device for device in left if device.make == make(source) and device not in named]
    place = _AMONG_TWINS.fullmatch(line.position)
    was_alone = place is None or place[1] == "1"
    if len(named) == 1 and not alike and was_alone:
        return LineMatch(line, named[0], How.NAME)
    if named or alike:
        return LineMatch(line, None, How.UNSURE, (*named, *alike))
    return LineMatch(
        line, None, How.MISSING, tuple(device for device in left if not device.is_monitor)
    )
