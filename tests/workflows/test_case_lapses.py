"""What lapses in a case (时效提醒), by the days that it knows or its questions name."""

from datetime import date, timedelta

import pytest

from hotline_desk.domain.casework.cases import Interruption, KnownDay
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.casework.course import ClosingWay, Promise
from hotline_desk.domain.casework.noted import What
from hotline_desk.domain.questions import Span
from hotline_desk.errors import CourseRefused
from hotline_desk.paths import Workspace
from hotline_desk.workflows import case_clock, case_money, cases, lapses
from hotline_desk.workflows.lapses import lapses_of, read_lapse_limits
from tests.domain.cases import CALENDAR
from tests.ledger.records import a_question
from tests.workflows.casework import BY, FRIDAY, MONDAY, THURSDAY, WEDNESDAY, correct, mediating


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


def case_lapses(case, workspace, on, *, calendar):
    return lapses_of(case, read_lapse_limits(workspace), on, calendar=calendar)


@pytest.fixture
def asked(ledger):
    """Open a case for a question in somebody's words."""

    def opened(text, **given):
        row = ledger.add_question(a_question(text=text, **given), by=BY)
        return cases.open_case(ledger, [row.id], by=BY)

    return opened


def test_what_lapses_is_told_from_the_day_of_the_agreement(ledger, case, tmp_path):
    """共同申请司法确认 has 30 days: from Friday 2026-11-27 to Sunday 12-27, so until Monday."""
    mediating(ledger, case)
    on = {"calendar": CALENDAR, "on": MONDAY, "workspace": Workspace(tmp_path)}
    assert case_lapses(ledger.case(case.id), **on) == []

    closed = case_clock.close(
        ledger, case.id, Closing(on=FRIDAY, told_on=FRIDAY), ClosingWay.MEDIATED, by=BY
    )

    (lapse,) = case_lapses(closed, **on)
    assert lapse.limit.what == "共同申请司法确认"
    assert lapse.last == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("event", "on", "first", "last"),
    [
        ("离职", date(2026, 3, 2), "就拖欠的工资申请劳动仲裁", date(2027, 3, 2)),
        ("受伤或诊断", date(2026, 11, 2), "用人单位申请工伤认定", date(2026, 12, 2)),
        ("收到非终局裁决", date(2026, 11, 16), "不服非终局裁决，起诉", date(2026, 12, 1)),
        ("收到终局裁决", date(2026, 11, 16), "不服终局裁决，起诉", date(2026, 12, 1)),
        ("违法行为发生或终了", date(2025, 1, 6), "向劳动保障监察投诉", date(2027, 1, 6)),
    ],
)
def test_a_day_that_is_noted_starts_its_limits(ledger, case, workspace, event, on, first, last):
    noted = lapses.note_day(ledger, case.id, event, on, by=BY)

    found = case_lapses(noted, workspace, MONDAY, calendar=CALENDAR)

    assert (found[0].limit.what, found[0].last) == (first, last)
    ledger.undo(by=BY)
    assert ledger.case(case.id) == case


def test_every_event_of_the_list_can_be_noted_and_lapses(ledger, case, workspace):
    for event in lapses.events(lapses.read_lapse_limits(workspace)):
        case = lapses.note_day(ledger, case.id, event, THURSDAY, by=BY)

    found = case_lapses(case, workspace, MONDAY, calendar=CALENDAR)

    assert len(found) == len(lapses.read_lapse_limits(workspace))
    assert found == sorted(found, key=lambda lapse: lapse.last)


def test_a_day_is_corrected_and_taken_out(ledger, case):
    lapses.note_day(ledger, case.id, "离职", THURSDAY, by=BY)

    corrected = lapses.note_day(ledger, case.id, "离职", WEDNESDAY, by=BY)
    without = lapses.note_day(ledger, case.id, "离职", None, by=BY)

    assert corrected.days == (KnownDay(event="离职", on=WEDNESDAY),)
    assert without.days == ()
    with pytest.raises(CourseRefused):
        lapses.note_day(ledger, case.id, " ", THURSDAY, by=BY)


