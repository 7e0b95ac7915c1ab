"""Cases opened for questions, on a real ledger; each deed one step for undo."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline_desk.domain.calls import Caller, CallerKind, Channel, Gender
from hotline_desk.domain.casework.cases import Route
from hotline_desk.domain.casework.contacts import Fact, Way
from hotline_desk.domain.casework.course import Course
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.domain.questions import Handling, Kind
from hotline_desk.errors import CaseNotFound, CourseRefused, QuestionHasCase
from hotline_desk.workflows import assign, case_clock, case_money, cases
from tests.ledger.records import AT, a_call, a_question
from tests.workflows.casework import BY, THURSDAY, WEDNESDAY, called


def test_three_questions_of_eleven_cleaners_are_one_case_of_eleven_people(ledger, cleaners, case):
    assert case.number == "AJ-2026-0001"
    assert (case.people, case.claimed_fen) == (11, 3_300_000)
    assert (case.employer, case.matter) == ("某物业公司", "拖欠两个月工资")
    assert case.received == WEDNESDAY
    assert case.questions == tuple(cleaners)
    assert {ledger.question(each).handling for each in cleaners} == {Handling.CASE}
    assert ledger.case_of(cleaners[2]) == case


def test_the_call_counts_with_the_facts_it_brought(case):
    (intake,) = case.events.contacts

    assert intake.way is Way.INTAKE
    assert intake.at == AT
    assert intake.facts == {Fact.EMPLOYER, Fact.MATTER, Fact.AMOUNT}
    assert case.course is Course.TO_CONTACT


@pytest.fixture
def asking(ledger):
    """Add a question that a caller asks, for whom *caller* is known."""

    def asked(*, people=None, channel=Channel.ON_AIR, at=AT, **caller):
        call = ledger.add_call(a_call(caller=Caller(**caller), channel=channel, at=at), by=BY)
        row = a_question(call_id=call.id, people=people, channel=channel, at=at, point="欠薪")
        return ledger.add_question(row, by=BY).id

    return asked


FAMILY, COLLEAGUE = CallerKind.FAMILY, CallerKind.COLLEAGUE


@pytest.mark.parametrize(
    ("callers", "named", "count"),
    [
        ([{"name": "王小丽"}], ["王小丽"], 1),
        ([{"name": "王", "title": Gender.WOMAN}], ["王女士"], 1),
        ([{"name": "王小丽"}, {"name": "王小丽"}, {"name": "王"}], ["王小丽"], 1),
        ([{"name": "王小丽"}, {"name": "李强"}], ["王小丽", "李强"], 2),
        ([{"name": "王小丽", "people": 1}], ["王小丽"], 1),
        ([{"name": "王小丽", "people": 11}], [], 11),
        ([{"name": "王小丽"}, {"name": "李强", "people": 1}], ["王小丽", "李强"], 2),
        ([{"name": "王小丽", "kind": FAMILY}], [], 1),
        ([{"name": "王小丽"}, {"name": "李强", "kind": COLLEAGUE}], ["王小丽"], 1),
        ([{"name": "职工"}], [], 1),
        ([{"phone": "13800005678"}], [], 1),
    ],
)
def test_who_asks_for_himself_is_its_worker_unless_more_is_known(
    ledger, asking, callers, named, count
):
    case = cases.open_case(ledger, [asking(**each) for each in callers], by=BY)

    assert [party.name for party in case.parties] == named
    assert case.headcount == count
    assert ledger.undo(by=BY)


def test_who_joins_a_case_for_himself_is_one_worker_more(ledger, asking):
    case = cases.open_case(ledger, [asking(name="王小丽")], by=BY)

    again = cases.join_case(ledger, case.id, [asking(name="王", title=Gender.WOMAN)], by=BY)
    joined = cases.join_case(
        ledger, case.id, [asking(name="李强"), asking(name="李强家", kind=FAMILY)], by=BY
    )

    assert again.parties == case.parties
    assert [party.name for party in joined.parties] == ["王小丽", "李强"]
    told = cases.amend(ledger, case.id, people=2, by=BY)
    assert cases.join_case(ledger, case.id, [asking(name="赵")], by=BY).parties == told.parties


def test_whose_only_question_leaves_is_no_worker_of_the_case_any_more(ledger, asking):
    """But who has an amount, money or a part to play there is."""
    asked = [asking(name=name) for name in ("董小红", "李大海", "赵梅", "董小红", "周敏")]
    case = cases.open_case(ledger, asked, by=BY)
    parties = [replace(each, represents=each.name == "赵梅") for each in case.parties]
    case_money.note_parties(ledger, case.id, parties, by=BY)
    case_money.note_payment(ledger, case.id, 500, on=WEDNESDAY, party="周敏", by=BY)

    for each in asked[1:]:
        left = cases.leave_case(ledger, case.id, each, by=BY)

    assert [party.name for party in left.parties] == ["董小红", "赵梅", "周敏"]
    again = cases.open_case(ledger, [asked[1]], by=BY)
    assert [party.name for party in again.parties] == ["李大海"]


@pytest.mark.parametrize(
    ("channel", "way"),
    [
        (Channel.ON_AIR, Way.INTAKE),
        (Channel.HOTLINE, Way.INTAKE),
        (Channel.VISIT, Way.VISIT),
        *((each, None) for each in Channel
          if each not in {Channel.ON_AIR, Channel.HOTLINE, Channel.VISIT}),
    ],
)  # fmt: skip
def test_nobody_has_spoken_with_who_wrote_or_was_handed_over(ledger, asking, channel, way):
    case = cases.open_case(ledger, [asking(name="王五", channel=channel)], by=BY)

    assert [contact.way for contact in case.events.contacts] == ([way] if way else [])


def test_one_undo_takes_the_whole_opening_back(ledger, cleaners, case):
    before = ledger.undo(by=BY)

    assert "AJ-2026-0001" in before
    with pytest.raises(CaseNotFound):
        ledger.case(case.id)
    assert {ledger.question(each).handling for each in cleaners} == {Handling.ANSWERED}
    assert ledger.case_of(cleaners[0]) is None


def test_an_advice_for_which_a_case_is_opened_becomes_a_request(ledger):
    question = ledger.add_question(a_question(kind=Kind.ADVICE), by=BY)

    cases.open_case(ledger, [question.id], by=BY)

    assert ledger.question(question.id).kind is Kind.REQUEST


def test_unit_and_number_of_other_platforms_go_along_with_the_question(ledger):
    given = {"unit": "石臼服务点", "external_number": "12345-7"}
    questions = [ledger.add_question(a_question(**each), by=BY).id for each in ({}, given)]

    case = cases.open_case(ledger, questions, by=BY)

    assert (case.unit, case.external_number) == ("石臼服务点", "12345-7")


def test_a_question_has_one_case_and_a_refused_opening_changes_nothing(ledger, cleaners, case):
    other = ledger.add_question(a_question(), by=BY)

    with pytest.raises(QuestionHasCase):
        cases.open_case(ledger, [other.id, cleaners[0]], by=BY)

    assert ledger.question(other.id).handling is Handling.ANSWERED
    assert ledger.cases() == [case]


def test_a_later_question_joins_the_case_and_nothing_is_added_up(ledger, cleaners, case):
    late = ledger.add_question(a_question(people=11, amount_fen=3_300_000), by=BY)

    joined = cases.join_case(ledger, case.id, [cleaners[0], late.id], by=BY)

    assert joined.questions == (*cleaners, late.id)
    assert (joined.people, joined.claimed_fen) == (11, 3_300_000)
    assert ledger.question(late.id).handling is Handling.CASE
    ledger.undo(by=BY)
    assert ledger.case(case.id) == case
    assert ledger.question(late.id) == late


def test_questions_of_which_one_has_a_case_join_it_others_get_one(ledger, cleaners, case):
    late, alone = (ledger.add_question(a_question(), by=BY).id for _ in range(2))

    joined = cases.open_or_join(ledger, [late, cleaners[1]], by=BY)
    opened = cases.open_or_join(ledger, [alone], by=BY)

    assert joined == replace(case, questions=(*cleaners, late))
    assert opened.questions == (alone,)
    with pytest.raises(QuestionHasCase):
        cases.open_or_join(ledger, [alone, late], by=BY)


def test_what_belongs_to_another_case_does_not_join(ledger, case):
    other = ledger.add_question(a_question(), by=BY)
    cases.open_case(ledger, [other.id], by=BY)

    with pytest.raises(QuestionHasCase):
        cases.join_case(ledger, case.id, [other.id], by=BY)


def test_a_case_without_questions_is_refused(ledger):
    with pytest.raises(CourseRefused):
        cases.open_case(ledger, [], by=BY)


def test_what_others_did_since_is_kept(ledger, case):
    """A deed reads the case anew: it writes nothing back that was there when it was shown."""
    assign.assign(ledger, case.id, owner="干部甲", route=Route.CADRE, by="另一位")

    now = case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)

    assert now.owner == "干部甲"
    assert date(2026, 11, 26) == now.events.contacts[-1].on


def test_fields_of_a_case_are_written_and_the_rest_stays(ledger, case):
    reflected = WEDNESDAY - timedelta(days=9)

    amended = cases.amend(
        ledger, case.id, by=BY, matter="拖欠工资", people=12, claimed_fen=None,
        external_number="12345-7", reflected=reflected, keeping=Keeping.FOREVER,
        retained=Retention.IN_DISPUTE,
    )  # fmt: skip

    assert amended == replace(
        case, matter="拖欠工资", people=12, claimed_fen=None, external_number="12345-7",
        reflected=reflected, keeping=Keeping.FOREVER, retained=Retention.IN_DISPUTE,
    )  # fmt: skip
    ledger.undo(by=BY)
    assert ledger.case(case.id) == case


@pytest.mark.parametrize("changed", [{"people": -1}, {"claimed_fen": -1}, {"reflected": THURSDAY}])
def test_what_cannot_be_of_a_case_is_refused(ledger, case, changed):
    with pytest.raises(CourseRefused):
        cases.amend(ledger, case.id, by=BY, **changed)

    assert ledger.case(case.id) == case


def test_a_question_is_taken_out_of_its_case_and_back_by_undo(ledger, cleaners, case):
    left = cases.leave_case(ledger, case.id, cleaners[1], by=BY)

    assert left.questions == (cleaners[0], cleaners[2])
    assert ledger.case_of(cleaners[1]) is None
    assert ledger.question(cleaners[1]).handling is Handling.ANSWERED
    ledger.undo(by=BY)
    assert ledger.case(case.id) == case
    assert ledger.question(cleaners[1]).handling is Handling.CASE


def test_no_case_is_left_without_questions(ledger, cleaners, case):
    for each in cleaners[1:]:
        cases.leave_case(ledger, case.id, each, by=BY)

    with pytest.raises(CourseRefused, match="最后一个"):
        cases.leave_case(ledger, case.id, cleaners[0], by=BY)
    with pytest.raises(CourseRefused, match="不在"):
        cases.leave_case(ledger, case.id, cleaners[1], by=BY)
