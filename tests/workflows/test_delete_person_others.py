"""个人信息删除（匿名化）: who else has the name or the number, and who never called."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import Caller, NewCall
from hotline_desk.domain.casework.cases import Party
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.take.captions import heard_captions
from hotline_desk.workflows.gather import gather
from tests.take.seat_take import say
from tests.workflows.deleted_person import BY, NAME
from tests.workflows.test_delete_person import delete_her, is_green, number_of, run


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


@pytest.mark.parametrize("gathered", [True, False])
def test_a_name_across_a_pause_goes_from_the_take_of_others_too(workspace, recorded, ids, gathered):
    """Also where the desk has not looked at the captions since."""
    other = workspace.episodes / "2026-12-02-第191期" / "take-095000"
    shutil.copytree(recorded, other)
    say(other, "演播室", 30.0, f"上期的{NAME[0]}")
    say(other, "演播室", 34.0, f"{NAME[1:]}说")
    if gathered:
        with Ledger.open(workspace.ledger) as ledger:
            assert gather(ledger, workspace) == 2

    delete_her(workspace, ids)

    assert "".join(said.text for said in heard_captions(other)[0]) == "上期的说"
    with Ledger.open(workspace.ledger) as ledger:
        copied = ledger.utterances(other.relative_to(workspace.root).as_posix())
    told = "".join(said.text for said in copied)
    assert NAME[1:] not in told


def test_what_was_printed_of_an_episode_in_which_others_name_her_is_told(
    workspace, ids, capsys, fonts
):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=191, on=date(2026, 12, 2)), by=BY)
        new = NewQuestion(episode=191, call_id=ids["before"], at=studio_now(), point=f"{NAME}呢")
        ledger.add_question(new, by=BY)
    assert (
        cli.run(
            ["summary", "191", "--internal", "--why", "核对", "--workspace", str(workspace.root)]
        )
        == 0
    )
    capsys.readouterr()

    assert run(workspace, number_of(workspace, ids["question"]), "--dry-run") == 0

    told = capsys.readouterr().out
    assert [line for line in told.splitlines() if "第191期" in line and ".pdf" in line] != []


def test_a_worker_of_a_case_who_never_called_is_deleted_by_name(workspace, ids, capsys):
    assert run(workspace, "AJ-2026-0001", "--party", "李红霞", "--confirm", "删除") == 0

    with Ledger.open(workspace.ledger) as ledger:
        case = ledger.case(ids["case"])
        assert [party.name for party in case.parties] == [NAME, "匿名当事人 2"]
        assert ledger.call(ids["call"]).caller.name == NAME
    is_green(workspace, capsys)


@pytest.mark.parametrize("case", [False, True])
def test_a_number_may_be_typed_in_small_letters(workspace, ids, capsys, case):
    number = number_of(workspace, ids["question"])
    with Ledger.open(workspace.ledger) as ledger:
        named = ledger.case_of(ids["question"])
        named = ledger.save_case(replace(named, parties=(Party(name="李红霞"),)), by=BY)
    words = (named.number.lower(), "--party", "李红霞") if case else (number.lower(),)

    assert run(workspace, *words, "--dry-run") == 0

    assert named.number in capsys.readouterr().out
