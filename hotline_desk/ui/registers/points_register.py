"""服务点: the tree of 填报单位, each below the unit that its sums go into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.units import Units
from hotline_desk.ui.kit.fields import Field, Shape
from hotline_desk.ui.kit.record_table import Column
from hotline_desk.ui.registers.register_leaf import RegisterSheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.ui.registers.register_form import Value
    from hotline_desk.ui.registers.register_view_model import Record
    from hotline_desk.workflows.registers import PointRow

_STEP = "　　"


def _above(rows: Sequence[PointRow], record: Record) -> Sequence[tuple[str, Value]]:
    """Return what a service point can stand below: neither itself nor what is below it."""
    union = rows[0].union if rows else ""
    points = [row.point for row in rows]
    own = {record.name, *(Units(union, points).under(record.name) if record.id else ())}
    offered = [
        (_STEP * (row.level - 1) + row.point.name, row.point.name)
        for row in rows
        if row.point.name not in own and (row.point.active or row.point.name == record.parent)
    ]
    return [(union or "本工会", ""), *offered]


POINTS: RegisterSheet[PointRow] = RegisterSheet(
    title="服务点",
    columns=(
        Column(
            title="名称",
            text=lambda row: _STEP * (row.level - 1) + row.point.name,
            width=220,
            stretches=True,
        ),
        Column(title="上级", text=lambda row: row.point.parent or row.union, width=160),
        Column(title="区县", text=lambda row: row.point.district, width=104),
        Column(title="地址", text=lambda row: row.point.address, width=200, room=900),
        Column(title="电话", text=lambda row: row.point.phone, width=128),
        Column(title="开放时间", text=lambda row: row.point.hours, width=180, room=1100),
        Column(title="状态", text=lambda row: "在用" if row.point.active else "停用", width=64),
    ),
    fields=(
        Field(name="name", title="名称", hint="台账里作为填报单位"),
        Field(name="parent", title="上级", shape=Shape.CHOICE),
        Field(name="district", title="区县"),
        Field(name="address", title="地址"),
        Field(name="phone", title="电话"),
        Field(name="hours", title="开放时间", hint="周一至周五 9:00–17:00"),
        Field(name="active", title="状态", shape=Shape.TICKS, options=("在用：每天要填报",)),
    ),
    offers={"parent": _above},
    empty="还没有服务点。\n按 Insert 登记区县、街道和企业的服务点：\n"
    "它们是每日台账和月汇总里的填报单位，下级的数加到上级。",
    new="新服务点",
    record=lambda row: row.point,
    blank=lambda: ServicePoint(name=""),
    says=lambda row: f"数加到：{row.point.parent or row.union}",
)
