"""What stands behind ``--line NAME=DEVICE``: a named channel of a device or of a sound file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hotline_desk.domain.roles import Role
from hotline_desk.errors import LineNotUnderstood, RoleNotUnderstood, RoleWithoutLine

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = "file:"
_ROLES = tuple(Role)


@dataclass(frozen=True, slots=True)
class LineRequest:
    """One line as it was asked for."""

    name: str
    role: str
    source: str
    """The device's name, or ``file:`` and an absolute path: lines with one source share a child."""
    channel: int
    """From 1."""
    speed: float
    """How many times faster than real time; 1 for every device."""

    @property
    def device(self) -> str:
        """The source with its channel, as ``--line`` has it."""
        return device_text(self.source, self.channel)


def device_text(source: str, channel: int) -> str:
    """Return how *channel* of *source* is written behind ``--line NAME=``."""
    # a name with a question mark of its own needs one more behind it
    return source if channel == 1 and "?" not in source else f"{source}?channel={channel}"


def parse_lines(lines: Sequence[str], roles: Sequence[str] = ()) -> list[LineRequest]:
    """Return what ``--line`` and ``--role`` ask for.

    All lines of a take run at one speed, so that there is one take time.

    Args:
        lines: each ``NAME=DEVICE``, split at the first ``=``; DEVICE is an input's name
            (``?channel=2``) or ``file:PATH[?channel=2][&speed=8]``.
        roles: each ``NAME=ROLE``. A line called like a role has it without saying so.

    Raises:
        LineNotUnderstood: carries the text that is not as above.
        RoleNotUnderstood: a role is not as above, or none that there is.
        RoleWithoutLine: it is the role of a line that is not asked for.
    """
    for text in (*lines, *roles):
        if not _is_text(text):
            raise LineNotUnderstood(text.encode(errors="replace").decode())
    named_roles = dict(_role(text) for text in roles)
    found: list[LineRequest] = []
    for text in lines:
        name, equals, device = text.partition("=")
        if not (equals and name.strip() and device) or any(line.name == name for line in found):
            raise LineNotUnderstood(text)
        try:
            source, channel, speed = parse_device(device)
        except LineNotUnderstood as error:
            raise LineNotUnderstood(text) from error
        role = named_roles.pop(name, name if name in _ROLES else "")
        found.append(LineRequest(name, role, source, channel, speed))
        if speed != found[0].speed:
            raise LineNotUnderstood(text)
    for name in named_roles:
        raise RoleWithoutLine(name)
    return found


def _is_text(text: str) -> bool:
    """Return whether *text* can be written down: a command line may hold any bytes, and no zero."""
    try:
        return "\0" not in text.encode().decode()
    except UnicodeEncodeError:
        return False


def _role(text: str) -> tuple[str, str]:
    name, equals, role = text.partition("=")
    if not equals or (role and role not in _ROLES):
        raise RoleNotUnderstood(text, "、".join(_ROLES))
    return name, role


def parse_device(device: str) -> tuple[str, int, float]:
    """Return the source, the channel from 1, and the speed that stand in *device*.

    Raises:
        LineNotUnderstood: carries *device*.
    """
    source, question, query = device.rpartition("?")
    if not question:
        source, query = device, ""
    options = dict(part.partition("=")[::2] for part in query.split("&") if part)
    is_file = source.startswith(FILE)
    try:
        channel, speed = int(options.pop("channel", "1")), float(options.pop("speed", "1"))
    except ValueError as error:
        raise LineNotUnderstood(device) from error
    known = not options and channel >= 1 and 0 < speed <= 100 and (is_file or speed == 1)
    if not known or source in {"", FILE}:
        raise LineNotUnderstood(device)
    if is_file:
        try:
            source = FILE + str(Path(source.removeprefix(FILE)).expanduser().absolute())
        except RuntimeError as error:  # ~ of somebody who is not known here
            raise LineNotUnderstood(device) from error
    return source, channel, speed
