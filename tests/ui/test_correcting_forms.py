"""The forms of 更正: each shows what stands, and what is left as it is is no change."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Interruption,
    NewCase,
    Party,
    Route,
    Satisfaction,
)
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    Closing,
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.domain.casework.deadlines import read_clock
from hotline_desk.domain.casework.noted import What, noted
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.errors import CourseRefused
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.case_deeds import act, deeds
from hotline_desk.ui.cases.case_sheet import Around
from hotline_desk.ui.cases.correcting_deeds import called
from hotline_desk.ui.cases.deed import Asked, Doing, Standing
from hotline_desk.ui.kit.deed_reading import Reading
from hotline_desk.workflows import assign, case_clock, case_course, case_money, lapses
from tests.domain.cases import CALENDAR, LIMITS

BY = "值班员"
EVERY = [what for what in What if what is not What.AGAIN]
"""What can be noted in the first round of a case."""


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        yield ledger


@pytest.fixture
def case(ledger):
    """A case at its end, for which one of each kind was noted."""
    on = studio_now().date() - timedelta(days=20)
    at = datetime.combine(on, time(9, 10, 23), tzinfo=STUDIO_ZONE)
    case_id = ledger.add_case(NewCase(received=on), by=BY).id
    contact = Contact(at=at, way=Way.ON_AIR, reached=True, facts=ALL_FACTS, words="说清了")
    case_clock.note_contact(ledger, case_id, contact, by=BY)
    case_clock.grade(
        ledger, case_id, Grading(on=on, grade=Grade.COMPLEX, reason=ComplexReason.DEATH), by=BY
    )
    assign.assign(ledger, case_id, owner="丁", route=Route.CADRE, by=BY)
    case_clock.note_plan(ledger, case_id, Plan(on=on, parts=WHOLE_PLAN, told_on=on), by=BY)
    stop = Pause(first=on, reason=PauseReason.PAPERS, expected=on + timedelta(days=60))
    case_clock.pause(ledger, case_id, stop, by=BY)
    case_clock.resume(ledger, case_id, on + timedelta(days=2), by=BY)
    longer = Extension(asked_on=on, days=2, approver="主任", reason="外地", told_on=on)
    case_clock.extend(ledger, case_id, longer, calendar=CALENDAR, limits=LIMITS, by=BY)
    case_course.advance(ledger, case_id, Course.MEDIATING, on=on, by=BY)
    case_clock.close(ledger, case_id, Closing(on=on, told_on=on), ClosingWay.NOT_MEDIATED, by=BY)
    case_course.finish(ledger, case_id, Finish.NOT_MEDIATED, on=on, by=BY)
    case_course.call_back(ledger, case_id, Satisfaction.MOSTLY, on=on, by=BY)
    case_money.note_parties(ledger, case_id, [Party(name="董某"), Party(name="王某")], by=BY)
    case_money.note_payment(ledger, case_id, 123_456, on=on, party="王某", by=BY)
    checked = Action(on=on, kind=ActionKind.CHECKED, words="材料齐全", by="同事")
    case_course.take_action(ledger, case_id, checked, by=BY)
    stopped = Interruption(on=on, event="起诉", evidence="受理通知")
    return lapses.interrupt(ledger, case_id, stopped, by=BY)


def forms(case):
    """Return the form of each thing that was noted, by its kind."""
    standing = Standing(case=case, around=Around(), now=studio_now())
    clock = read_clock(case.events, studio_now().date(), calendar=CALENDAR, limits=LIMITS)
    (deed,) = (each for each in deeds(standing, clock) if each.doing is Doing.CORRECT)
    return {each.what: deed.lead(name) for name, _, each in called(case)}


def done(desk, ledger, case, form, **written):
    values = {field.name: field.value for field in form.fields} | {"why": "写错了"} | written
    asked = Asked(deed=form, case=case, around=Around(), read=Reading(values, studio_now()),
                  office=desk.office)  # fmt: skip
    work, tell = act(asked)
    assert tell(ledger) == ("", "")  # no month is closed
    return work(ledger)


def test_one_of_each_kind_was_noted(case):
    assert {each.what for each in noted(case)} == set(EVERY)
    assert set(forms(case)) == set(EVERY)


@pytest.mark.parametrize("what", EVERY)
def test_what_is_left_as_it_is_is_no_change(desk, ledger, case, what):
    with pytest.raises(CourseRefused, match="和原来记的一样"):
        done(desk, ledger, case, forms(case)[what])

    assert ledger.case(case.id) == case


@pytest.mark.parametrize(
    ("what", "written"),
    [
        (What.CONTACT, {"note": "说清了，再约"}),
        (What.GRADING, {"reason": "需要鉴定"}),
        (What.PAUSE, {"reason": "不可抗力"}),
        (What.EXTENSION, {"days": "3"}),
        (What.FINISHED, {"way": "无法联系"}),
        (What.CALLED_BACK, {"satisfaction": "满意"}),
        (What.PAYMENT, {"party": "董某"}),
        (What.ACTION, {"words": "还差合同"}),
        (What.INTERRUPTION, {"evidence": ""}),
    ],
)
def test_one_word_is_changed_and_nothing_else(desk, ledger, case, what, written):
    made = done(desk, ledger, case, forms(case)[what], **written)

    (was,) = (each for each in noted(case) if each.what is what)
    (now,) = (each for each in noted(made) if each.what is what)
    changed = [
        name for name in was.record.__dataclass_fields__
        if getattr(was.record, name) != getattr(now.record, name)
    ]  # fmt: skip
    assert len(changed) == 1
    others = [each for each in noted(made) if each.what is not what]
    assert others == [each for each in noted(case) if each.what is not what]
    assert replace(made, actions=(), events=case.events).course is Course.FINISHED


def test_a_name_stays_whatever_else_is_noted_and_twins_are_told_apart(ledger, case):
    (contact,) = (each.record for each in noted(case) if each.what is What.CONTACT)
    names = {each.what: name for name, _, each in called(case)}

    for twin in (contact, replace(contact, at=contact.at + timedelta(days=3)), contact):
        events = replace(case.events, contacts=(*case.events.contacts, twin))
        case = ledger.save_case(replace(case, events=events), by=BY)

    new = [name for name, _, _ in called(case)]
    assert set(names.values()) < set(new)
    assert len(set(new)) == len(new) == len(names) + 3
    twins = [name for name in new if name.startswith(names[What.CONTACT])]
    assert twins == [f"{names[What.CONTACT]}{which}" for which in ("（3）", "（2）", "")]


def test_what_was_noted_before_again_is_put_right_in_its_own_round(desk, ledger, case):
    case = case_course.again(ledger, case.id, on=studio_now().date(), by=BY)
    standing = Standing(case=case, around=Around(), now=studio_now())
    clock = read_clock(case.events, studio_now().date(), calendar=CALENDAR, limits=LIMITS)
    (deed,) = (each for each in deeds(standing, clock) if each.doing is Doing.CORRECT)
    (name,) = (name for name, _, each in called(case) if each.what is What.CONTACT)

    made = done(desk, ledger, case, deed.lead(name), note="说清了，再约")

    assert "第 1 轮" in name
    assert [each.words for each in made.earlier[0].events.contacts] == ["说清了，再约"]
    assert {each.round for _, _, each in called(case) if each.what is What.AGAIN} == {None}
