"""An old 台账 does not fill 今日待办, and nothing of the office's own leaves it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline_desk import cli
from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Case,
    Interruption,
    NewCase,
    Party,
    Satisfaction,
)
from hotline_desk.domain.casework.clock_events import ClockEvents, Closing, Pause, PauseReason
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.due import LONG_BEFORE_CASES
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import case_clock, case_course, case_money, cases, lapses
from hotline_desk.workflows.due import brought_on, count_on, due_on
from hotline_desk.workflows.workspace import prepare

BY = "台账管理员"
CAME = studio_now().date()
LONG_BEFORE = CAME - LONG_BEFORE_CASES - timedelta(days=1)
JUST_BEFORE = CAME - LONG_BEFORE_CASES
RECEIVED = CAME - timedelta(days=200)
LATER = CAME + timedelta(days=800)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return prepare(Workspace(tmp_path_factory.mktemp("带来的") / "工作区"))


@pytest.fixture(scope="module")
def ledger(office):
    with Ledger.open(office.ledger) as opened:
        yield opened


def old_case(ledger, closed=LONG_BEFORE, **given):
    """A case as an import brings it: 办结, nobody's old table has a column for 结案."""
    closing = Closing(on=closed, told_on=closed) if closed else None
    case = Case(
        id=0, number="", received=RECEIVED, matter="旧案", employer="某物业公司",
        events=ClockEvents(received=RECEIVED, closing=closing),
    )  # fmt: skip
    return ledger.file_case(replace(case, **given), by=BY)


def where(ledger, office, case_id, on=CAME):
    """Return in which of the lists the case stands."""
    lists = {"今日": due_on(ledger, office, on), "旧案": brought_on(ledger, office, on)}
    return {
        name
        for name, found in lists.items()
        if any(item.case is not None and item.case.id == case_id for item in found)
    }


@pytest.mark.parametrize("course", [each for each in Course if each.is_open])
@pytest.mark.parametrize("said", [None, Satisfaction.SATISFIED, Satisfaction.DISSATISFIED])
def test_what_was_closed_long_before_it_came_stands_apart_on_any_day(ledger, office, course, said):
    case_id = old_case(ledger, course=course, satisfaction=said)

    for on in (CAME, LATER):
        assert where(ledger, office, case_id, on) == {"旧案"}


@pytest.mark.parametrize(
    "given",
    [
        {"closed": None},
        {"closed": JUST_BEFORE},
        {"called_back_on": JUST_BEFORE, "satisfaction": Satisfaction.DISSATISFIED},
        {"promise": Promise(agreed_fen=100, pay_by=RECEIVED)},
        {"promise": Promise(agreed_fen=100, agreed_on=JUST_BEFORE)},
    ],
)
def test_what_is_open_or_was_closed_lately_is_at_hand_on_any_day(ledger, office, given):
    case_id = old_case(ledger, **given)

    for on in (CAME, LATER):
        assert where(ledger, office, case_id, on) == {"今日"}


def test_old_money_that_was_promised_for_no_day_stands_apart(ledger, office):
    owed = Promise(agreed_fen=100, agreed_on=RECEIVED)

    assert where(ledger, office, old_case(ledger, promise=owed)) == {"旧案"}


