"""Another office's table on its way in, and rows on their way out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.ledger.ledger_view_model import SavedView

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.ui.main_window import MainWindow

_HEADINGS = (
    "序号", "工单编号", "登记时间", "受理渠道", "诉求人", "联系方式", "所属区县", "单位名称",
    "诉求分类", "诉求标题", "诉求内容", "答复内容", "涉及金额", "涉及人数", "是否保密", "备注",
    "填报单位",
)  # fmt: skip
_CATEGORIES = ("劳动报酬", "工资", "社会保险", "工伤", "劳动争议", "解除合同", "未缴社保")
_UNITS = ("东港区职工服务中心", "莒县工会服务中心", "日照街道工会服务站")
_ROWS = 60


def photograph_exchange(
    window: MainWindow, shoot: Callable[[str], None], until: Callable[[Callable[[], bool]], None]
) -> None:
    """Photograph an import from its empty page to its plan, and the export page."""
    incoming = window.desk.incoming
    window.verbs[Verb.IMPORT].trigger()
    shoot("import-empty")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2025年职工诉求工单汇总.xlsx"
        _write(path)
        incoming.open(path)
        until(lambda: incoming.plan is not None and not incoming.busy)
        shoot("import-proposals")
        for name in ("import-words", "import-problems"):
            incoming.take_proposals()
            until(lambda: incoming.plan is not None and not incoming.busy)
            shoot(name)
        incoming.skip(skips=True)
        until(lambda: incoming.can_take_in)
        shoot("import-ready")
    incoming.close()
    window.open_page(Verb.LEDGER)
    window.verbs[Verb.EXPORT].trigger()
    shoot("export")
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(SavedView.ALL)


def _write(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("工单")
        sheet.write_string(0, 0, "2025 年职工诉求工单汇总")
        sheet.write_row(1, 0, _HEADINGS)
        for at in range(_ROWS):
            sheet.write_row(at + 2, 0, (
                at + 1, f"RZ2025{at:05}", f"2025-{1 + at % 12:02}-{1 + at % 28:02} 09:{at:02}",
                "12345转办" if at % 3 else "电话", f"王某{at}",
                "1.38E+10" if at == 3 else f"138{at:08}", "东港区",
                "某某物业管理服务有限公司" if at % 2 else "某建筑劳务",
                _CATEGORIES[at % len(_CATEGORIES)], "拖欠两个月工资，要求支付",
                "在该公司工作两年，公司一直拖欠工资，多次催要没有结果。" * 2,
                "建议先协商，协商不成可申请仲裁。", "-500" if at % 20 == 7 else "3.3万",
                at % 12 + 1, "是", "", _UNITS[at % len(_UNITS)],
            ))  # fmt: skip
