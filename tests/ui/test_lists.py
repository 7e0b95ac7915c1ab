from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPersistentModelIndex, Qt

from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.ui.kit.record_list import RecordList
from hotline_desk.ui.kit.record_table import Column, RecordTable
from hotline_desk.ui.kit.said import Said
from hotline_desk.ui.live.caption_list import SAID_ROLE, CaptionList


def said(line, start, text, *, unsettled=False):
    return Said(line=line, caller=line == "来电", start=start, end=start + 1,
                clock="10:00:00", text=text, unsettled=unsettled)  # fmt: skip


def texts(captions):
    return [captions.index(row).data(SAID_ROLE).text for row in range(captions.rowCount())]


def test_settled_words_take_the_place_of_unsettled_ones(qtmodeltester):
    captions = CaptionList()
    qtmodeltester.check(captions)

    captions.hear(said("来电", 1, "公司", unsettled=True))
    captions.hear(said("演播室", 2, "您好", unsettled=True))
    captions.hear(said("来电", 1, "公司拖欠", unsettled=True))
    captions.add([said("来电", 1, "公司拖欠工资。")])

    assert texts(captions) == ["公司拖欠工资。", "您好"]
    captions.hear(said("演播室", 2, ""))
    assert texts(captions) == ["公司拖欠工资。"]


def test_captions_stand_in_the_order_of_time(qtmodeltester):
    captions = CaptionList()
    qtmodeltester.check(captions)

    captions.add([said("来电", 5, "二"), said("演播室", 2, "一"), said("来电", 9, "三")])

    assert texts(captions) == ["一", "二", "三"]


@dataclass(frozen=True)
class Row:
    key: int
    name: str
    at: datetime


def row(key, name, minute=0):
    return Row(key, name, datetime(2026, 11, 25, 10, minute, tzinfo=STUDIO_ZONE))


def test_a_list_keeps_its_rows_while_their_contents_change(qtbot, qtmodeltester):
    rows = RecordList(lambda record: record.name, lambda record: record.key)
    qtmodeltester.check(rows)
    rows.show([row(1, "董"), row(2, "王")])

    with qtbot.waitSignal(rows.dataChanged), qtbot.assertNotEmitted(rows.modelReset):
        rows.show([row(1, "董"), row(2, "王师傅")])

    assert rows.index(1).data() == "王师傅"
    assert rows.row_of(row(2, "")) == 1
    assert rows.row_of(row(3, "")) == -1


def test_a_table_sorts_by_time_and_number_not_by_text(qtmodeltester):
    table = RecordTable(
        (
            Column(title="姓名", text=lambda r: r.name),
            Column(title="时间", text=lambda r: f"{r.at:%M}", sort_key=lambda r: r.at.timestamp()),
            Column(title="号", text=lambda r: str(r.key), sort_key=lambda r: r.key, figure=True),
        )
    )
    qtmodeltester.check(table)
    table.show([row(10, "丙", 3), row(9, "甲", 30), row(100, "乙", 12)])
    first = QPersistentModelIndex(table.index(0, 0))

    def shown(column):
        return [table.index(at, column).data() for at in range(table.rowCount())]

    table.sort(2)
    assert shown(2) == ["9", "10", "100"]
    assert (first.row(), first.data()) == (1, "丙")
    table.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(0) == ["甲", "乙", "丙"]
    table.show([row(1, "丁", 20), row(9, "甲", 30)])
    assert shown(0) == ["甲", "丁"]
    table.sort(-1)
    assert shown(0) == ["丁", "甲"]
    assert table.headerData(2, Qt.Orientation.Horizontal) == "号"


def test_a_tables_keys_are_asked_for_once_and_not_at_each_comparison():
    asked = []
    column = Column(title="号", text=lambda r: r.name, sort_key=lambda r: asked.append(r) or r.key)
    table = RecordTable((column,))
    table.show([row(key, "") for key in range(500, 0, -1)])

    table.sort(0)

    assert [each.key for each in table.records] == list(range(1, 501))
    assert len(asked) == 500
