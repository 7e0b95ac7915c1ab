"""A real ledger with the eleven cleaners' case in it, for the deeds of cases."""

import pytest

from hotline_desk.domain.calls import Caller, Gender
from hotline_desk.domain.questions import Kind
from hotline_desk.ledger import Ledger
from hotline_desk.workflows import cases
from tests.ledger.records import EPISODE, a_call, a_question
from tests.workflows.casework import BY


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by=BY)
        yield ledger


@pytest.fixture
def cleaners(ledger):
    """Three questions of one call: eleven cleaners, 33,000 yuan."""
    caller = Caller(
        name="董", title=Gender.WOMAN, employer="某物业公司", phone="13800005678",
        district="东港区石臼街道",
    )  # fmt: skip
    call = ledger.add_call(a_call(caller=caller), by=BY)
    asked = {"call_id": call.id, "people": 11, "amount_fen": 3_300_000, "kind": Kind.REQUEST}
    points = ("拖欠两个月工资", "能不能推选代表", "会不会被辞退")
    return [ledger.add_question(a_question(point=point, **asked), by=BY).id for point in points]


@pytest.fixture
def case(ledger, cleaners):
    return cases.open_case(ledger, cleaners, by=BY)
