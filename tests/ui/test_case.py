"""案件: opened with a key, followed by its deeds to its end, its fields written when left."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from hotline_desk.domain.casework.cases import Party, Route
from hotline_desk.domain.casework.course import Course, Fulfilment
from hotline_desk.domain.casework.deadlines import Outcome
from hotline_desk.domain.times import STUDIO_ZONE, day_text, studio_now
from hotline_desk.ui.cases.case_fields import RouteTick
from hotline_desk.ui.cases.deed import Doing
from hotline_desk.ui.kit.fields import Shape

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000
BY = "值班员"
FIVE = "用人单位、事项、金额、时间、证据"


@pytest.fixture
def case(qtbot, desk, question):
    """The view model with a case opened for the question."""
    desk.case.show_question(question)
    qtbot.waitUntil(lambda: desk.case.sheet.question == question, timeout=PATIENCE)
    desk.case.open([question.id])
    qtbot.waitUntil(lambda: desk.case.case is not None, timeout=PATIENCE)
    return desk.case


def deed(case, doing, to=None):
    return next(each for each in case.deeds if each.doing is doing and to in {None, each.to})


def do(qtbot, case, doing, to=None, **given):
    """Do it with what its fields begin with, except what is *given*."""
    wanted = deed(case, doing, to)
    known = {field.name: field.value for field in wanted.fields}
    assert set(given) <= set(known)
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.do(wanted, known | given)


def test_the_day_from_which_the_clock_runs_is_said_when_a_case_is_opened(qtbot, desk, question):
    with qtbot.waitSignal(desk.case.told, timeout=PATIENCE) as told:
        desk.case.open([question.id])

    assert f"接收日 {day_text(question.at.astimezone(STUDIO_ZONE).date())}" in told.args[0]


def test_a_case_is_followed_from_the_call_to_the_money_and_back(qtbot, case):
    today = studio_now().date()
    assert case.deeds[0].doing is Doing.CONTACT
    do(qtbot, case, Doing.CONTACT, note="要求月底前付清", facts=FIVE)
    assert case.case.course is Course.CONTACTED
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        case.assign("劳模调解员丁")
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("route", Route.MODEL_WORKER.value)

    assert case.deeds[0].doing is Doing.PLAN
    do(qtbot, case, Doing.PLAN, parts="事实、证据、措施", grade="复杂", reason="十人以上",
       told_on="今天")  # fmt: skip
    assert case.case.course is Course.PLANNED
    do(qtbot, case, Doing.ADVANCE, Course.MEDIATING)
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("agreed", "3.3万")
    do(qtbot, case, Doing.CLOSE, way="调解成功", told_on="今天")
    assert case.case.course is Course.MEDIATED
    assert case.sheet.clock.outcome is Outcome.ON_TIME

    assert case.deeds[0].doing is Doing.PAYMENT
    with qtbot.waitSignal(case.told, timeout=PATIENCE) as told:
        do(qtbot, case, Doing.PAYMENT, fen="33000")
    assert "已记到账。已履行：协议 33,000" in told.args[0]
    assert case.case.promise.fulfilment(today) is Fulfilment.FULFILLED
    assert case.deeds[0].doing is Doing.FINISH
    assert case.deeds[0].fields[0].proposal == "履行完毕"
    do(qtbot, case, Doing.FINISH, way="履行完毕")

    do(qtbot, case, Doing.CALL_BACK, satisfaction="不满意")
    assert case.deeds[0].doing is Doing.AGAIN
    do(qtbot, case, Doing.AGAIN)
    assert case.case.course is Course.TO_CONTACT


def test_pause_extension_and_grade_are_deeds_too(qtbot, case):
    later = (studio_now().date() + timedelta(days=20)).isoformat()
    do(qtbot, case, Doing.EXTEND, days="3", reason="证据在外地", approver="分管领导",
       told_on="今天")  # fmt: skip
    do(qtbot, case, Doing.PAUSE, reason="等鉴定或认定", expected=later)
    assert case.deeds[0].doing is Doing.RESUME
    do(qtbot, case, Doing.RESUME)
    do(qtbot, case, Doing.PLAN, grade="一般")
    do(qtbot, case, Doing.GRADE, grade="复杂", reason="需要鉴定", approver="分管领导")

    assert case.case.events.extension.days == 3
    assert case.sheet.clock.pause is None
    assert case.case.events.grade == "复杂"


@pytest.mark.parametrize(
    ("doing", "given", "said"),
    [
        (Doing.CONTACT, {}, "写一句说了什么"),
        (Doing.PLAN, {}, "先勾上"),
        (Doing.CONTACT, {"at": "中午"}, "11-25 09:10"),
        (Doing.CONTACT, {"at": "明天 09:10"}, "不能晚于现在"),
        (Doing.PLAN, {"on": "明天"}, "不能晚于今天"),
        (Doing.PLAN, {"told_on": "月底"}, "告知职工的日子请写成"),
        (Doing.CLOSE, {}, "还没有选办结方式"),
        (Doing.PAUSE, {"reason": "不可抗力"}, "还没有填预计恢复日"),
        (Doing.EXTEND, {"days": "五"}, "写成数字"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_done(qtbot, case, doing, given, said):
    before, wanted = case.case, deed(case, doing)
    known = {field.name: field.value for field in wanted.fields}

    with qtbot.waitSignal(case.warned, timeout=PATIENCE) as warned:
        assert not case.do(wanted, known | given)

    assert said in warned.args[0]
    assert case.case == before


def test_a_key_pressed_twice_does_it_once(qtbot, case):
    wanted = deed(case, Doing.CONTACT)
    known = {field.name: field.value for field in wanted.fields} | {"note": "再打来"}
    before = len(case.case.events.contacts)

    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.do(wanted, known)
        assert not case.do(wanted, known)

    assert len(case.case.events.contacts) == before + 1


def test_what_the_rules_refuse_is_said_once(qtbot, case):
    wanted = deed(case, Doing.CLOSE)
    known = {field.name: field.value for field in wanted.fields}

    with qtbot.waitSignal(case.failed, timeout=PATIENCE) as failed:
        case.do(wanted, known | {"way": "调解成功"})

    assert "先调解" in str(failed.args[0])


def test_what_is_missing_is_named(qtbot, case):
    with qtbot.waitSignal(case.told, timeout=PATIENCE) as told:
        wanted = deed(case, Doing.CONTACT)
        known = {field.name: field.value for field in wanted.fields}
        case.do(wanted, known | {"note": "下午再打"})

    assert told.args[0].endswith("还差：时间、证据，联系这一步还没有完成。")


def test_eleven_people_are_proposed_as_complex(case):
    fields = {field.name: field for field in deed(case, Doing.PLAN).fields}

    assert fields["grade"].proposal == "复杂"
    assert fields["reason"].proposal == "十人以上"
    assert fields["grade"].value == ""
    assert fields["parts"].shape is Shape.TICKS


def test_a_route_is_proposed_from_what_is_ticked_and_taken_by_a_person(qtbot, case):
    assert case.route is None
    case.tick([RouteTick.LAWYER, RouteTick.MIGRANT])

    assert case.route.route is Route.LEGAL_AID
    assert "免予核查经济困难" in case.route.reason
    assert case.case.route is None

    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        case.accept_route()

    assert case.case.route is Route.LEGAL_AID


def test_several_departments_are_a_route_of_their_own(qtbot, case):
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("helpers", "人社、住建")

    assert case.route.route is Route.JOINT
    case.decline_route()
    assert case.route is None


def test_parties_are_written_one_a_line_and_keep_what_they_received(qtbot, case):
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("parties", "董某 ¥3千\n欧阳某，3,000 元\n李　四")
    assert case.case.parties == (
        Party(name="董某", claimed_fen=300_000),
        Party(name="欧阳某", claimed_fen=300_000),
        Party(name="李　四"),
    )
    do(qtbot, case, Doing.CLOSE, way="案前调解", told_on="今天", agreed="33000", pay_by="昨天")
    do(qtbot, case, Doing.PAYMENT, fen="1000", party="欧阳某")

    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("parties", case.text("parties").replace("董某 3,000 元\n", ""))

    assert [party.name for party in case.case.parties] == ["欧阳某", "李　四"]
    assert case.case.parties[0].received_fen == 100_000
    assert case.case.parties[0].claimed_fen == 300_000


def test_one_sign_says_who_represents_them_and_without_it_he_does_not(qtbot, case):
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("parties", "@董某 3000\n王某")
    assert [party.told for party in case.case.parties] == ["董某（代表人）", "王某"]
    assert case.text("parties") == "董某（代表人） 3,000 元\n王某"

    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("parties", case.text("parties").replace("（代表人）", ""))
    assert not any(party.represents for party in case.case.parties)


@pytest.mark.parametrize(("field", "text"), [("agreed", "很多"), ("pay_by", "月底"),
                                             ("parties", "董某 3.3.3")])  # fmt: skip
def test_a_field_that_is_not_understood_says_so(qtbot, case, field, text):
    before = case.case

    with qtbot.waitSignal(case.warned, timeout=PATIENCE):
        assert not case.write(field, text)

    assert case.case == before


def test_undoing_the_opening_leaves_the_question_without_a_case(qtbot, case, desk, question, ask):
    desk.live.undo()

    qtbot.waitUntil(lambda: case.case is None, timeout=PATIENCE)
    assert ask(lambda ledger: ledger.question(question.id)) == question
    assert case.sheet.question == question


def planned(qtbot, case):
    """Bring the case to where it is mediated."""
    do(qtbot, case, Doing.CONTACT, note="要求月底前付清", facts=FIVE)
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        case.assign("劳模调解员丁")
    do(qtbot, case, Doing.PLAN, parts="事实、证据、措施", route=Route.MODEL_WORKER.value,
       grade="复杂", reason="十人以上", told_on="今天")  # fmt: skip
    do(qtbot, case, Doing.ADVANCE, Course.MEDIATING)


def test_the_route_is_asked_with_the_plan_and_both_are_one_step(qtbot, case, desk):
    do(qtbot, case, Doing.CONTACT, note="要求月底前付清", facts=FIVE)
    before = case.case
    with qtbot.waitSignal(case.told, timeout=PATIENCE) as told:
        do(qtbot, case, Doing.PLAN, parts="事实、证据、措施", route=Route.CADRE.value,
           grade="一般", told_on="今天")  # fmt: skip
    assert told.args[0] == (
        f"{before.number} 记下了方案，还没有定：还差承办人（在“承办和分流”里指派），"
        "补上再按一次“定方案”。"
    )
    assert case.case.route is Route.CADRE
    assert "route" not in {field.name for field in deed(case, Doing.PLAN).fields}

    desk.live.undo()

    qtbot.waitUntil(lambda: case.case == before, timeout=PATIENCE)


def test_the_agreement_is_written_with_the_closing_in_one_step(qtbot, case, desk):
    planned(qtbot, case)
    before, today = case.case, studio_now().date()
    do(qtbot, case, Doing.CLOSE, way="调解成功", told_on="今天", agreed="3.3万", pay_by="明天")

    assert case.case.course is Course.MEDIATED
    assert case.case.promise.agreed_fen == 3_300_000
    assert case.case.promise.agreed_on == today
    assert case.case.promise.pay_by == today + timedelta(days=1)
    desk.live.undo()
    qtbot.waitUntil(lambda: case.case == before, timeout=PATIENCE)

    do(qtbot, case, Doing.ADVANCE, Course.MEDIATED, agreed="3万")
    fields = {field.name: field.value for field in deed(case, Doing.CLOSE).fields}
    assert fields["agreed"] == case.text("agreed") != ""
    assert case.case.promise.agreed_on == today


def test_an_agreement_waits_until_somebody_was_spoken_with(qtbot, case):
    before = case.case

    with qtbot.waitSignal(case.failed, timeout=PATIENCE) as failed:
        case.write("agreed", "3万")

    assert "先记联系" in str(failed.args[0])
    assert case.case == before


def test_a_worker_who_is_not_satisfied_is_told_to_be_taken_up_again(qtbot, case):
    do(qtbot, case, Doing.CLOSE, way="案前调解", told_on="今天")
    with qtbot.waitSignal(case.told, timeout=PATIENCE) as told:
        do(qtbot, case, Doing.CALL_BACK, satisfaction="不满意")

    assert told.args[0] == (
        f"{case.case.number} 已记回访：不满意，并记督办。要重办：先记“结案”，再按“重办”。"
    )
    assert case.deeds[0].doing is Doing.FINISH
    do(qtbot, case, Doing.FINISH, way="职工撤回")
    assert case.deeds[0].doing is Doing.AGAIN


def test_what_the_case_knows_is_ticked_and_nobody_has_been_told_yet(case):
    facts = next(field for field in deed(case, Doing.CONTACT).fields if field.name == "facts")
    told = next(field for field in deed(case, Doing.CLOSE).fields if field.name == "told_on")
    assert {"用人单位", "事项", "金额"} <= set(facts.value.split("、"))
    assert (told.value, told.proposal) == ("", studio_now().date().isoformat())


def test_money_of_one_worker_is_that_workers(qtbot, case):
    for field, text in (("people", "1"), ("parties", "董某 3000")):
        with qtbot.waitSignal(case.shown, timeout=PATIENCE):
            assert case.write(field, text)
    do(qtbot, case, Doing.CLOSE, way="案前调解", told_on="今天", agreed="3000")
    do(qtbot, case, Doing.PAYMENT, fen="1000", party="")

    assert case.case.parties[0].received_fen == 100_000
