"""Read what stands in the fields of a deed: days, moments, amounts, choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.ui.kit.day_text import day_of, moment_of
from hotline_desk.ui.kit.field_text import NotUnderstood, from_text

if TYPE_CHECKING:
    from datetime import date, datetime

    Values = dict[str, str]
    """What stands in the fields by their names; of ticks those set, with 、 between."""


class Reading:
    """Reads what stands in a deed's fields, and says which one is wrong (NotUnderstood)."""

    def __init__(self, values: Values, now: datetime) -> None:
        self._values = values
        self._now = now

    @property
    def today(self) -> date:
        """The studio's day."""
        return self._now.date()

    def line(self, name: str) -> str:
        """Return what stands there, without blanks around it."""
        return self._values.get(name, "").strip()

    def words(self, name: str) -> list[str]:
        """Return what is ticked there."""
        return list(filter(None, self._values.get(name, "").split("、")))

    def day(self, name: str, what: str) -> date:
        """Return a day that has come: what is noted has happened."""
        found = self.maybe_day(name, what)
        if found is None:
            raise NotUnderstood(f"还没有填{what}。")
        return found

    def maybe_day(self, name: str, what: str) -> date | None:
        """Return a day that has come, None where nothing stands there."""
        found = self.any_day(name, what)
        if found is not None and found > self._now.date():
            raise NotUnderstood(f"{what}不能晚于今天，到了那天再记。")
        return found

    def coming_day(self, name: str, what: str) -> date:
        """Return any day."""
        found = self.any_day(name, what)
        if found is None:
            raise NotUnderstood(f"还没有填{what}。")
        return found

    def moment(self, name: str) -> datetime:
        """Return a moment that has come."""
        try:
            found = moment_of(self.line(name), self._now)
        except ValueError:
            raise NotUnderstood("时间请写成 11-25 09:10，当天的可以只写 09:10。") from None
        if found > self._now:
            raise NotUnderstood("联系的时间不能晚于现在。")
        return found

    def any_day(self, name: str, what: str) -> date | None:
        """Return any day, None where nothing stands there."""
        try:
            return day_of(self.line(name), self._now.date())
        except ValueError:
            raise NotUnderstood(f"{what}请写成 2026-11-25、11-25 或“今天”。") from None

    def chosen(self, name: str, what: str) -> str:
        """Return what is chosen there."""
        if not self.line(name):
            raise NotUnderstood(f"还没有选{what}。")
        return self.line(name)

    def wanted(self, name: str, what: str) -> str:
        """Return what stands there."""
        if not self.line(name):
            raise NotUnderstood(f"还没有填{what}。")
        return self.line(name)

    def fen(self, name: str, what: str) -> int | None:
        """Return an amount in fen, None where nothing stands there."""
        try:
            found: int | None = from_text("amount_fen", self.line(name))
        except NotUnderstood:
            raise NotUnderstood(f"{what}请写成数字，例如 3000 或 3.3万。") from None
        return found
