"""The statistics page with months of an office in it: every leaf, every part, every paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period, month_of
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.statistics.usual_period import Usual

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.ui.main_window import MainWindow


def photograph_months(
    window: MainWindow, shoot: Callable[[str], None], until: Callable[[Callable[[], bool]], None]
) -> None:
    """Photograph the page's leaves, a month that is being closed, and the rows behind a bar."""
    page, desk = window.statistics, window.desk
    until(lambda: desk.statistics.figures is not None and desk.monthly.sheet is not None)
    shoot("months-figures")
    desk.statistics.choose_usual(Usual.SINCE_START)
    desk.statistics.choose_group(Group.EPISODE)
    page.figures.bars.setFocus()
    until(lambda: bool(page.figures.bars.bars) and page.figures.bars.bars[0].name[0] == "第")
    shoot("months-episodes")
    page.leaves.setCurrentWidget(page.daily)
    desk.daily.choose_usual(Usual.MONTH)
    until(lambda: desk.daily.sheet is not None and len(desk.daily.sheet.rows) > 10)
    shoot("months-daily")
    page.leaves.setCurrentWidget(page.monthly)
    last = Period.of_month(month_of(studio_now().date())).before
    desk.monthly.choose_month(last.before.month)
    until(lambda: desk.monthly.sheet is not None and desk.monthly.sheet.month != last.month)
    page.monthly.close_month.click()
    shoot("months-closing")
    desk.monthly.close("")
    until(lambda: desk.monthly.is_closed)
    shoot("months-closed")
    desk.monthly.choose_month(last.month)
    until(lambda: desk.monthly.sheet is not None and desk.monthly.sheet.month == last.month)
    for at in range(4):
        page.monthly._choices.button(at).click()  # noqa: SLF001  as a person does
        shoot(f"months-part-{at}")
    page.leaves.setCurrentWidget(page.bases)
    shoot("months-bases")
    desk.monthly.print_()
    until(lambda: desk.summary.summary is not None)
    shoot("months-paper")
    window.open_page(window.page)
    arranged: list[object] = []
    desk.ledger.arranged.connect(arranged.append)
    desk.statistics.open_figure("questions")
    until(lambda: bool(arranged))
    shoot("months-rows")
