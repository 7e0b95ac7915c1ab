"""What was put right in the figures: closed months stay, the next one tells the change."""

from datetime import timedelta

from hotline_desk.domain.casework.cases import Action, ActionKind
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.casework.course import ClosingWay
from hotline_desk.domain.casework.noted import Closed, What
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.workflows import case_course
from hotline_desk.workflows.case_received import told_of_closed
from hotline_desk.workflows.closings import close_month
from hotline_desk.workflows.statistics import reckon
from tests.workflows.casework import BY, FRIDAY, TUESDAY, correct, finished

LATER = TUESDAY + timedelta(days=30)


def test_a_month_that_is_closed_stays_and_the_next_one_tells_the_change(ledger, workspace, case):
    finished(ledger, case)
    december, close_on = TUESDAY + timedelta(days=4), TUESDAY + timedelta(days=3)
    close_month(ledger, workspace, "2026-11", by=BY, on=close_on)
    reported = reckon(ledger, workspace, on=december).counted(Period.of_month("2026-11"))
    assert reported["cases.closed"].columns.present == 1

    correct(ledger, case, What.FINISHED, None)
    later = Closing(on=TUESDAY + timedelta(days=2), told_on=TUESDAY + timedelta(days=2))
    right = Closed(closing=later, way=ClosingWay.WITHDRAWN)
    correct(ledger, case, What.CLOSED, right, on=december)

    reckoning = reckon(ledger, workspace, on=december)
    assert reckoning.counted(Period.of_month("2026-11")) == reported
    present = reckoning.counted(Period.of_month("2026-12"))
    told = {each.figure.key: (each.month, each.reported, each.present)
            for each in present.adjustments}  # fmt: skip
    assert told["cases.closed"] == ("2026-11", 1, 0)
    assert present["cases.closed"].columns.present == 1
    assert present["cases.closed"].columns.total == 1
    assert told_of_closed(ledger, FRIDAY).startswith("2026年11月已经月结")


def test_an_action_struck_out_counts_no_more(ledger, workspace, case):
    told = Action(on=FRIDAY, kind=ActionKind.SUPERVISED, words="三天内回话", by=BY)
    case_course.take_action(ledger, case.id, told, by=BY)
    november = Period.of_month("2026-11")
    assert reckon(ledger, workspace, on=LATER).numbers(november)["supervised"] == 1

    correct(ledger, case, What.ACTION, None)

    assert reckon(ledger, workspace, on=LATER).numbers(november)["supervised"] == 0