DEEDS = {
    "联系": lambda ledger, case: case_clock.note_contact(
        ledger, case.id, Contact(at=studio_now(), way=Way.CALL, reached=True, facts=ALL_FACTS),
        by=BY,
    ),
    "回访": lambda ledger, case: case_course.call_back(
        ledger, case.id, Satisfaction.UNREACHED, on=CAME, by=BY
    ),
    "督办": lambda ledger, case: case_course.take_action(
        ledger, case.id, Action(on=CAME, kind=ActionKind.SUPERVISED, words="再问一次"), by=BY
    ),
    "协议": lambda ledger, case: case_money.promise(
        ledger, case.id, Promise(agreed_fen=100), basis="协议", by=BY
    ),
    "时效": lambda ledger, case: lapses.note_day(ledger, case.id, "离职", RECEIVED, by=BY),
    "时效中断": lambda ledger, case: lapses.interrupt(
        ledger, case.id, Interruption(on=RECEIVED, event="催讨"), by=BY
    ),
    "进程": lambda ledger, case: case_course.advance(
        ledger, case.id, Course.NOT_MEDIATED, on=CAME, by=BY
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEDS)
def test_what_the_office_itself_does_for_an_old_case_brings_it_back(ledger, office, name):
    case_id = old_case(ledger, course=Course.MEDIATED, closing=ClosingWay.MEDIATED)
    assert where(ledger, office, case_id) == {"旧案"}

    DEEDS[name](ledger, ledger.case(case_id))

    assert where(ledger, office, case_id) == where(ledger, office, case_id, LATER) == {"今日"}
    ledger.undo(by=BY)
    assert where(ledger, office, case_id) == {"旧案"}


def test_an_old_case_that_is_given_to_somebody_or_put_right_stays_apart(ledger, office):
    case_id = old_case(ledger)

    ledger.save_case(replace(ledger.case(case_id), owner="干部甲"), by=BY)
    cases.amend(ledger, case_id, by=BY, matter="拖欠工资")
    case_money.note_parties(ledger, case_id, [Party(name="董某")], by=BY)

    assert where(ledger, office, case_id) == {"旧案"}


def test_an_old_case_that_the_office_ends_is_done_or_called_back(ledger, office):
    case_id = old_case(ledger, closing=ClosingWay.PASSED_ON)

    case_course.finish(ledger, case_id, Finish.PASSED_ON, on=CAME, by=BY)
    assert where(ledger, office, case_id, LATER) == {"今日"}

    case_course.call_back(ledger, case_id, Satisfaction.SATISFIED, on=CAME, by=BY)
    assert where(ledger, office, case_id, LATER) == set()


days = st.integers(-1500, 0).map(lambda back: CAME + timedelta(days=back))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(received=days, took=st.integers(0, 400), seen=st.integers(0, 4000), state=st.sampled_from(
    [each for each in Course if each.is_open]
))  # fmt: skip
def test_what_the_office_itself_took_down_never_leaves(ledger, office, received, took, seen, state):
    """However old its days are, and on whichever day one looks."""
    closed = received + timedelta(days=took)
    case = ledger.add_case(NewCase(received=received, owner="干部甲"), by=BY)
    closing = Closing(on=closed, told_on=closed)
    events = ClockEvents(received=received, closing=closing)
    ledger.save_case(replace(case, events=events, course=state), by=BY)

    on = max(received, CAME) + timedelta(days=seen)

    assert where(ledger, office, case.id, on) == {"今日"}
    assert case.id not in {each.id for each in ledger.open_cases(on, brought=True)}


def test_each_stands_in_one_of_the_two_lists_and_is_counted(ledger, office):
    every = {case.id for case in ledger.cases() if case.course.is_open}
    own, old = ledger.open_cases(LATER, brought=False), ledger.open_cases(LATER, brought=True)

    assert {case.id for case in own} | {case.id for case in old} == every
    assert len(own) + len(old) == len(every) == len(ledger.open_cases(LATER))
    assert count_on(ledger, LATER, brought=True)[2] == ledger.count_open(LATER, brought=True) > 0
    assert len(ledger.open_cases(LATER, brought=True, limit=1)) == 1


def test_a_pause_of_the_office_keeps_the_clock_of_a_case_brought_along(ledger, office):
    case_id = old_case(ledger, closed=None)
    stop = Pause(first=CAME, reason=PauseReason.PAPERS, expected=CAME + timedelta(days=30))

    case_clock.pause(ledger, case_id, stop, by=BY)

    assert where(ledger, office, case_id) == {"今日"}


TABLE = """外部工单号,接收日期,来源渠道,来电人,工作单位,问题类别,类型,诉求要点,首次联系时间,方案日期,办结日期,办结方式,满意度,回访日期
W1,2023-03-06,12351 热线,王某,某食品厂,工资,求决,欠薪,2023-03-06,2023-03-08,2023-03-10,已转办并告知,满意,2023-03-13
W2,2023-03-06,12351 热线,李某,某食品厂,工资,求决,欠薪两个月,2023-03-06,2023-03-08,2023-03-10,调解成功,,
W3,2023-03-06,12351 热线,赵某,某食品厂,工资,求决,没有办完,2023-03-06,,,,,
"""  # noqa: E501  lines of a table


def test_of_an_old_table_today_holds_what_nobody_has_closed(tmp_path, capsys):
    office = prepare(Workspace(tmp_path / "工作区"))
    table = tmp_path / "旧台账.csv"
    table.write_text(TABLE, encoding="utf-8")
    place = ["--workspace", str(office.root)]
    assert cli.run(["ledger", "import", str(table), *place]) == 0
    capsys.readouterr()

    assert cli.run(["due", *place]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line.startswith("AJ-")] == [
        line for line in shown if "没有办完" in line
    ]
    assert "另有导入的旧案 2 件，用 --imported 列出。" in shown

    assert cli.run(["due", "--imported", *place]) == 0
    listed = capsys.readouterr().out
    assert "后续跟踪" in listed
    assert "回访" in listed
    assert "没有办完" not in listed
