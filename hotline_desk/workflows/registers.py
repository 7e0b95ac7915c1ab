"""Keep the registers of the office: who takes cases on (人员), and its service points (服务点)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from hotline_desk import settings as office
from hotline_desk.domain.casework.cases import CaseQuery
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.domain.units import Units
from hotline_desk.errors import NameInUse, NameTaken, PointInUse
from hotline_desk.output import Line
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from hotline_desk.ledger import Ledger

N = TypeVar("N", Staff, ServicePoint)

_KINDS = tuple(StaffKind)


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody of the register, and how much is in hand."""

    staff: Staff
    open_cases: int
    """How many cases this person has 在办."""


@dataclass(frozen=True, slots=True)
class PointRow:
    """A service point where it stands in the tree of 填报单位."""

    point: ServicePoint
    level: int
    """How many units stand above it; 1 where that is the union alone."""
    union: str
    """Who stands at the top."""


def staff_rows(ledger: Ledger) -> tuple[StaffRow, ...]:
    """Return the people of the register, those who are active first, by kind and team."""
    owned = ledger.count_in_hand()
    rows = [StaffRow(staff, owned.get(staff.name, 0)) for staff in ledger.kept(Staff)]
    return tuple(sorted(rows, key=_standing))


def point_rows(ledger: Ledger, union: str) -> tuple[PointRow, ...]:
    """Return the service points, each below the unit that its sums go into, *union* on top."""
    points = ledger.kept(ServicePoint)
    lines = [line for line in Units(union, points).lines() if line.words == line.name]
    places = {line.name: place for place, line in enumerate(lines)}
    rows = [PointRow(point, lines[places.get(point.name, 0)].level, union) for point in points]
    return tuple(sorted(rows, key=lambda row: places.get(row.point.name, 0)))


def keep_staff(ledger: Ledger, staff: Staff, *, by: str) -> Staff:
    """Keep somebody who takes cases on; cases know people by their names.

    Raises:
        NameInUse: cases say the name that is to change.
        NameTaken: somebody else has the name.
    """
    advises = "\n".join(filter(None, map(str.strip, staff.advises.splitlines())))
    staff = replace(staff, name=staff.name.strip(), advises=advises)
    with ledger.together():
        before = _before(staff, ledger.kept(Staff))
        if before is not None and before.name != staff.name:
            _refuse_owner(ledger, before.name)
        return ledger.keep(staff, by=by)


def keep_point(ledger: Ledger, point: ServicePoint, *, by: str) -> ServicePoint:
    """Keep a service point; rows and the points below it know it by its name.

    Raises:
        NameInUse: rows say the name that is to change.
        NameTaken: another service point has the name.
    """
    point = replace(point, name=point.name.strip())
    with ledger.together():
        known = ledger.kept(ServicePoint)
        before = _before(point, known)
        if before is not None and before.name != point.name:
            if ledger.has_unit(before.name):
                raise NameInUse(before.name)
            for each in known:
                if each.parent == before.name:
                    ledger.keep(replace(each, parent=point.name), by=by)
        return ledger.keep(point, by=by)


def take_out_staff(ledger: Ledger, staff: Staff, *, by: str) -> None:
    """Let somebody leave the register; the cases keep the name.

    Raises:
        RecordNotFound: this person has left already.
    """
    ledger.take_out(staff, by=by)


def take_out_point(ledger: Ledger, point: ServicePoint, *, by: str) -> None:
    """Let a service point leave that nothing hangs on.

    Raises:
        PointInUse: others stand below it, or rows say its name.
    """
    with ledger.together():
        below = [each for each in ledger.kept(ServicePoint) if each.parent == point.name]
        if below or ledger.has_unit(point.name):
            raise PointInUse(point.name)
        ledger.take_out(point, by=by)


def tell_staff(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for everybody of the register.

    Raises:
        LedgerError: the ledger cannot be opened or read.
        WorkspaceNotFound: the place is no workspace.
    """
    from hotline_desk.ledger import Ledger  # noqa: PLC0415  the window has one open

    with Ledger.open(existing(args.workspace).ledger) as ledger:
        rows = staff_rows(ledger)
    for row in rows:
        staff = row.staff
        parts = (staff.name, staff.kind, staff.team, staff.unit, staff.post, staff.expertise)
        words = "  ".join(filter(None, parts)) + f"  在办 {row.open_cases} 件"
        facts = asdict(staff) | {"advises": staff.advises.splitlines()}
        yield Line(words + _out_of_use(active=staff.active), facts | {"open_cases": row.open_cases})
    if not rows and not args.json:
        yield Line("还没有登记人员：在窗口的 设置（Ctrl+5）→ 人员 里填写。", {})


def tell_points(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for every service point, each below the unit that its sums go into.

    Raises:
        LedgerError: the ledger cannot be opened or read.
        WorkspaceNotFound: the place is no workspace.
    """
    from hotline_desk.ledger import Ledger  # noqa: PLC0415  the window has one open

    workspace = existing(args.workspace)
    with Ledger.open(workspace.ledger) as ledger:
        rows = point_rows(ledger, office.load(workspace.settings).union)
    for row in rows:
        point = row.point
        parts = (point.name, point.district, point.address, point.phone, point.hours)
        words = "  " * (row.level - 1) + "  ".join(filter(None, parts))
        yield Line(
            words + _out_of_use(active=point.active),
            asdict(point) | {"parent": point.parent or row.union},
        )
    if not rows and not args.json:
        yield Line("还没有登记服务点：在窗口的 设置（Ctrl+5）→ 服务点 里填写。", {})


def _before(record: N, known: Iterable[N]) -> N | None:
    """Return what *record* was among *known*; None for a new one.

    Raises:
        NameTaken: another of them has its name.
    """
    found = None
    for each in known:
        if each.id == record.id:
            found = each
        elif each.name == record.name:
            raise NameTaken(record.name)
    return found


def _refuse_owner(ledger: Ledger, name: str) -> None:
    if ledger.cases(CaseQuery(owner=name, limit=1)):
        raise NameInUse(name)


def _standing(row: StaffRow) -> tuple[bool, int, str, str]:
    staff = row.staff
    return not staff.active, _KINDS.index(staff.kind), staff.team, staff.name


def _out_of_use(*, active: bool) -> str:
    return "" if active else "（停用）"
