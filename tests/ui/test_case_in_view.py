"""What one goes to in a case's leaf comes into view, and no more of what is above goes."""

import pytest
from PySide6.QtCore import QPoint

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.casework.due import Due, Stage
from hotline_desk.domain.staff import Staff, StaffKind
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger

PATIENCE = 60_000
BY = "值班员"
LAWYER = Staff(name="李律师", kind=StaffKind.LAWYER, advises="某物业公司")


@pytest.fixture
def cases(workspace):
    """Two cases whose lawyer advises the employer."""
    new = NewCase(received=studio_now().date(), employer=LAWYER.advises, owner=LAWYER.name)
    with Ledger.open(workspace.ledger) as ledger:
        ledger.keep(LAWYER, by=BY)
        return [ledger.add_case(new, by=BY) for _ in range(2)]


@pytest.fixture
def leaf(qtbot, cases, show_case):
    """The leaf of the first, with its next deed begun."""
    made = show_case(cases[0].id)
    made.begin()
    settle(qtbot, made)
    return made


def settle(qtbot, leaf):
    qtbot.waitUntil(lambda: not leaf._settling.isActive(), timeout=PATIENCE)


def bottom(leaf, widget):
    """Where the last line of *widget* is in what is seen of the leaf, with its place settled."""
    return widget.mapTo(leaf.viewport(), QPoint(0, widget.height())).y()


def test_a_deed_that_is_in_view_leaves_the_case_where_it_is(qtbot, leaf):
    leaf.resize(leaf.width(), bottom(leaf, leaf._deeds) + leaf.verticalScrollBar().value() + 16)
    leaf.verticalScrollBar().setValue(20)

    leaf.begin()

    qtbot.waitUntil(lambda: leaf.verticalScrollBar().value() == 0, timeout=PATIENCE)


def test_the_reason_that_a_conflict_wants_comes_into_view_whole(qtbot, desk, cases, leaf):
    leaf.resize(leaf.width(), 600)
    wanted = Due(stage=Stage.CONFLICT, day=cases[1].received, left=0, case=cases[1], words="冲突")

    desk.case.show_case(None)
    qtbot.waitUntil(lambda: desk.case.read and desk.case.case is None, timeout=PATIENCE)
    desk.case.show_case(cases[1].id)
    leaf.go(wanted)  # before the case has been read

    reason = leaf.folds.owner.people.reason
    qtbot.waitUntil(reason.hasFocus, timeout=PATIENCE)
    settle(qtbot, leaf)
    assert 0 < bottom(leaf, reason) <= leaf.viewport().height()
