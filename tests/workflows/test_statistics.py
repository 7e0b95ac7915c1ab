"""The figures of a real ledger: what the desk did is what is counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline_desk.domain.calls import Caller, Channel
from hotline_desk.domain.casework.cases import Party, Route
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.casework.course import ClosingWay, Promise
from hotline_desk.domain.categories import Category
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.statistics.closings import Opening, PublishedCategory
from hotline_desk.domain.statistics.monthly_sheet import monthly_sheet
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import case_clock, case_money, cases
from hotline_desk.workflows.case_merging import merge
from hotline_desk.workflows.statistics import reckon
from tests.ledger.records import AT, EPISODE, a_call, a_question
from tests.workflows.casework import BY, FRIDAY, mediating

NOVEMBER = Period.of_month("2026-11")
LATER = date(2026, 12, 20)


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(replace(EPISODE, listeners=210_000), by=BY)
        yield ledger


def numbers(ledger, workspace, **given):
    return reckon(ledger, workspace, on=LATER).numbers(NOVEMBER, **given)


@pytest.fixture
def cleaners(ledger):
    """The seed's case (b): one call, three questions, eleven people, 33,000 yuan in all."""
    call = ledger.add_call(a_call(caller=Caller(name="董", district="东港区")), by=BY)
    asked = [
        ledger.add_question(
            a_question(call_id=call.id, category=category, people=11, amount_fen=3_300_000,
                       employer="某物业公司", answered_by="李律师"),
            by=BY,
        )
        for category in (Category.WAGES, Category.CONTRACT, Category.INSURANCE)
    ]  # fmt: skip
    return cases.open_case(ledger, [question.id for question in asked], by=BY)


def test_three_questions_of_eleven_cleaners_are_one_case_of_eleven_people(
    ledger, workspace, cleaners
):
    counted = numbers(ledger, workspace)

    assert (counted["questions"], counted["consultations"]) == (3, 1)
    assert (counted["cases.opened"], counted["people"], counted["cases.collective"]) == (1, 11, 1)
    assert (counted["episodes"], counted["listeners"]) == (1, 210_000)


def test_what_is_agreed_and_what_has_come_are_two_figures(ledger, workspace, cleaners):
    mediating(ledger, cleaners)
    told = Closing(on=FRIDAY, told_on=FRIDAY)
    case_clock.close(ledger, cleaners.id, told, ClosingWay.MEDIATED, by=BY)
    agreed = Promise(agreed_fen=3_300_000, agreed_on=FRIDAY, pay_by=FRIDAY + timedelta(days=10))
    case_money.promise(ledger, cleaners.id, agreed, basis="调解协议书", by=BY)
    case_money.note_parties(ledger, cleaners.id, [Party(name="董小红")], by=BY)
    paid_on = date(2026, 12, 4)
    case_money.note_payment(ledger, cleaners.id, 300_000, on=paid_on, party="董小红", by=BY)

    reckoning = reckon(ledger, workspace, on=LATER)
    now, december = (reckoning.numbers(Period.of_month(f"2026-{month}")) for month in (11, 12))

    assert (now["agreed"], now["received"], now["mediated"]) == (3_300_000, 0, 1)
    assert (december["agreed"], december["received"]) == (0, 300_000)
    total = reckoning.counted(Period.of_month("2026-12"))
    assert total["agreed"].columns.total == 3_300_000
    assert total["received"].columns.total == 300_000


def test_groups_of_a_case_are_those_of_its_first_question(ledger, workspace, cleaners):
    cleaners = replace(cleaners, route=Route.MODEL_WORKER, owner="劳模调解员丁")
    ledger.save_case(cleaners, by=BY)
    reckoning = reckon(ledger, workspace, on=LATER)

    def parts(by, key):
        return {row.words: row.numbers[key] for row in reckoning.groups(NOVEMBER, by)
                if row.numbers[key]}  # fmt: skip

    assert parts(Group.CATEGORY, "people") == {"工资": 11}
    assert parts(Group.DISTRICT, "people") == {"东港区": 11}
    assert parts(Group.EPISODE, "people") == {"第 190 期": 11}
    assert parts(Group.LAWYER, "people") == {"劳模调解员丁": 11}
    assert parts(Group.LAWYER, "questions") == {"李律师": 3}
    assert parts(Group.ROUTE, "questions") == {"劳模调解员调解": 3}


