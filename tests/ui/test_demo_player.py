"""A person's keys, pressed by the demo in the window while the first sample call runs."""

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.categories import Category
from hotline_desk.ui.demo_player import play
from hotline_desk.ui.kit.keys import Verb

KEYS = ((0.5, "F2"), (1.5, "F5"), (11.0, "F7"), (36.0, "F8"), (50.0, "F6"),
        (57.0, "Tab"), (57.1, "Tab"), (57.2, "Ctrl+S"))  # fmt: skip
SECONDS = 56.0
PATIENCE = 120_000


def test_the_demo_ends_with_a_row_and_its_pdf_on_the_screen(
    qtbot, window, record, sample_lines, workspace
):
    record(window.desk, sample_lines)

    player = play(window, KEYS, seconds=SECONDS)
    with qtbot.waitSignal(player.finished, timeout=PATIENCE):
        pass
    qtbot.waitUntil(lambda: window.papers.page is not None and window.papers.page.pages > 0)

    assert "演示结束" in window.messages.text
    assert "Esc" in window.messages.text
    (row,) = window.desk.live.hour.questions
    assert row.category is Category.WAGES
    assert "工资" in row.point
    assert "工资" in row.text
    assert row.answer
    assert [call.state for call in window.desk.live.hour.calls] == [CallState.ENDED]
    assert not window.desk.recording.recording
    assert window.desk.summary.summary.path.read_bytes().startswith(b"%PDF")
    window.papers.page.closed.emit()
    assert window.page is Verb.LIVE
