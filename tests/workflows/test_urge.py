"""一键催办: what is written to whom, and what an employer must never read in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.calls import Caller, CallerKind, Gender, PersonLabel
from hotline_desk.domain.casework.cases import ActionKind, Case, NewCase, Party
from hotline_desk.domain.casework.clock_events import ClockEvents, Closing
from hotline_desk.domain.casework.course import ClosingWay, Promise
from hotline_desk.domain.casework.deadlines import read_clock
from hotline_desk.domain.casework.urging import Matter, Urged, urging
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Question
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.errors import CourseRefused, RecordNotFound
from hotline_desk.paths import Workspace
from hotline_desk.workflows import case_clock, case_money, refer
from hotline_desk.workflows.urge import urge_owner, urging_text
from tests.domain.cases import CALENDAR, LIMITS, paused
from tests.ledger.records import AT, texts
from tests.workflows.casework import BY, FRIDAY, MONDAY, TUESDAY, WEDNESDAY, mediating

WORKER = ("董", "13800005678", "石臼", "两个月", "33,000", "11 人", "代表")


@pytest.fixture
def urge(ledger, case, tmp_path):
    def write(whom, on=FRIDAY):
        return urging_text(ledger, Workspace(tmp_path), [case.id], whom, on=on)

    return write


@pytest.fixture
def consent(ledger):
    def say(**answers):
        (call,) = ledger.calls()
        ledger.save_call(replace(call, consent=replace(call.consent, **answers)), by=BY)

    return say


def test_an_employer_reads_nothing_of_the_worker_who_keeps_the_name(urge, case):
    text = urge(Urged.EMPLOYER)

    assert case.number in text.words
    assert "某物业公司" in text.words
    assert not any(word in text.words for word in WORKER)
    assert "对单位保密" in text.left_out


def test_what_the_employer_has_agreed_to_it_may_read(ledger, urge, case):
    agreed = Promise(agreed_fen=3_300_000, pay_by=FRIDAY)
    case_money.promise(ledger, case.id, agreed, basis="", by=BY)

    text = urge(Urged.EMPLOYER, MONDAY)

    assert "约定 11月27日 周五付清，已经逾期" in text.words
    assert not any(word in text.words for word in WORKER)


@pytest.mark.parametrize("whom", [Urged.EMPLOYER, Urged.DEPARTMENT, Urged.OWNER])
def test_a_number_in_the_matter_is_read_by_nobody(ledger, urge, case, consent, whom):
    consent(name_to_employer=True, pass_on=True)
    ledger.save_case(replace(case, matter="欠薪，电话13900001111"), by=BY)

    text = urge(whom)

    assert "欠薪" in text.words
    assert "13900001111" not in text.words


@pytest.mark.parametrize("category", [Category.SAFETY, Category.RETIREMENT])
def test_what_tells_who_asks_is_not_named_to_the_employer(ledger, urge, case, category):
    question = ledger.question(case.questions[0])
    ledger.save_question(replace(question, category=category), by=BY)

    assert str(category) not in urge(Urged.EMPLOYER).words
    assert str(category) in urge(Urged.DEPARTMENT).words


def test_an_employer_reads_who_asks_where_that_is_agreed_to(urge, consent):
    consent(name_to_employer=True)

    text = urge(Urged.EMPLOYER)

    assert "董女士反映拖欠两个月工资" in text.words
    assert "13800005678" not in text.words


def test_another_department_reads_of_the_worker_only_with_consent(urge, consent):
    without = urge(Urged.DEPARTMENT)
    consent(pass_on=True)
    agreed = urge(Urged.DEPARTMENT)

    assert not any(word in without.words for word in WORKER)
    assert "没有同意转交" in without.left_out
    assert "董女士：拖欠两个月工资" in agreed.words
    assert "涉及 11 人，诉求金额 33,000 元" in agreed.words
    for text in (without, agreed):
        assert "请勿向用人单位透露" in text.words


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (FRIDAY, "红牌，联系：11月26日 周四，超期 1 个工作日。暂停计时：等鉴定或认定"),
        (WEDNESDAY, "　暂停计时：等鉴定或认定"),
    ],
)
def test_the_owner_reads_that_it_stands_and_is_late_nevertheless(ledger, urge, case, first, said):
    case_clock.pause(ledger, case.id, paused(first, TUESDAY), by=BY)

    assert said in urge(Urged.OWNER).words


def test_the_owner_reads_that_the_sum_is_missing(ledger, urge, case):
    mediating(ledger, case)
    case_clock.close(
        ledger, case.id, Closing(on=FRIDAY, told_on=FRIDAY), ClosingWay.MEDIATED, by=BY
    )

    assert "已办结，还没有写协议金额。" in urge(Urged.OWNER).words


def test_the_owner_reads_where_the_case_stands_and_looks_the_number_up(urge):
    text = urge(Urged.OWNER)

    assert "红牌，联系：11月26日 周四，超期 1 个工作日" in text.words
    assert "来电人：董女士，联系方式见台账" in text.words
    assert "13800005678" not in text.words


def test_nothing_is_written_of_no_case(ledger, tmp_path):
    with pytest.raises(CourseRefused):
        urging_text(ledger, Workspace(tmp_path), [], Urged.OWNER, on=FRIDAY)


def test_nobody_reads_of_what_concerns_others(ledger, case, tmp_path):
    others = [
        ledger.add_case(NewCase(received=WEDNESDAY, **given), by=BY).id
        for given in ({"employer": "海蓝机械厂"}, {"owner": "干部甲"})
    ]

    def write(ids, whom):
        return urging_text(ledger, Workspace(tmp_path), ids, whom, on=FRIDAY)

    with pytest.raises(CourseRefused, match="同一个用人单位"):
        write([case.id, others[0]], Urged.EMPLOYER)
    with pytest.raises(CourseRefused, match="还没有写"):
        write([others[1]], Urged.EMPLOYER)
    with pytest.raises(CourseRefused, match="同一位承办人"):
        write([case.id, others[1]], Urged.OWNER)
    assert write([case.id, *others], Urged.DEPARTMENT).words.count("AJ-2026-") == 3


def test_urging_an_owner_is_noted_in_each_case_once_and_taken_back_in_one(ledger, case, tmp_path):
    other = ledger.add_case(NewCase(received=WEDNESDAY), by=BY)
    ids = [case.id, other.id, case.id]

    text = urge_owner(ledger, Workspace(tmp_path), ids, on=FRIDAY, by=BY)

    noted = [ledger.case(each).actions[-1] for each in (case.id, other.id)]
    assert [(each.kind, each.words) for each in noted] == [(ActionKind.URGED, "承办人")] * 2
    assert text.words.count("AJ-2026-") == 2
    ledger.undo(by=BY)
    assert not any(ledger.case(each).actions for each in (case.id, other.id))


def test_where_there_is_no_text_nobody_was_urged(ledger, case, tmp_path):
    other = ledger.add_case(NewCase(received=WEDNESDAY, owner="干部甲"), by=BY)

    with pytest.raises(CourseRefused):
        urge_owner(ledger, Workspace(tmp_path), [case.id, other.id], on=FRIDAY, by=BY)

    assert not any(ledger.case(each).actions for each in (case.id, other.id))


callers = st.builds(
    Caller,
    name=texts,
    title=st.sampled_from(Gender),
    phone=texts,
    district=texts,
    employer=texts,
    occupation=texts,
    industry=texts,
    kind=st.sampled_from(CallerKind),
    labels=st.lists(st.sampled_from(PersonLabel), unique=True).map(tuple),
)
asked = st.builds(
    Question,
    id=st.just(1),
    number=st.just("GHFL-2026-190-01"),
    caller=callers,
    episode=st.none(),
    at=st.just(AT),
    category=st.sampled_from([Category.INJURY, Category.WOMEN_AND_MINORS, Category.PENDING]),
    point=texts,
    text=texts,
    answer=texts,
    notes=texts,
    people=st.none() | st.integers(0, 99),
    amount_fen=st.none() | st.integers(0, 10**9),
)


@given(
    st.lists(asked, min_size=1, max_size=3),
    st.fixed_dictionaries(
        {
            "matter": texts,
            "notes": texts,
            "results": texts,
            "helpers": texts,
            "people": st.none() | st.integers(0, 99),
            "claimed_fen": st.none() | st.integers(0, 10**9),
            "parties": st.lists(st.builds(Party, name=texts), max_size=3).map(tuple),
        }
    ),
)
def test_whoever_asks_and_whatever_is_said_an_employer_reads_the_same(questions, known):
    plain = Case(
        id=1,
        number="AJ-2026-0001",
        received=WEDNESDAY,
        events=ClockEvents(received=WEDNESDAY),
        employer="某物业公司",
    )

    def text(case, questions):
        clock = read_clock(case.events, FRIDAY, calendar=CALENDAR, limits=LIMITS)
        matter = Matter(case=case, questions=questions, clock=clock, secret=True, may_pass_on=False)
        return urging([matter], Urged.EMPLOYER, union="日照市总工会", on=FRIDAY)

    assert text(replace(plain, **known), questions) == text(plain, ())


def test_a_worker_is_sent_to_a_service_point_of_the_district(ledger, case, tmp_path):
    far = ledger.keep(ServicePoint(name="莒县服务点", district="莒县"), by=BY)
    near = ledger.keep(
        ServicePoint(
            name="石臼服务点", district="东港区", address="海滨路 1 号", phone="0633-8781234",
            hours="工作日 9:00–17:00",
        ),
        by=BY,
    )  # fmt: skip
    ledger.keep(ServicePoint(name="旧点", district="东港区", active=False), by=BY)

    referred = refer.refer(ledger, case.id, near.id, on=FRIDAY, by=BY)
    text = refer.referral_text(ledger, Workspace(tmp_path), case.id, near.id)

    assert refer.points(ledger, case.id) == [near, far]
    assert referred.actions[-1].words == "石臼服务点"
    assert "地址：海滨路 1 号\n电话：0633-8781234\n时间：工作日 9:00–17:00" in text
    assert case.number in text
    with pytest.raises(RecordNotFound):
        refer.refer(ledger, case.id, 99, on=FRIDAY, by=BY)
