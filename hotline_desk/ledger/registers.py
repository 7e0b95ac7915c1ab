"""Registers: flat records of one table each, kept, changed and taken back by one mechanism."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from hotline_desk.domain.arranging import View
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import Category
from hotline_desk.domain.deletions import Deletion, DeletionReason
from hotline_desk.domain.publications import Access, Publication
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.domain.statistics.closings import MonthClosing, Opening, PublishedCategory
from hotline_desk.ledger.connection import Row, insert, row, update
from hotline_desk.ledger.rows import from_stored, moment_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

    from hotline_desk.ledger.rows import Fact, Facts


class Registered(Protocol):
    """A record of a register: a dataclass with an id, 0 while it is not in the ledger."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> int:
        """The id."""


R = TypeVar("R", bound=Registered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Generic[R]):
    """How the records of one dataclass lie in their table: a column a field, and *removed*."""

    name: str
    record: type[R]
    what: str
    """What people call one of them."""
    title: str
    """The column that tells people which one it is."""
    read: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    """What reads the columns that are more than text and whole numbers; not called with NULL."""
    lets_go: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The column, with its table, that tells one record from another."""
        return f"{self.name}.id"

    @property
    def select(self) -> str:
        """Reads the records."""
        return f"SELECT * FROM {self.name}"  # noqa: S608  our own names

    def facts(self, record: R) -> Facts:
        """Return the facts of a record."""
        return {
            each.name: _stored(getattr(record, each.name))
            for each in fields(self.record)
            if each.name != "id"
        } | {"removed": 0}

    def of(self, found: Row) -> R:
        """Return the record that a row holds.

        Raises:
            StoredValueUnreadable: the desk does not write such a row.
        """
        return self._of(found)

    def plain(self, found: Row) -> Facts:
        """Return the facts among what was read of a record."""
        return {name: value for name, value in found.items() if name != "id"}

    def insert(self, db: Database, facts: Facts) -> int:
        """Add a record and return its id."""
        return insert(db, self.name, facts)

    def update(self, db: Database, row_id: int, facts: Facts) -> None:
        """Write all facts of a record that exists."""
        update(db, self.name, "id", row_id, facts)

    def words(self, db: Database, row_id: int) -> str:
        """Return what people call the record."""
        found = row(db, f"{self.select} WHERE id = ?", (row_id,)) or {}
        return f"{self.what} {found.get(self.title, '')}"

    def _of(self, found: Row) -> R:
        @from_stored
        def made() -> R:
            return self.record(**{
                each.name: self._value(each.name, found[each.name])
                for each in fields(self.record)
            })  # fmt: skip

        return made()

    def _value(self, name: str, stored: Any) -> Any:  # noqa: ANN401  whatever a field holds
        reader = self.read.get(name)
        return stored if reader is None or stored is None else reader(stored)


def _stored(value: Any) -> Fact:  # noqa: ANN401  whatever a field holds
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    return int(value) if isinstance(value, bool) else value


_day = date.fromisoformat

REGISTERS: dict[type, Register[Any]] = {
    register.record: register
    for register in (
        Register(name="staff", record=Staff, what="人员", title="name",
                 read={"kind": StaffKind, "active": bool}),
        Register(name="points", record=ServicePoint, what="服务点", title="name",
                 read={"active": bool}),
        Register(name="letters", record=Letter, what="一函两书", title="number",
                 read={"kind": LetterKind, "sent_on": _day, "answer_by": _day,
                       "answered_on": _day, "voided_on": _day}),
        Register(name="publications", record=Publication, what="发布", title="item",
                 read={"published_on": _day, "withdrawn_on": _day}),
        Register(name="accesses", record=Access, what="访问记录", title="at",
                 read={"at": datetime.fromisoformat}),
        Register(name="deletions", record=Deletion, what="个人信息删除", title="at",
                 read={"at": datetime.fromisoformat, "reason": DeletionReason,
                       "finished_at": datetime.fromisoformat}),
        Register(name="openings", record=Opening, what="期初数", title="figure",
                 read={"as_of": _day}),
        Register(name="published_categories", record=PublishedCategory, what="统计口径",
                 title="category", read={"category": Category}),
        Register(name="views", record=View, what="视图", title="name"),
        Register(name="month_closings", record=MonthClosing, what="月结", title="month",
                 read={"reported_on": _day}),
    )
}  # fmt: skip
"""Every register by the dataclass of its records."""