def test_each_number_opens_its_rows(ledger, workspace, cleaners):
    reckoning = reckon(ledger, workspace, on=LATER)

    assert reckoning.behind("questions", NOVEMBER).questions == cleaners.questions
    assert reckoning.behind("consultations", NOVEMBER).questions == cleaners.questions[:1]
    assert reckoning.behind("people", NOVEMBER).cases == (cleaners.id,)
    assert reckoning.behind("listeners", NOVEMBER).episodes == (190,)
    only = reckoning.behind("questions", NOVEMBER, by=Group.CATEGORY, value="社保缴纳")
    assert only.questions == cleaners.questions[2:]


def test_what_was_taken_back_or_merged_counts_nowhere(ledger, workspace, cleaners):
    other = ledger.add_question(a_question(at=AT + timedelta(minutes=9), people=2), by=BY)
    duplicate = cases.open_case(ledger, [other.id], by="接线员")
    ledger.add_question(a_question(), by="说错的人")

    ledger.undo(by="说错的人")
    merge(ledger, duplicate.id, into=cleaners.id, by=BY)

    counted = numbers(ledger, workspace)
    assert (counted["questions"], counted["cases.new"], counted["people"]) == (4, 1, 11)


def test_rows_are_counted_for_their_unit_and_those_above_it(ledger, workspace):
    ledger.keep(ServicePoint(name="东港区总工会"), by=BY)
    ledger.keep(ServicePoint(name="石臼街道服务点", parent="东港区总工会"), by=BY)
    ledger.add_question(a_question(episode=None, unit="石臼街道服务点"), by=BY)
    ledger.add_question(a_question(channel=Channel.VISIT), by=BY)

    assert numbers(ledger, workspace)["questions"] == 2
    assert numbers(ledger, workspace, unit="东港区总工会")["questions"] == 1
    assert numbers(ledger, workspace, unit="石臼街道服务点")["visits"] == 0


def test_a_unit_that_is_in_no_register_has_a_row_of_its_own(ledger, workspace):
    ledger.add_question(a_question(unit="五莲县总工会"), by=BY)

    sheet = monthly_sheet(reckon(ledger, workspace), f"{AT:%Y-%m}")

    told = {row.line.words: row.numbers["questions"] for row in sheet.units}
    assert told["五莲县总工会（未登记）"] == 1
    assert sum(count for words, count in told.items() if words.endswith("本级")) == 0


def test_an_office_that_begins_at_episode_191_tells_totals_since_the_first(ledger, workspace):
    ledger.add_question(a_question(), by=BY)
    ledger.keep(Opening(figure="questions", value=500, source="2023 年 3 月通报"), by=BY)
    ledger.keep(Opening(figure="questions", value=20, source="补报"), by=BY)
    ledger.keep(Opening(figure="agreed", value=90_000_000), by=BY)

    counted = reckon(ledger, workspace, on=LATER).counted(NOVEMBER)

    assert counted["questions"].columns.total == 521
    assert counted["questions"].columns.this_year == 1
    assert counted["agreed"].columns.total == 90_000_000


def test_the_office_says_under_which_heading_a_category_is_published(ledger, workspace):
    ledger.add_question(a_question(category=Category.DISMISSAL), by=BY)

    shipped = numbers(ledger, workspace)
    ledger.keep(PublishedCategory(category=Category.DISMISSAL, published="解除合同"), by=BY)
    written = numbers(ledger, workspace)

    assert shipped["category.劳动合同"] == 1
    assert (written["category.劳动合同"], written["category.解除合同"]) == (0, 1)


def test_uploads_come_from_the_record_of_publications(ledger, workspace):
    ledger.keep(
        Publication(item="第 190 期音频", episode=190, place="职工大讲堂", published_on=FRIDAY),
        by=BY,
    )

    assert numbers(ledger, workspace)["uploads"] == 1
