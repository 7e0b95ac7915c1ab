"""The ledger's table: grouped, filtered, many rows selected, a view being named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.arranging import Facet, Filing
from hotline_desk.ui.ledger.ledger_view_model import SavedView

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.ui.main_window import MainWindow


def photograph_table(
    window: MainWindow, shoot: Callable[[str], None], until: Callable[[Callable[[], bool]], None]
) -> None:
    """Photograph the table as it stands in its several ways, and leave it with all rows."""
    page, model = window.ledger, window.desk.ledger
    rows = page._table.rows  # noqa: SLF001  as one sees it
    model.group(Facet.CATEGORY)
    until(lambda: rows.grouped)
    page.focus_list()
    shoot("ledger-grouped")
    model.group(None)
    model.choose(Facet.CHANNEL, ("直播热线", "12351 热线"))
    page._table.selectAll()  # noqa: SLF001  as Ctrl+A
    page.bulk.begin()
    until(page.bulk.isVisible)
    shoot("ledger-many")
    page.views._name(None)  # noqa: SLF001  as a click
    shoot("ledger-view-named")
    page.views._put_away()  # noqa: SLF001  as Esc
    page.show_ids(rows.ids[:3], "工资 · 2026年11月")
    until(lambda: len(rows.ids) == len(model.ids or ()))
    shoot("ledger-from-figures")
    model.choose(Facet.CASE, (Filing.FILED,))
    model.choose(Facet.DISTRICT, ("山海天",))
    until(lambda: not rows.ids)
    shoot("ledger-nothing")
    page.choose_view(SavedView.ALL)
    until(lambda: bool(rows.ids))
