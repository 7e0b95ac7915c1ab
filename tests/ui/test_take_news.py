"""What the recorder notes is told in one sentence, once, and not told again to a later window."""

import inspect
import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from hotline_desk.capture import events, findings
from hotline_desk.take import journal
from hotline_desk.ui.live import take_news
from hotline_desk.ui.live.reception import Watcher
from hotline_desk.ui.live.take_news import news
from hotline_desk.ui.session_end import SessionEnd

PATIENCE = 60_000


@pytest.mark.parametrize(
    ("event", "words", "warns", "stays"),
    [
        ({"event": "device_lost", "reason": "repeating"}, "一直送来同一段声音", True, False),
        ({"event": "device_lost", "reason": "absent"}, "接上就会录", True, False),
        ({"event": "device_back"}, "又接上了", False, False),
        ({"event": "device_back", "rate_hz": 44_100}, "44,100 Hz", True, False),
        ({"event": "end", "reason": "longest"}, "自己结束了", True, True),
        ({"event": "device_failed"}, "会一直重试", True, True),
        ({"event": "gap", "samples": 48_000, "seconds": 3.0}, "断了约 3 秒", False, False),
        ({"event": "disk_low", "minutes": 60}, "60 分钟", True, False),
        ({"event": "disk_low", "minutes": 15}, "15 分钟", True, True),
        ({"event": "disk_full", "reason": "full"}, "马上腾出空间", True, True),
        ({"event": "second_folder"}, "第二文件夹", True, False),
        ({"event": "home"}, "移回工作文件夹", False, False),
        ({"event": "segment_cut"}, "截短", True, False),
        ({"event": "sleep", "seconds": 75.0}, "1 分 15 秒", True, False),
        ({"event": "no_inhibit", "reason": "refused"}, "睡眠", True, False),
        ({"event": "purged", "reason": "refused"}, "不同意录音", False, False),
        ({"event": "purge_failed", "error": "OSError"}, "没能清除", True, False),
        ({"event": "room_failed", "error": "OSError"}, "还能录多久", True, False),
    ],
)
def test_each_thing_that_matters_has_a_sentence(event, words, warns, stays):
    told = news(event, "演播室")

    assert words in told.words
    assert (told.warns, told.stays) == (warns, stays)


@pytest.mark.parametrize("event", ["begin", "overflow", "line_over", "end", "unheard of"])
def test_what_needs_no_eyes_now_is_left_to_the_health_sheet(event):
    assert news({"event": event}, "演播室") is None
    assert news({"event": "purged", "reason": "unclaimed"}, "坐席") is None
    assert news({"event": "end", "reason": "stop"}, "") is None


def test_every_event_is_told_found_or_silent_on_purpose():
    described = re.findall(r"^([a-z_]+(?:, [a-z_]+)*)  ", events.__doc__, re.MULTILINE)
    named = {name for names in described for name in names.split(", ")}
    found = {name for name in named if f'"{name}"' in inspect.getsource(findings)}

    assert len(named) > 20
    assert named - set(take_news._TELL) - found == {"line_over", "second_unneeded"}
    assert set(take_news._TELL) <= named


def test_news_are_told_once_and_old_ones_not_at_all(qtbot, window, record, quiet_lines):
    quick = [replace(line, device=f"{line.device}?speed=4") for line in quiet_lines]
    folder = record(window.desk, quick)
    qtbot.waitUntil(lambda: window.desk.recording.now.elapsed > 11, timeout=PATIENCE)
    event = {"event": "disk_low", "at": 11.0, "wall": "", "minutes": 60, "folder": ""}

    journal.append(folder / "events.jsonl", event)

    qtbot.waitUntil(lambda: "60 分钟" in window.messages.text, timeout=PATIENCE)
    later = Watcher(window.desk.office.workspace)
    assert later.look(2, None).news == ()


class Session:
    """Stands for the system's session manager, which a test cannot make."""

    def __init__(self):
        self.cancelled = False

    def cancel(self):
        self.cancelled = True


def test_the_sessions_end_asks_first_while_something_is_recorded(
    qtbot, qapp, window, record, quiet_lines
):
    end = SessionEnd(qapp, window, window.desk.recording)
    end.held_off.connect(window.ask_before_end)
    before, during = Session(), Session()

    end.hold_off(before)
    record(window.desk, quiet_lines)
    end.hold_off(during)

    assert isinstance(end, QObject)
    assert (before.cancelled, during.cancelled) == (False, True)
    assert window._ask.isVisible()
    window._ask._no.click()
    assert window.desk.recording.recording