def test_an_interruption_lets_a_limit_begin_anew(ledger, case, workspace):
    lapses.note_day(ledger, case.id, "离职", date(2026, 3, 2), by=BY)
    asked_for_help = Interruption(on=WEDNESDAY, event="向工会求助", evidence="录音")

    interrupted = lapses.interrupt(ledger, case.id, asked_for_help, by=BY)
    again = correct(ledger, case, What.INTERRUPTION, None)

    def last(case):
        return case_lapses(case, workspace, MONDAY, calendar=CALENDAR)[0].last

    assert interrupted.interruptions == (asked_for_help,)
    assert (last(interrupted), last(again)) == (date(2027, 11, 25), date(2027, 3, 2))
    with pytest.raises(CourseRefused):
        lapses.interrupt(ledger, case.id, Interruption(on=MONDAY, event=""), by=BY)


def test_money_that_has_come_meets_the_limits_of_claiming_it_and_no_other(ledger, case, workspace):
    """Wages that were paid do not ask for 工伤认定."""
    for event in ("离职", "知道权利受到侵害", "受伤或诊断", "调解协议生效", "裁判规定的履行期届满"):
        lapses.note_day(ledger, case.id, event, THURSDAY, by=BY)
    owed = case_money.promise(ledger, case.id, Promise(agreed_fen=100), basis="", by=BY)

    paid = case_money.note_payment(ledger, case.id, 100, on=FRIDAY, by=BY)

    def what(case):
        return {each.limit.what for each in case_lapses(case, workspace, MONDAY, calendar=CALENDAR)}

    assert what(owed) - what(paid) == {
        "就拖欠的工资申请劳动仲裁", "共同申请司法确认", "申请强制执行",
    }  # fmt: skip
    assert what(paid) == {
        "申请劳动仲裁", "用人单位申请工伤认定", "职工、近亲属或工会申请工伤认定",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "event", "on"),
    [
        ("我今年三月五号被辞退了，工资还没给", "离职", date(2026, 3, 5)),
        ("去年十二月一号在车间摔伤了腿", "受伤或诊断", date(2025, 12, 1)),
        ("11月20号收到工伤认定书", "收到工伤认定决定", date(2026, 11, 20)),
        ("12月20号收到的裁决", "收到非终局裁决", date(2025, 12, 20)),
        ("昨天下午出了事故", "受伤或诊断", WEDNESDAY - timedelta(days=1)),
    ],
)
def test_days_named_by_the_worker_are_proposed(ledger, asked, workspace, text, event, on):
    case, limits = asked(text), lapses.read_lapse_limits(workspace)

    (proposed,) = lapses.proposed_days(ledger, case, limits)

    assert (proposed.event, proposed.on) == (event, on)
    assert ledger.question(case.questions[0]).number in proposed.words
    assert case.days == ()
    known = lapses.note_day(ledger, case.id, event, on, by=BY)
    assert lapses.proposed_days(ledger, known, limits) == ()


@pytest.mark.parametrize("text", ["", "我三月五号入职", "他们答应12月5号发", "拖欠两个月工资"])
def test_other_days_are_not_proposed(ledger, asked, workspace, text):
    assert lapses.proposed_days(ledger, asked(text), lapses.read_lapse_limits(workspace)) == ()


def test_asking_for_help_is_proposed_as_an_interruption_until_it_is_noted(ledger, asked):
    case = asked("被辞退了", asked=Span(line="来电", start=1.0, end=2.0))

    (proposed,) = lapses.proposed_interruptions(ledger, case)

    number = ledger.question(case.questions[0]).number
    assert proposed == Interruption(
        on=WEDNESDAY, event="向工会求助", evidence=f"台账 {number}，有录音"
    )
    noted = lapses.interrupt(ledger, case.id, proposed, by=BY)
    assert lapses.proposed_interruptions(ledger, noted) == ()
