"""案件台账: how many people a case has, and when the worker was first spoken with."""

from dataclasses import replace
from datetime import datetime

import pytest

from hotline_desk.domain import sheets
from hotline_desk.domain.casework import noted_words
from hotline_desk.domain.casework.cases import Case, Party
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Fact, Way
from hotline_desk.domain.casework.noted import noted
from hotline_desk.domain.importing.known import differing_case_fields
from hotline_desk.domain.times import STUDIO_ZONE
from tests.domain.cases import CALENDAR, LIMITS, MONDAY, a_case, after
from tests.domain.tables import planned, read, sheet

OFFICE = sheets.Office(unit="总工会", internal=True, on=after(11), calendar=CALENDAR, limits=LIMITS)
CASE = Case(id=1, number="AJ-2026-0001", received=MONDAY, events=a_case())


def told(case):
    row = sheets.case_row(1, case, questions=[], office=OFFICE)
    return dict(zip(sheets.CASE_HEADINGS, row, strict=True))


def spoken(days, *, hour=15, way=Way.CALL, reached=True, facts=frozenset({Fact.MATTER})):
    at = datetime.combine(after(days), datetime.min.time(), STUDIO_ZONE).replace(hour=hour)
    return Contact(at=at, way=way, reached=reached, facts=frozenset(facts))


def first_contact(*contacts):
    return told(replace(CASE, events=a_case(contacts=contacts)))["首次联系时间"]


def test_the_first_talk_counts_not_the_day_on_which_the_last_fact_was_noted():
    vain = spoken(1, reached=False)

    assert first_contact(vain, spoken(3), spoken(7, facts=ALL_FACTS)) == "2026-11-05 15:00"


@pytest.mark.parametrize(
    "way", [Way.ON_AIR, Way.NEGOTIATION, Way.MEDIATION, Way.ARBITRATION, Way.COURT]
)
def test_no_other_talk_is_one_with_the_worker(way):
    assert first_contact(spoken(1, way=way), spoken(2)) == "2026-11-04 15:00"


def test_the_intake_call_counts_with_all_five_facts_alone():
    whole = spoken(0, hour=9, way=Way.INTAKE, facts=ALL_FACTS)

    assert first_contact(spoken(0, hour=9, way=Way.INTAKE), spoken(2)) == "2026-11-04 15:00"
    assert first_contact(whole, spoken(2)) == "2026-11-02 09:00"


def test_who_was_never_reached_was_never_contacted():
    tries = [spoken(day, hour=hour, reached=False) for day, hour in ((1, 9), (1, 11), (2, 15))]
    text = spoken(2, hour=16, way=Way.TEXT, reached=False)

    assert first_contact(*tries, text) == ""
    assert first_contact() == ""


def test_what_came_after_the_day_of_the_sheet_is_not_told():
    assert first_contact(spoken(12)) == ""


@pytest.mark.parametrize("written", ["2026-11-04", "2026-11-04 15:20"])
def test_the_time_goes_out_as_it_came_in(written):
    """A table that says the day alone has no hour made up for it."""
    table = sheet("案件台账", ["接收日期", "首次联系时间"], ["2026-11-02", written])

    (found,) = planned(read(table), on=OFFICE.on).cases

    events = found.incoming.case.events
    (contact,) = noted(replace(CASE, events=replace(events, gradings=())))
    assert told(replace(CASE, events=events))["首次联系时间"] == written
    assert noted_words.told(contact).head == f"{written} · 电话 · 说上了话"
    assert (" 15:20 的联系" in noted_words.spoken(contact, MONDAY)) is ("15:20" in written)


@pytest.mark.parametrize(
    ("people", "named", "count"),
    [(None, 0, 1), (None, 1, 1), (None, 11, 11), (11, 1, 11), (1, 0, 1), (0, 0, 0), (2, 11, 2)],
)
def test_people_are_told_as_they_are_counted(people, named, count):
    """A case without anybody there is not: who asked is one, whoever is named counts."""
    parties = tuple(Party(name=f"职工{place}甲") for place in range(named))
    case = replace(CASE, people=people, parties=parties)

    row = told(case)

    assert case.headcount == row["涉及人数"] == count
    assert case.is_collective is (count >= 10)
    assert row["是否集体争议"] == ("是" if count >= 10 else "否")


@pytest.mark.parametrize(
    ("people", "own", "sum_"),
    [
        (None, None, 3000.0),
        (1, None, 3000.0),
        (None, 200_000, 2000.0),
        (11, None, ""),
    ],
)
def test_what_a_case_of_one_worker_claims_is_his(people, own, sum_):
    """Nobody types the sum twice."""
    party = Party(name="董小红", claimed_fen=own)

    (row,) = sheets.party_rows(replace(CASE, people=people, claimed_fen=300_000, parties=(party,)))

    assert row[:3] == [CASE.number, "董小红", sum_]


def test_a_sheet_of_ours_that_comes_back_says_nothing_else_than_the_ledger():
    """涉及人数 is told of every case, also where nobody wrote it."""
    named = replace(CASE, parties=(Party(name="董小红"), Party(name="王明")))

    for case in (CASE, named, replace(CASE, people=11)):
        back = replace(CASE, people=told(case)["涉及人数"])
        assert differing_case_fields(back, case) == []
        assert differing_case_fields(CASE, case) == []
    assert differing_case_fields(replace(CASE, people=3), named) == ["涉及人数"]
