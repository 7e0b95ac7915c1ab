"""What all foreseen failures are, and what several of them carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class HotlineDeskError(Exception):
    """A failure that the environment, the user or a device can cause."""


class Cancelled(Exception):
    """Somebody asked for the work to stop; no error, and nothing is shown."""


class CarriesPath(Exception):
    """It is about one file or folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class CarriesPlace(Exception):
    """It is about one place in a file: *where* says which, in words."""

    def __init__(self, path: Path, where: str) -> None:
        super().__init__(f"{path} {where}")
        self.path = path
        self.where = where


class CarriesFaults(Exception):
    """It counts what was found wrong at one place."""

    def __init__(self, path: Path, faults: int) -> None:
        super().__init__(f"{path}: {faults}")
        self.path = path
        self.faults = faults


class CarriesName(Exception):
    """It is about something by its name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class CarriesNames(Exception):
    """It is about several things, their names in one line."""

    def __init__(self, names: str) -> None:
        super().__init__(names)
        self.names = names


class CarriesNumber(Exception):
    """It is about something by its number."""

    def __init__(self, number: int | str) -> None:
        super().__init__(str(number))
        self.number = number


class CarriesDevice(Exception):
    """It is about one device."""

    def __init__(self, device: str) -> None:
        super().__init__(device)
        self.device = device


class CarriesDeed(Exception):
    """It says what may not be done, and why."""

    def __init__(self, deed: str, fault: str) -> None:
        super().__init__(f"{deed}: {fault}")
        self.deed = deed
        self.fault = fault


class CarriesMonth(Exception):
    """It is about one month."""

    def __init__(self, month: str) -> None:
        super().__init__(month)
        self.month = month
