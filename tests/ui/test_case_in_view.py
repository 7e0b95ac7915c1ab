"""What one goes to in a case's leaf comes into view, and no more of what is above goes."""

import pytest
from PySide6.QtCore import QPoint

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.staff import Staff, StaffKind
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger

PATIENCE = 60_000
BY = "值班员"
LAWYER = Staff(name="李律师", kind=StaffKind.LAWYER, advises="某物业公司")


@pytest.fixture
def leaf(qtbot, workspace, show_case):
    """The leaf of a case whose lawyer advises the employer."""
    with Ledger.open(workspace.ledger) as ledger:
        ledger.keep(LAWYER, by=BY)
        new = NewCase(received=studio_now().date(), employer=LAWYER.advises, owner=LAWYER.name)
        made = show_case(ledger.add_case(new, by=BY).id)
    made.begin()
    qtbot.waitUntil(lambda: made._deeds.height() > 100, timeout=PATIENCE)
    return made


def bottom(leaf, widget):
    """Where the last line of *widget* is in what is seen of the leaf, with its place settled."""
    return widget.mapTo(leaf.viewport(), QPoint(0, widget.height())).y()


def test_a_deed_that_is_in_view_leaves_the_case_where_it_is(qtbot, leaf):
    leaf.resize(leaf.width(), bottom(leaf, leaf._deeds) + leaf.verticalScrollBar().value() + 16)
    leaf.verticalScrollBar().setValue(20)

    leaf.begin()

    qtbot.waitUntil(lambda: leaf.verticalScrollBar().value() == 0, timeout=PATIENCE)


def test_the_reason_that_a_conflict_wants_comes_into_view_whole(qtbot, leaf):
    leaf.resize(leaf.width(), 420)

    leaf._want_reason("利益冲突")

    reason = leaf.folds.owner.people.reason
    qtbot.waitUntil(lambda: 0 < bottom(leaf, reason) <= leaf.viewport().height(), timeout=PATIENCE)
