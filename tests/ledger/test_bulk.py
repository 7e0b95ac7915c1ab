import dataclasses

import pytest

from hotline_desk.domain.bulk import CONFIRMED, UNCONFIRMED, VALUES, BulkChange, BulkField
from hotline_desk.domain.calls import Caller, PersonLabel
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.errors import Cancelled, NothingToUndo
from tests.ledger.records import a_call, a_question


@pytest.fixture
def filed(ledger):
    """Three questions: two of one caller, one of nobody; the second has an answer."""
    caller = Caller(name="董", labels=(PersonLabel.WOMAN,))
    call = ledger.add_call(a_call(caller=caller), by="乙")
    return [
        ledger.add_question(a_question(call_id=call.id, category=Category.WAGES), by="乙"),
        ledger.add_question(a_question(call_id=call.id, answer="可以"), by="乙"),
        ledger.add_question(a_question(other_categories=(Category.WAGES,)), by="乙"),
    ]


def ids(filed):
    return [question.id for question in filed]


def everything(ledger):
    return ledger.questions(QuestionQuery()), ledger.calls()


@pytest.mark.parametrize("field", list(BulkField))
def test_every_field_of_many_rows_is_changed_and_taken_back_in_one(ledger, filed, field):
    before = everything(ledger)
    own = {
        BulkField.DROP_LABEL: "女职工",
        BulkField.DROP_CATEGORY: "工资",
        BulkField.CONFIRMED: CONFIRMED,
    }
    value = own.get(field) or VALUES.get(field, ("东港服务点",))[-1]

    changed = ledger.change_rows(ids(filed), BulkChange(field, value), by="甲")

    assert changed > 0
    assert everything(ledger) != before
    assert ledger.examine() == []
    ledger.undo(by="甲")
    assert everything(ledger) == before
    with pytest.raises(NothingToUndo):
        ledger.undo(by="甲")


def test_a_category_is_never_its_own_other_category(ledger, filed):
    ledger.change_rows(ids(filed), BulkChange(BulkField.ADD_CATEGORY, "工资"), by="甲")
    assert [ledger.question(each).other_categories for each in ids(filed)] == [
        (), (Category.WAGES,), (Category.WAGES,),
    ]  # fmt: skip

    ledger.change_rows(ids(filed), BulkChange(BulkField.CATEGORY, "工资"), by="甲")
    assert {ledger.question(each).other_categories for each in ids(filed)} == {()}


def test_labels_are_the_callers_and_stand_in_the_order_of_the_list(ledger, filed):
    changed = ledger.change_rows(ids(filed), BulkChange(BulkField.ADD_LABEL, "农民工"), by="甲")

    assert changed == 1
    assert ledger.questions()[0].caller.labels == (PersonLabel.MIGRANT, PersonLabel.WOMAN)


def test_what_has_no_answer_cannot_be_confirmed(ledger, filed):
    assert ledger.change_rows(ids(filed), BulkChange(BulkField.CONFIRMED, CONFIRMED), by="甲") == 1
    assert ledger.question(filed[1].id).confirmed
    assert (
        ledger.change_rows(ids(filed), BulkChange(BulkField.CONFIRMED, UNCONFIRMED), by="甲") == 1
    )


def test_rows_that_are_as_wanted_or_gone_are_left_out(ledger, filed):
    change = BulkChange(BulkField.CATEGORY, "工资")

    assert ledger.change_rows([*ids(filed), 999], change, by="甲") == 2
    assert ledger.change_rows(ids(filed), change, by="甲") == 0


def test_a_value_that_is_none_changes_nothing(ledger, filed):
    before = everything(ledger)

    with pytest.raises(ValueError, match="没有"):
        ledger.change_rows(ids(filed), BulkChange(BulkField.KEEPING, "没有"), by="甲")

    assert everything(ledger) == before


def test_it_tells_how_far_it_has_come(ledger):
    made = [ledger.add_question(a_question(), by="乙") for _ in range(600)]
    told = []

    ledger.change_rows(
        ids(made), BulkChange(BulkField.UNIT, "莒县"), by="甲", on_progress=told.append
    )

    assert told == [250, 500, 600]
    assert [q.unit for q in ledger.questions()] == ["莒县"] * 600
    assert len(ledger.undo(by="甲")) < 400
    assert [q.unit for q in ledger.questions()] == [""] * 600


def test_only_what_is_changed_is_history(ledger, filed):
    ledger.save_question(dataclasses.replace(filed[0], point="欠薪"), by="乙")
    ledger.change_rows(ids(filed), BulkChange(BulkField.KEEPING, "永久"), by="甲")

    fields = [entry.field for entry in ledger.history("questions", filed[0].id)]
    assert fields == ["", "point", "keeping"]


def test_an_undo_of_many_tells_how_far_it_is_and_is_stopped_without_a_trace(ledger):
    rows = [ledger.add_question(a_question(), by="乙").id for _ in range(250)]
    ledger.change_rows(rows, BulkChange(BulkField.UNIT, "东港服务点"), by="甲")
    changed, told = everything(ledger), []

    def stop(done, total):
        told.append((done, total))
        if done > 100:
            raise Cancelled

    with pytest.raises(Cancelled):
        ledger.undo(by="甲", on_progress=stop)

    assert told == [(99, 250), (199, 250)]
    assert everything(ledger) == changed
    ledger.undo(by="甲")
    assert {question.unit for question in ledger.questions()} == {""}
