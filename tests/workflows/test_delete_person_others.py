"""个人信息删除（匿名化）: who else has the name or the number, and who never called."""

from dataclasses import replace

import pytest

from hotline_desk.domain.calls import Caller, NewCall
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from tests.workflows.deleted_person import BY, NAME
from tests.workflows.test_delete_person import delete_her, ids, is_green, number_of, run

__all__ = ["ids"]


def test_whoever_is_called_the_same_is_told_and_stays(workspace, ids, capsys):
    with Ledger.open(workspace.ledger) as ledger:
        caller = Caller(name=NAME, phone="13700001111")
        at = studio_now().replace(year=2025)
        other = ledger.add_call(NewCall(episode=None, at=at, caller=caller), by=BY)
    number = number_of(workspace, ids["question"])
    assert run(workspace, number, "--dry-run") == 0
    assert f"没有包括：{at:%Y-%m-%d %H:%M} 的通话（同名" in capsys.readouterr().out

    delete_her(workspace, ids)

    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.call(other.id).caller == caller
        assert ledger.examine() == []


@pytest.mark.parametrize(
    ("name", "phone", "goes"),
    [
        ("", "13800125678", "all"), ("董", "138 0012 5678", "all"), (NAME, "", "none"),
        ("董先生", "13800125678", "all"), ("王强", "13800125678", "number"),
        ("董小明", "13800125678", "number"), ("王强", "13800125679", "none"),
    ],
)  # fmt: skip
def test_who_else_called_from_the_number(workspace, ids, name, phone, goes):
    with Ledger.open(workspace.ledger) as ledger:
        caller = Caller(name=name, phone=phone, occupation="电工")
        other = ledger.add_call(NewCall(episode=None, at=studio_now(), caller=caller), by=BY)

    delete_her(workspace, ids)

    with Ledger.open(workspace.ledger) as ledger:
        left = ledger.call(other.id).caller
    expected = {
        "all": Caller(name="", phone="", occupation=""),
        "number": replace(caller, phone=""),
        "none": caller,
    }
    assert left == expected[goes]


def test_a_worker_of_a_case_who_never_called_is_deleted_by_name(workspace, ids, capsys):
    assert run(workspace, "AJ-2026-0001", "--party", "李红霞", "--confirm", "删除") == 0

    with Ledger.open(workspace.ledger) as ledger:
        case = ledger.case(ids["case"])
        assert [party.name for party in case.parties] == [NAME, "匿名当事人 2"]
        assert ledger.call(ids["call"]).caller.name == NAME
    is_green(workspace, capsys)
