"""填报单位: the union and its service points, whose sums go from the point to the city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.staff import ServicePoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One row of a sheet by 填报单位."""

    name: str
    words: str
    """How it is shown: its name, with 本级 where these are its own rows without those below it."""
    level: int
    """0 for the one at the top."""
    units: frozenset[str]
    """Whose rows it counts."""
    is_sum: bool
    """Whether it sums what stands below it."""
    is_active: bool
    """Whether it still has to report."""


class Units:
    """The tree of 填报单位; the union stands at its top."""

    def __init__(
        self, union: str, points: Iterable[ServicePoint], *, unregistered: Iterable[str] = ()
    ) -> None:
        """Take the union's name and its service points; whom nobody is above is the union's.

        Args:
            union: its name.
            points: those of the register.
            unregistered: what rows say that is in no register: told apart, not as the union's own.
        """
        self.union = union
        known = {point.name: point for point in points if point.name != union}
        self._unregistered = sorted({*unregistered} - {"", union, *known})
        known |= {name: ServicePoint(name=name, active=False) for name in self._unregistered}
        self._inactive = frozenset(name for name, point in known.items() if not point.active)
        self._parents = {
            name: point.parent if point.parent in known else union for name, point in known.items()
        }
        for name in known:
            if name in self._above(name):
                self._parents[name] = union

    @property
    def names(self) -> tuple[str, ...]:
        """Every unit, each before those below it."""
        return tuple(self._downwards(self.union))

    def home(self, unit: str) -> str:
        """Return whose rows those are that say *unit*: the union's where nobody knows it."""
        return unit if unit in self._parents else self.union

    def under(self, unit: str) -> tuple[str, ...]:
        """Return *unit*, the union while empty, and all that report to it.

        Raises:
            KeyError: nobody knows it.
        """
        if unit and unit != self.union and unit not in self._parents:
            raise KeyError(unit)
        return tuple(self._downwards(unit or self.union))

    def lines(self, unit: str = "") -> tuple[UnitLine, ...]:
        """Return the rows of a sheet: *unit*, the union while empty, and all below it.

        One that has others below it stands for their sum, and with its own rows, 本级, below.

        Raises:
            KeyError: nobody knows the unit.
        """
        return tuple(self._lines(self.under(unit)[0], 0))

    def _lines(self, unit: str, level: int) -> Iterator[UnitLine]:
        below = self._children(unit)
        active = unit not in self._inactive
        yield UnitLine(
            name=unit,
            words=f"{unit}（未登记）" if unit in self._unregistered else unit,
            level=level,
            units=frozenset(self._downwards(unit)),
            is_sum=bool(below),
            is_active=active,
        )
        if below:
            yield UnitLine(
                name=unit,
                words=f"{unit}本级",
                level=level + 1,
                units=frozenset({unit}),
                is_sum=False,
                is_active=active,
            )
        for child in below:
            yield from self._lines(child, level + 1)

    def _downwards(self, unit: str) -> Iterator[str]:
        yield unit
        for child in self._children(unit):
            yield from self._downwards(child)

    def _children(self, unit: str) -> list[str]:
        return [name for name, parent in self._parents.items() if parent == unit]

    def _above(self, name: str) -> list[str]:
        """Return what lies above *name*, up to the union or once around a ring."""
        found: list[str] = []
        while (name := self._parents.get(name, self.union)) != self.union and name not in found:
            found.append(name)
        return found
