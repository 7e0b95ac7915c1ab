"""A row tells when it was said in the studio and when it was heard on the air."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from hotline_desk.domain.questions import NewQuestion, Span
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.take.take import Take
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.said import Said
from hotline_desk.ui.live.caption_list import CaptionList
from hotline_desk.workflows.recording import relative

PATIENCE = 60_000


@pytest.mark.slow
def test_a_rows_panel_shows_both(qtbot, window, record, quiet_lines, workspace):
    desk = window.desk
    folder = record(desk, quiet_lines)
    took = Take(folder)
    said_at = took.started_at.astimezone(STUDIO_ZONE) + timedelta(seconds=90.5)
    filed = NewQuestion(
        episode=190, point="拖欠两个月工资", at=studio_now(),
        take=relative(workspace, folder), asked=Span(line="来电", start=90.5, end=95.0),
    )  # fmt: skip
    desk.office.ask(lambda ledger: ledger.add_question(filed, by="值班员"), owner=window)
    window.open_page(Verb.LEDGER)
    panel = window.ledger._panel
    panel._tabs.setCurrentWidget(panel._leaves[2])  # 录音

    aired_at = said_at + timedelta(seconds=took.delay_seconds)
    expected = f"录音 {said_at:%H:%M:%S} · 播出 {aired_at:%H:%M:%S}"
    qtbot.waitUntil(
        lambda: expected in {label.text() for label in window.ledger.findChildren(QLabel)},
        timeout=PATIENCE,
    )


def test_a_captions_tip_shows_both(qapp):
    captions = CaptionList()
    captions.add(
        [Said(line="来电", caller=True, start=1.0, end=2.0, clock="10:16:58", aired="10:17:18",
              text="您好")]
    )  # fmt: skip

    tip = captions.index(0).data(Qt.ItemDataRole.ToolTipRole)

    assert tip.startswith("录音 10:16:58 · 播出 10:17:18")
