"""访问记录: who saw or took out what is masked for everyone else; nobody writes in it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.ui.kit.record_table import Column
from hotline_desk.ui.registers.register_leaf import RegisterSheet

if TYPE_CHECKING:
    from hotline_desk.domain.publications import Access


def _at(row: Access) -> str:
    return f"{row.at.astimezone(STUDIO_ZONE):%Y-%m-%d %H:%M}"


ACCESSES: RegisterSheet[Access] = RegisterSheet(
    title="访问记录",
    columns=(
        Column(title="时间", text=_at, width=140),
        Column(title="谁", text=lambda row: row.who, width=120),
        Column(title="看了或取走了什么", text=lambda row: row.what, width=300, stretches=True),
        Column(title="为什么", text=lambda row: row.why, width=240),
    ),
    empty="还没有访问记录。\n有人打开或导出不脱敏的内容时，这里会记下时间、姓名和内容。",
    record=lambda row: row,
)
