"""The desk on a day without a broadcast: calls and a question that belong to no episode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Channel, Gender
from hotline_desk.ui.kit.keys import Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.ui.main_window import MainWindow

_CALLERS = (
    ("赵", Gender.WOMAN, "莒县", "某服装厂", "缝纫工", "离职三个月还没有拿到离职证明",
     Channel.VISIT),
    ("欧阳", Gender.MASTER, "岚山区", "某某物业管理服务有限公司", "保安",
     "加班没有加班费，单位说是综合工时", Channel.HOTLINE),
)  # fmt: skip


def photograph_weekday(
    window: MainWindow, shoot: Callable[[str], None], until: Callable[[Callable[[], bool]], None]
) -> None:
    """Photograph calls outside an episode, a question of one of them, and all of a caller."""
    live = window.desk.live
    window.open_page(Verb.LIVE)
    until(lambda: live.read)
    for surname, title, district, employer, trade, point, channel in _CALLERS:
        known = {call.id for call in live.hour.calls}
        window.verbs[Verb.NEW_CALL].trigger()
        until(lambda known=known: {call.id for call in live.hour.calls} - known)  # type: ignore[misc]
        call = next(call for call in live.hour.calls if call.id not in known)
        written = {"name": surname, "title": title, "phone": "13800000000", "district": district,
                   "employer": employer, "occupation": trade, "point": point}  # fmt: skip
        live.save_caller(call.id, {name: str(text) for name, text in written.items()})
        live.save_channel(call, channel)
    until(lambda: {call.point for call in live.hour.calls} >= {point for *_, point, _ in _CALLERS})
    window.verbs[Verb.QUESTION].trigger()
    until(lambda: bool(live.hour.questions))
    shoot("weekday-live")
    window.live._card._fold.click()  # noqa: SLF001  as a click
    shoot("weekday-caller")
