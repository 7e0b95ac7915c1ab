"""The office's settings: one frozen record, read from and written to settings.toml."""

from __future__ import annotations

import dataclasses
import logging
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hotline_desk.system import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # a command says it in a sentence, never with this line


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSetting:
    """One line: a named channel of a device."""

    name: str
    """What the desk calls it, for example 来电."""
    device: str
    """As for ``record --line``: an input's name, ``?channel=2``, or ``file:PATH``."""
    role: str
    """来电, 演播室, 节目输出（PGM） or 坐席."""
    position: str = ""
    """Where the device was plugged in when it was chosen; empty where nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an office sets once; the defaults are the programme's."""

    union: str = "日照市总工会"
    station: str = "日照广播电视台"
    programme: str = "工会法律在线"
    weekday: int = 2
    """The day of the broadcast, 0 is Monday."""
    records_from: str = "09:50"
    """When recording begins by itself on the day of the broadcast."""
    starts: str = "10:00"
    ends: str = "11:00"
    released: str = "11:10"
    """When that recording is let go."""
    delay_seconds: float = 20.0
    """How far the air runs behind the studio; at least 6 for live call-in radio."""
    pre_roll_seconds: int = 30
    """How far before its key a call's range begins."""
    purge_minutes: int = 30
    """How long 坐席 lines keep what no mark claims."""
    temporary_days: int = 180
    """After how many days 临时（不归档） records may be purged."""
    longest_hours: int = 12
    """After which a take that somebody forgot ends by itself."""
    second_folder: str = ""
    """On another volume: where sound goes on when the workspace's is full; none while empty."""
    limits_name: str = "1357"
    """What the time limits are called; the four of them, in working days, follow."""
    limit_contact: int = 1
    limit_plan: int = 3
    limit_close: int = 5
    limit_close_complex: int = 7
    call_back_days: int = 5
    """Working days after 办结 within which the worker is called back (回访; ours)."""
    letter_number: str = "工法{kind}〔{year}〕{n}号"
    """文号 of 一函两书: with the kind, the year and the running number of both."""
    lines: tuple[LineSetting, ...] = ()
    pre_listen: str = ""
    """The output that rows are played on; none until someone chooses one."""
    model: str = ""
    """The speech model's name; the demonstration model while empty."""
    host: str = ""
    lawyer: str = ""
    producer: str = ""
    operator: str = ""
    """Who sits at this desk: written beside every change."""
    prepared_by: str = ""
    """填报人 of the sheets of figures; the operator while empty."""
    reviewed_by: str = ""
    """审核人."""
    signed_by: str = ""
    """签发人."""
    theme: str = "system"
    """system, light or dark."""


_HOURS = ("records_from", "starts", "ends", "released")
_UNREADABLE = (OSError, ValueError, RecursionError)  # not UTF-8 and not TOML are ValueErrors


def _is_clock(text: str) -> bool:
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII) is not None


MOST_DAYS = 400
"""The most working days that a limit can have."""
_MOST_DELAY_SECONDS = 3600.0

_ALLOWED: dict[str, Callable[[Any], bool]] = {
    "weekday": lambda day: 0 <= day <= 6,
    "records_from": _is_clock,
    "starts": _is_clock,
    "ends": _is_clock,
    "released": _is_clock,
    "delay_seconds": lambda seconds: 0 <= seconds <= _MOST_DELAY_SECONDS,
    "pre_roll_seconds": lambda seconds: 0 <= seconds <= 300,
    "purge_minutes": lambda minutes: 10 <= minutes <= 24 * 60,  # never within a pre-roll
    "temporary_days": lambda days: 1 <= days <= 3650,
    "longest_hours": lambda hours: 2 <= hours <= 24,
    "limit_contact": lambda days: 1 <= days <= MOST_DAYS,
    "limit_plan": lambda days: 1 <= days <= MOST_DAYS,
    "limit_close": lambda days: 1 <= days <= MOST_DAYS,
    "limit_close_complex": lambda days: 1 <= days <= MOST_DAYS,
    "call_back_days": lambda days: 1 <= days <= MOST_DAYS,
    "letter_number": lambda pattern: 0 < len(pattern) <= 60,
    "theme": lambda theme: theme in {"system", "light", "dark"},
}
"""What a setting of the right type must be besides."""


def load(path: Path) -> Settings:
    """Read the settings at *path*: unknown keys are ignored, bad values become defaults."""
    try:
        settings, faults = _read(path)
    except _UNREADABLE:
        _log.warning("the settings cannot be read; the defaults hold")
        return Settings()
    for said in faults.values():
        _log.warning("%s", said)
    return settings


def first_fault(path: Path) -> Exception | None:
    """Return why `load` lets a default hold: what reading raised, or an error with the name."""
    try:
        _, faults = _read(path)
    except _UNREADABLE as error:
        return error
    return next(map(ValueError, faults), None)


def _read(path: Path) -> tuple[Settings, dict[str, str]]:
    """Return the settings, and by their names in the file what is wrong with some."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):  # a file in the workspace's place is told
        return Settings(), {}
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for field in dataclasses.fields(Settings):
        value = found.get(field.name)
        if value is None:
            continue
        if field.name == "lines":
            lines = _lines(value)
            values["lines"] = tuple(filter(None, lines))
            if None in lines:
                faults["lines"] = "a line in the settings is not understood; it is left out"
        elif _is_sound(field.name, value):
            values[field.name] = value
        else:
            faults[field.name] = f"setting {field.name} has a bad value; the default holds"
    settings = Settings(**values)
    if settings.starts >= settings.ends:
        faults["ends"] = "the broadcast ends before it starts; the default times hold"
        rest = {name: value for name, value in values.items() if name not in _HOURS}
        settings = Settings(**rest)
    return settings, faults


def save(settings: Settings, path: Path) -> None:
    """Write *settings* to *path*, whole or not at all.

    A file there that cannot be read is kept beside it, as ``settings.toml.bad``.

    Raises:
        OSError: the folder cannot be written.
    """
    import tomli_w  # noqa: PLC0415  the recorder reads with the standard library alone

    content = tomli_w.dumps(dataclasses.asdict(settings)).encode()
    if _is_unreadable(path):
        path.with_suffix(".toml.bad").write_bytes(path.read_bytes())
    write_whole(path, content)


def _is_unreadable(path: Path) -> bool:
    try:
        tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return False
    except _UNREADABLE:
        return True
    return False


def _is_sound(name: str, value: object) -> bool:
    """Return whether *value* is of the setting's type and within its range."""
    kind = type(getattr(Settings(), name))
    if isinstance(value, bool) or not isinstance(value, (int, float) if kind is float else kind):
        return False
    if isinstance(value, str) and "\0" in value:
        return False
    allowed = _ALLOWED.get(name)
    return allowed is None or bool(allowed(value))


def _lines(value: Any) -> list[LineSetting | None]:  # noqa: ANN401  whatever TOML holds
    """Return the lines, None for one that is not understood."""
    known = [field.name for field in dataclasses.fields(LineSetting)]
    lines: list[LineSetting | None] = []
    for entry in value if isinstance(value, list) else [value]:
        try:
            line = LineSetting(**{name: str(entry[name]) for name in known if name in entry})
        except TypeError:
            line = None
        sound = line is not None and "\0" not in "".join(dataclasses.astuple(line))
        lines.append(line if sound else None)
    return lines
