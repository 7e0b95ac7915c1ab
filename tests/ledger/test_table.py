import dataclasses
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.arranging import (
    Confirmation,
    Facet,
    Filing,
    GroupCount,
    Lately,
    Order,
    Shown,
    View,
)
from hotline_desk.domain.calls import Caller, PersonLabel
from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import QuestionQuery
from tests.ledger.records import AT, a_call, a_question


@pytest.fixture
def filed(ledger):
    """Six questions of three callers, on three days."""
    made = []
    for at, (name, district, labels) in enumerate(
        (
            ("董", "东港区", (PersonLabel.MIGRANT, PersonLabel.WOMAN)),
            ("王", "莒县", (PersonLabel.MIGRANT,)),
            ("李", "", ()),
        )
    ):
        call = ledger.add_call(
            a_call(caller=Caller(name=name, district=district, labels=labels)), by="甲"
        )
        for part, category in enumerate((Category.WAGES, Category.INJURY)):
            made.append(
                ledger.add_question(
                    a_question(
                        call_id=call.id,
                        category=category,
                        answer="可以" if part else "",
                        answered_by="律师丙" if part else "",
                        amount_fen=None if part else 100 * at,
                        at=AT + timedelta(days=at),
                    ),
                    by="甲",
                )
            )
    ledger.add_case(NewCase(received=AT.date(), questions=(made[0].id, made[3].id)), by="甲")
    ledger.save_question(dataclasses.replace(made[1], confirmed=True), by="甲")
    return made


def places(filed, arranged):
    ids = [question.id for question in filed]
    return [ids.index(each) for each in arranged.ids]


def test_all_rows_stand_newest_day_first_by_their_numbers(ledger, filed):
    assert places(filed, ledger.arranged(QuestionQuery())) == [4, 5, 2, 3, 0, 1]
    assert places(filed, ledger.arranged(QuestionQuery(limit=1))) == [4, 5, 2, 3, 0, 1]


@pytest.mark.parametrize("order", list(Order))
def test_every_order_shows_every_row_both_ways(ledger, filed, order):
    for descending in (False, True):
        found = ledger.arranged(QuestionQuery(), order=order, descending=descending)
        assert sorted(places(filed, found)) == [0, 1, 2, 3, 4, 5]


def test_rows_stand_in_the_order_asked_for(ledger, filed):
    by_amount = ledger.arranged(QuestionQuery(), order=Order.AMOUNT, descending=True)
    by_category = ledger.arranged(QuestionQuery(), order=Order.CATEGORY)
    by_number = ledger.arranged(QuestionQuery(), order=Order.NUMBER)

    assert places(filed, by_amount)[:3] == [4, 2, 0]
    assert places(filed, by_category) == [4, 2, 0, 5, 3, 1]
    assert places(filed, by_number) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("facet", list(Facet))
def test_groups_cover_all_rows_and_are_what_filters_let_through(ledger, filed, facet):
    found = ledger.arranged(QuestionQuery(), group=facet, order=Order.NUMBER)

    assert sorted(found.ids) == sorted(question.id for question in filed)
    begin = 0
    for group in found.groups:
        rows = found.ids[begin : begin + group.count]
        begin += group.count
        if facet is not Facet.LABEL:
            alone = ledger.arranged(
                QuestionQuery(filters={facet: (group.value,)}), order=Order.NUMBER
            )
            assert alone.ids == rows
    assert begin == len(filed)
    assert sorted(ledger.values_of(facet), key=str) == sorted(found.groups, key=str)


def test_filters_stand_beside_words_days_and_each_other(ledger, filed):
    def found(**asked):
        return sorted(places(filed, ledger.arranged(QuestionQuery(**asked))))

    assert found(filters={Facet.LABEL: ("女职工",)}) == [0, 1]
    assert found(filters={Facet.LABEL: ("农民工", "女职工")}) == [0, 1, 2, 3]
    assert found(filters={Facet.CASE: (Filing.FILED,)}) == [0, 3]
    assert found(filters={Facet.CONFIRMED: (Confirmation.OPEN,)}) == [3, 5]
    assert found(filters={Facet.CONFIRMED: tuple(Confirmation)}) == [0, 1, 2, 3, 4, 5]
    assert found(filters={Facet.CATEGORY: ("工资",), Facet.DISTRICT: ("莒县", "")}) == [2, 4]
    assert found(words="董", filters={Facet.CATEGORY: ("工伤",)}) == [1]
    assert found(since=AT.date() + timedelta(days=1), filters={Facet.CATEGORY: ("工伤",)}) == [3, 5]
    assert found(ids=[filed[0].id, filed[5].id, 999]) == [0, 5]
    assert found(ids=[]) == []


def test_rows_are_read_by_their_ids_with_their_cases(ledger, filed):
    rows = ledger.table_rows([filed[3].id, filed[4].id, 999])

    assert {row.question.id: row.case for row in rows} == {
        filed[3].id: "AJ-2026-0001",
        filed[4].id: "",
    }
    assert {row.question for row in rows} == {
        ledger.question(filed[3].id),
        ledger.question(filed[4].id),
    }


def test_what_is_taken_back_is_in_no_arrangement(ledger, filed):
    ledger.undo(by="甲")  # the confirmation
    ledger.undo(by="甲")  # the case
    ledger.undo(by="甲")  # the last question

    assert places(filed, ledger.arranged(QuestionQuery())) == [4, 2, 3, 0, 1]
    assert GroupCount("李", 1) not in ledger.values_of(Facet.DISTRICT)


@settings(max_examples=60)
@given(
    st.builds(
        Shown,
        words=st.text(max_size=8),
        lately=st.none() | st.sampled_from(Lately),
        filters=st.dictionaries(
            st.sampled_from(Facet), st.lists(st.text(max_size=4), min_size=1).map(tuple)
        ),
        group=st.none() | st.sampled_from(Facet),
        order=st.none() | st.sampled_from(Order),
        descending=st.booleans(),
    )
)
def test_a_view_keeps_what_is_shown(shown):
    assert View(name="我的", shows=shown.text()).shown == shown


def test_views_are_kept_renamed_and_taken_out_with_undo(ledger):
    view = ledger.keep(View(name="莒县", shows=Shown(words="莒").text()), by="甲")
    ledger.keep(dataclasses.replace(view, name="莒县的"), by="甲")
    assert [kept.name for kept in ledger.kept(View)] == ["莒县的"]

    ledger.take_out(view, by="甲")
    assert ledger.kept(View) == []
    ledger.undo(by="甲")
    assert [kept.name for kept in ledger.kept(View)] == ["莒县的"]
    assert ledger.examine() == []


def test_a_view_of_a_later_version_shows_what_is_known_of_it():
    view = View(name="新", shows='{"words": "工资", "group": "MOON", "order": "x", "lately": "y"}')

    assert view.shown == Shown(words="工资")
