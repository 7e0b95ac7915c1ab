"""How the table of the ledger is chosen, put in order and grouped; and views of it with a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from array import array


class Facet(StrEnum):
    """What rows are filtered and grouped by; each row has one value of it as text, or none."""

    CATEGORY = "问题类别"
    KIND = "类型"
    CHANNEL = "来源渠道"
    HANDLING = "办理方式"
    CASE = "立案"
    LAWYER = "解答人"
    CONFIRMED = "解答律师确认"
    DISTRICT = "区县街道"
    UNIT = "填报单位"
    LABEL = "人员标签"
    EPISODE = "期号"
    MONTH = "月份"
    KEEPING = "保管期限"


GROUPS = (Facet.CATEGORY, Facet.EPISODE, Facet.MONTH, Facet.CHANNEL, Facet.LAWYER,
          Facet.DISTRICT, Facet.UNIT)  # fmt: skip
"""What the table can be grouped by."""

Filters = Mapping[Facet, tuple[str, ...]]
"""For each facet the values of which a row has to have one."""


class Confirmation(StrEnum):
    """The values of the facet 解答律师确认."""

    CONFIRMED = "已确认"
    OPEN = "未确认"
    UNANSWERED = "没有解答"


class Filing(StrEnum):
    """The values of the facet 立案."""

    FILED = "已立案"
    NOT_FILED = "未立案"


class Order(StrEnum):
    """What rows are put in order by."""

    NUMBER = "number"
    AT = "at"
    CATEGORY = "category"
    KIND = "kind"
    CHANNEL = "channel"
    POINT = "point"
    CONFIRMED = "confirmed"
    CALLER = "caller"
    DISTRICT = "district"
    EMPLOYER = "employer"
    AMOUNT = "amount"
    PEOPLE = "people"
    HANDLING = "handling"
    CASE = "case"
    LAWYER = "lawyer"
    UNIT = "unit"
    LABEL = "label"
    EXTERNAL = "external"
    RECORDED_BY = "recorded_by"
    KEEPING = "keeping"


class Lately(StrEnum):
    """Days of receiving that move along with today."""

    EPISODE = "本期"
    TODAY = "今日"
    WEEK = "本周"
    MONTH = "本月"
    LAST_MONTH = "上月"
    YEAR = "今年"

    def days(self, today: date) -> tuple[date, date]:
        """Return the first and the last of the days; of 本期, which is no number of days, today."""
        first_of_month = today.replace(day=1)
        last_month = first_of_month - timedelta(days=1)
        first = {
            Lately.WEEK: today - timedelta(days=today.weekday()),
            Lately.MONTH: first_of_month,
            Lately.LAST_MONTH: last_month.replace(day=1),
            Lately.YEAR: today.replace(month=1, day=1),
        }
        return first.get(self, today), last_month if self is Lately.LAST_MONTH else today


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of the ledger, and how."""

    words: str = ""
    lately: Lately | None = None
    filters: Filters = field(default_factory=dict)
    group: Facet | None = None
    order: Order | None = None
    """None is the ledger's own: the newest day first, by the numbers within it."""
    descending: bool = False

    def text(self) -> str:
        """Return it as a view keeps it."""
        kept: dict[str, Any] = {
            "words": self.words,
            "lately": self.lately,
            "filters": {facet.name: values for facet, values in self.filters.items()},
            "group": self.group and self.group.name,
            "order": self.order,
            "descending": self.descending,
        }
        return json.dumps(
            {name: value for name, value in kept.items() if value}, ensure_ascii=False
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view of the table that somebody has given a name (视图)."""

    id: int = 0
    name: str
    shows: str
    """As `Shown.text` writes it."""

    @property
    def shown(self) -> Shown:
        """What it shows; what this version does not know of it is left out."""
        kept = json.loads(self.shows)
        filters = kept.get("filters", {})
        group, order, lately = (kept.get(name) for name in ("group", "order", "lately"))
        return Shown(
            words=kept.get("words", ""),
            lately=Lately(lately) if lately in {each.value for each in Lately} else None,
            filters={facet: tuple(filters[facet.name]) for facet in Facet if facet.name in filters},
            group=Facet[group] if group in Facet.__members__ else None,
            order=Order(order) if order in {each.value for each in Order} else None,
            descending=bool(kept.get("descending")),
        )


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Rows of one value, under a heading."""

    value: str
    """Of the facet; empty where the rows have none."""
    count: int


@dataclass(frozen=True, slots=True)
class Arranged:
    """All rows that were asked for, by their ids alone; they are read as they come into sight."""

    ids: array[int]
    groups: tuple[GroupCount, ...] = ()
    """In order, covering all ids; none where it is not grouped."""
