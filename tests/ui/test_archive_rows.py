"""The archive's rows: what they have no room for is cut with a mark that says so."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from hotline_desk.domain.search import SearchHit
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.archive.archive_rows import TWO_LINES, HitDelegate, TakeDelegate, hit_key
from hotline_desk.ui.archive.archive_view_model import TakeRow
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.record_list import RecordList
from hotline_desk.ui.kit.row_list import RowList

NARROW = 150
HIT = SearchHit(
    episode=190, take="a/b", line="来电", start=62.0, end=70.0, question="GHFL-2026-190-03",
    text="我们十一个保洁员两个月没发工资了",
)  # fmt: skip
TAKE = TakeRow(
    name="a/b", episode="2026-11-25-第190期工会法律在线特别节目", started_at=studio_now(),
    seconds=timedelta(hours=1).total_seconds(), running=True,
)  # fmt: skip


def drawn(delegate, record):
    """Return a row drawn in little room."""
    picture = QImage(NARROW, TWO_LINES, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, NARROW, TWO_LINES)
    painter = QPainter(picture)
    delegate.paint_record(painter, option, record)
    painter.end()
    return picture


def ink(picture, place):
    """Return how many of the pixels of *place* are drawn on."""
    return sum(
        picture.pixelColor(x, y).lightness() < 200
        for x in range(place.left(), place.right() + 1)
        for y in range(place.top(), place.bottom() + 1)
    )


@pytest.mark.parametrize("line", ["above", "below"])
@pytest.mark.parametrize("record", [HIT, TAKE], ids=["hit", "take"])
def test_a_line_that_is_too_long_ends_in_an_ellipsis(appearance, qtbot, record, line):
    rows = RowList(RecordList(str, hit_key))
    qtbot.addWidget(rows)
    delegate = (
        HitDelegate(appearance, rows, lambda: "工资")
        if record is HIT
        else TakeDelegate(appearance, rows, TWO_LINES)
    )

    picture = drawn(delegate, record)

    edge = QRect(NARROW - tokens.SPACE - 8, 6 if line == "above" else TWO_LINES - 6 - 17, 8, 6)
    assert ink(picture, edge) == 0
    assert ink(picture, QRect(0, edge.top(), NARROW, edge.height())) > 0
