"""The model of the table: what it shows, what it has read, where its headings stand."""

from array import array
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.arranging import Arranged, Facet, GroupCount
from hotline_desk.domain.calls import Caller
from hotline_desk.domain.questions import Question, TableRow
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.ledger.question_rows import HEADING_ROLE, QuestionRows, ids_in

AT = datetime(2026, 11, 25, 10, 3, tzinfo=STUDIO_ZONE)
NUMBER = 1


def a_row(key, **given):
    number = f"GHFL-2026-190-{key:05}"
    at = AT + timedelta(minutes=key)
    return TableRow(
        Question(id=key, number=number, caller=Caller(), episode=190, at=at, **given), ""
    )


def arranged(ids, *groups):
    return Arranged(array("q", ids), tuple(GroupCount(value, count) for value, count in groups))


@pytest.fixture
def rows(qapp):
    return QuestionRows()


def test_it_is_a_model_as_qt_wants_it(qtmodeltester, rows):
    qtmodeltester.check(rows)

    rows.show(arranged([1, 2, 3], ("工资", 2), ("工伤", 1)), Facet.CATEGORY)
    rows.fill([a_row(1)])
    rows.turn(0)
    rows.show(arranged([3, 1]), None)
    rows.fill([a_row(3), a_row(1)])


def numbers(model):
    return [model.index(row, NUMBER).data() for row in range(model.rowCount())]


def test_rows_are_read_once_they_are_seen_and_no_others(qtbot, rows):
    rows.show(arranged(range(1, 100_001)), None)
    assert rows.rowCount() == 100_000

    with qtbot.waitSignal(rows.wanted) as seen:
        assert rows.index(70_000, NUMBER).data() == "…"

    (asked,) = seen.args
    assert 70_001 in asked
    assert len(asked) < 200
    rows.fill([a_row(key) for key in asked])
    assert rows.index(70_000, NUMBER).data() == "GHFL-2026-190-70001"
    assert rows.index(70_000, NUMBER).data(RECORD_ROLE) == a_row(70_001)


def test_what_has_left_the_sight_before_it_was_read_is_not_read(qtbot, rows):
    rows.show(arranged(range(1, 100_001)), None)
    with qtbot.waitSignal(rows.wanted) as first:
        rows.index(0, NUMBER).data()
    for row in range(1_000, 90_000, 500):  # the thumb is dragged over them meanwhile
        rows.index(row, NUMBER).data()

    with qtbot.waitSignal(rows.wanted) as then:
        rows.fill([a_row(key) for key in first.args[0]])

    assert 89_501 in then.args[0]
    assert 1_001 not in then.args[0]
    assert len(then.args[0]) < 500


def test_an_unchanged_order_keeps_what_is_in_sight_until_it_is_read_anew(qtbot, rows):
    rows.show(arranged([1, 2]), None)
    with qtbot.waitSignal(rows.wanted):
        numbers(rows)
    rows.fill([a_row(1), a_row(2)])

    with qtbot.assertNotEmitted(rows.modelReset):
        assert not rows.show(arranged([1, 2]), None)
    with qtbot.waitSignal(rows.wanted) as again:
        assert numbers(rows) == ["GHFL-2026-190-00001", "GHFL-2026-190-00002"]

    assert again.args[0] == (1, 2)
    with qtbot.waitSignal(rows.dataChanged):
        rows.fill([a_row(1, point="改过")])


def test_rows_that_could_not_be_read_do_not_stop_the_others(qtbot, rows):
    rows.show(arranged(range(1, 1_001)), None)
    with qtbot.waitSignal(rows.wanted):
        rows.index(0, NUMBER).data()
    rows.index(900, NUMBER).data()

    with qtbot.waitSignal(rows.wanted) as then:
        rows.fill([])

    assert 901 in then.args[0]


def test_few_of_many_rows_stay_read(qtbot, rows):
    rows.show(arranged(range(1, 100_001)), None)
    for row in range(0, 20_000, 64):
        with qtbot.waitSignal(rows.wanted) as asked:
            rows.index(row, NUMBER).data()
        rows.fill([a_row(key) for key in asked.args[0]])

    assert len(rows._read) <= 4096
    with qtbot.waitSignal(rows.wanted) as again:
        assert rows.index(0, NUMBER).data() == "…"
    assert 1 in again.args[0]


def test_a_folded_group_keeps_its_heading_alone(rows):
    rows.show(arranged([1, 2, 3], ("工资", 2), ("工伤", 1)), Facet.CATEGORY)
    headings = [rows.index(row, 0).data(HEADING_ROLE) for row in range(rows.rowCount())]
    assert [heading and heading.words for heading in headings] == ["工资", None, None, "工伤", None]

    rows.turn(1)
    assert [rows.question_id(row) for row in range(rows.rowCount())] == [None, None, 3]
    assert (rows.row_of(1), rows.row_of(3)) == (-1, 2)
    assert list(rows.ids) == [1, 2, 3]

    rows.turn_all()
    assert rows.rowCount() == 2
    rows.turn_all()
    assert rows.rowCount() == 5


def test_an_empty_value_has_a_heading_in_words(rows):
    rows.show(arranged([1, 2], ("", 1), ("190", 1)), Facet.EPISODE)

    assert [rows.index(row, 0).data() for row in (0, 2)] == ["期外 1 条", "第190期 1 条"]


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=8),
    st.sets(st.integers(0, 7)),
    st.data(),
)
def test_every_row_is_a_heading_or_one_id_and_is_found_by_it(counts, folded, drawn):
    rows = QuestionRows()
    ids = range(1, sum(counts) + 1)
    groups = [(f"{at}", count) for at, count in enumerate(counts)]
    rows.show(arranged(ids, *groups), Facet.DISTRICT)
    for at in sorted(folded):
        if at < len(counts):
            rows.turn(next(row for row in range(rows.rowCount())
                           if (head := rows.index(row, 0).data(HEADING_ROLE))
                           and head.words == f"{at}"))  # fmt: skip
    shown = [rows.question_id(row) for row in range(rows.rowCount())]

    assert shown.count(None) == len(counts)
    left = [key for key in shown if key is not None]
    assert left == sorted(set(left))
    assert all(rows.row_of(key) == row for row, key in enumerate(shown) if key is not None)
    first = drawn.draw(st.integers(0, len(shown) - 1))
    last = drawn.draw(st.integers(first, len(shown) - 1))
    between = [key for key in shown[first : last + 1] if key is not None]
    assert list(rows.ids_of(first, last)) == between
    assert list(ids_in(rows, [(first, last)])) == between
