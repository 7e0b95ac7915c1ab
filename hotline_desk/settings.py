"""The office's settings: one frozen record, read from and written to settings.toml."""

from __future__ import annotations

import dataclasses
import logging
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tomli_w

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSetting:
    """One line: a named channel of a device."""

    name: str
    """What the desk calls it, for example 来电."""
    device: str
    """As for ``record --line``: an input's name, ``?channel=2``, or ``file:PATH``."""
    role: str
    """来电, 演播室, 节目输出（PGM） or 坐席."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an office sets once; the defaults are the programme's."""

    union: str = "日照市总工会"
    station: str = "日照广播电视台"
    programme: str = "工会法律在线"
    weekday: int = 2
    """The day of the broadcast, 0 is Monday."""
    starts: str = "10:00"
    ends: str = "11:00"
    delay_seconds: float = 20.0
    """How far the air runs behind the studio; at least 6 for live call-in radio."""
    limits_name: str = "1357"
    """What the time limits are called; the four of them, in working days, follow."""
    limit_contact: int = 1
    limit_plan: int = 3
    limit_close: int = 5
    limit_close_complex: int = 7
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
    theme: str = "system"
    """system, light or dark."""


def load(path: Path) -> Settings:
    """Read the settings at *path*: unknown keys are ignored, bad values become defaults."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        _log.warning("the settings cannot be read; the defaults hold")
        return Settings()
    defaults = Settings()
    values: dict[str, Any] = {}
    for field in dataclasses.fields(Settings):
        value = found.get(field.name)
        if value is None:
            continue
        if field.name == "lines":
            values["lines"] = _lines(value)
        elif isinstance(value, type(getattr(defaults, field.name))) or (
            isinstance(value, int) and isinstance(getattr(defaults, field.name), float)
        ):
            values[field.name] = value
        else:
            _log.warning("setting %s has a bad value; the default holds", field.name)
    return Settings(**values)


def save(settings: Settings, path: Path) -> None:
    """Write *settings* to *path*, whole or not at all.

    Raises:
        OSError: the folder cannot be written.
    """
    draft = path.with_suffix(".toml.new")
    draft.write_text(tomli_w.dumps(dataclasses.asdict(settings)), encoding="utf-8")
    draft.replace(path)


def _lines(value: object) -> tuple[LineSetting, ...]:
    lines = []
    for entry in value if isinstance(value, list) else []:
        try:
            lines.append(LineSetting(**{key: str(text) for key, text in entry.items()}))
        except (TypeError, AttributeError):
            _log.warning("a line in the settings is not understood; it is left out")
    return tuple(lines)
