"""What was published, and what is asked before a person is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.publications import Publication, Reviews
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from hotline_desk.ui.ledger.person_dialog import PersonDialog
from hotline_desk.ui.ledger.person_sheet import PersonSheet
from hotline_desk.workflows.publications import answer_consent

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hotline_desk.ledger import Ledger
    from hotline_desk.ui.main_window import MainWindow

_PLACES = ("职工大讲堂", "微信公众号", "市总工会网站")


def photograph_persons(
    window: MainWindow,
    shoot: Callable[[str], None],
    until: Callable[[Callable[[], bool]], None],
    out: Path,
) -> None:
    """Photograph the register of publications, a caller's leaf, and the question."""
    desk = window.desk
    filled: list[bool] = []
    desk.office.ask(_fill, owner=desk, then=filled.append)
    until(lambda: bool(filled))
    window.verbs[Verb.PUBLISHED].trigger()
    until(lambda: bool(desk.publications.rows))
    shoot("archive-publications")
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(SavedView.ALL)
    window.ledger._panel._tabs.setCurrentIndex(2)  # noqa: SLF001  as a click
    until(lambda: any(sheet.isVisible() for sheet in window.findChildren(PersonSheet)))
    shoot("ledger-caller")
    shown = [sheet for sheet in window.findChildren(PersonSheet) if sheet.isVisible()]
    shown[0].delete.click()
    until(lambda: bool(window.findChildren(PersonDialog)))
    asked = window.findChildren(PersonDialog)[0]
    asked.grab().save(str(out / "person-asked.png"))
    asked.reject()


def _fill(ledger: Ledger) -> bool:
    episode = ledger.episodes()[0]
    for place in _PLACES:
        ledger.keep(
            Publication(
                item=f"第 {episode.number} 期音频",
                episode=episode.number,
                place=place,
                published_on=studio_now().date(),
                version="公开版 1",
                approved_by=Reviews("干部甲", "干部乙", "主任").text,
            ),
            by="审看",
        )
    call = next(question.call_id for question in ledger.questions() if question.call_id)
    answer_consent(ledger, call, {"replay": False}, by="审看")
    return True
