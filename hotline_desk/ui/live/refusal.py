"""不同意录音 as a key: the caller at hand refuses to be recorded, or agrees after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.ui.live.hour import AtHand, Hour, speaking_call
from hotline_desk.workflows.consent import allow, refuse

if TYPE_CHECKING:
    from hotline_desk.domain.calls import Call
    from hotline_desk.workflows.calls import CallDesk


def turn_refusal(desk: CallDesk, hour: Hour, at_hand: AtHand, at: float) -> Call | None:
    """Note the other answer of the call that is picked, else on the air; None without one."""
    call = at_hand.call if at_hand.picked else speaking_call(hour, at_hand)
    if call is None:
        return None
    return allow(desk, call) if call.consent.record is False else refuse(desk, call, at=at)


def refusal_words(call: Call | None) -> str:
    """Return what to say of the answer that *call* has now, and what to do without one."""
    if call is None:
        return "先选中一个来电，再按 Shift+F12。"
    name = call.caller.spoken_name
    if call.consent.record is False:
        return f"{name} 不同意录音：字幕、导出和播放里都不再有这通电话。按 Ctrl+Z 取消。"
    return f"{name} 同意录音；已经清除的声音回不来。"
