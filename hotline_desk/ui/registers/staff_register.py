"""人员: who takes cases on, with team, 专长, 顾问单位 and how many cases are in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.staff import Staff, StaffKind
from hotline_desk.ui.kit.fields import Field, Shape
from hotline_desk.ui.kit.record_table import Column
from hotline_desk.ui.registers.register_leaf import RegisterSheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.ui.registers.register_form import Value
    from hotline_desk.ui.registers.register_view_model import Record
    from hotline_desk.workflows.registers import StaffRow


def _kinds(_rows: Sequence[StaffRow], _record: Record) -> Sequence[tuple[str, Value]]:
    return [(kind.value, kind) for kind in StaffKind]


def _advises(row: StaffRow) -> str:
    return "、".join(row.staff.advises.splitlines())


STAFF: RegisterSheet[StaffRow] = RegisterSheet(
    title="人员",
    columns=(
        Column(title="姓名", text=lambda row: row.staff.name, width=128),
        Column(title="身份", text=lambda row: row.staff.kind, width=104),
        Column(title="队伍", text=lambda row: row.staff.team, width=150),
        Column(title="单位", text=lambda row: row.staff.unit, width=140, room=760),
        Column(title="专长", text=lambda row: row.staff.expertise, width=160, stretches=True),
        Column(title="顾问单位", text=_advises, width=180, room=1100),
        Column(title="在办", text=lambda row: f"{row.open_cases} 件", width=72, figure=True),
        Column(title="状态", text=lambda row: "在用" if row.staff.active else "停用", width=64),
    ),
    fields=(
        Field(name="name", title="姓名", hint="案件里按这个名字认人"),
        Field(name="kind", title="身份", shape=Shape.CHOICE),
        Field(name="team", title="队伍", hint="职工维权快速反应第一队"),
        Field(name="unit", title="单位"),
        Field(name="post", title="职务"),
        Field(name="phone", title="电话"),
        Field(name="expertise", title="专长", hint="工伤、工资", shape=Shape.TEXT, lines=2),
        Field(
            name="advises",
            title="顾问单位",
            hint="一行一个单位；派案时核查利益冲突",
            shape=Shape.TEXT,
            lines=4,
        ),
        Field(name="active", title="状态", shape=Shape.TICKS, options=("在用：派案时可以选",)),
    ),
    offers={"kind": _kinds},
    empty="还没有人员。\n按 Insert 登记律师、劳模调解员、工会干部和志愿者：\n"
    "派案时从这里选人，并按顾问单位核查利益冲突。",
    new="新人员",
    record=lambda row: row.staff,
    blank=lambda: Staff(name="", kind=StaffKind.LAWYER),
    says=lambda row: f"在办案件 {row.open_cases} 件",
)
