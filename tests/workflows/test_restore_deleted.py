"""What a restored ledger does with persons who were deleted since the copy was made."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hotline_desk.commands import COMMANDS
from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import NewCase, Party
from hotline_desk.domain.deletions import Deletion
from hotline_desk.domain.keeping import Retention
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.system import FileLock
from hotline_desk.workflows.keep import back_up_today
from hotline_desk.workflows.repeat_deletions import is_noted, note_deletions
from hotline_desk.workflows.restore import put_back
from tests.workflows.test_delete_person_copies import (
    NAME,
    PHONE,
    add,
    backup,
    run,
    tell,
    workspace,
)

__all__ = ["workspace"]

CONFIRM = ("--confirm", "删除")
STAGES = 14


def rows(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.examine() == []
        return {each.number: each for each in ledger.questions()}


def add_case(workspace, number, *names):
    with Ledger.open(workspace.ledger) as ledger:
        question = ledger.question_numbered(number)
        new = NewCase(received=date(2026, 11, 25), questions=(question.id,), people=3)
        case = ledger.add_case(new, by="甲")
        parties = tuple(Party(name=name, claimed_fen=5) for name in names)
        return ledger.save_case(replace(case, parties=parties), by="甲").number


def parties(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        return [party.name for case in ledger.cases() for party in case.parties]


def test_a_number_of_many_stays_after_a_restoring_too(workspace):
    board = "0633-8291234"
    number = add(workspace, "欠薪", NAME, board)
    other = add(workspace, f"总机{board}", "王明", board)
    early = backup(workspace, "ledger-early")
    assert run(workspace, "delete-person", number, "--own-only", *CONFIRM) == 0

    assert run(workspace, "restore", early) == 0

    left = rows(workspace)
    assert left[number].caller == Caller()
    assert left[other].caller.phone == board
    assert board in left[other].point


def test_a_number_that_only_later_became_many_s_stays_as_well(workspace):
    board = "0633-8291234"
    noted = add(workspace, f"总机{board}", "李红", "13911113333")
    number = add(workspace, "欠薪", NAME, board)
    early = backup(workspace, "ledger-early")
    add(workspace, "欠薪", "王明", board)
    assert run(workspace, "delete-person", number, "--own-only", *CONFIRM) == 0

    assert run(workspace, "restore", early) == 0

    assert board in rows(workspace)[noted].point


@pytest.mark.parametrize("name", ["李红霞", "李红霞女士", "老张"])
def test_a_party_who_never_called_is_deleted_again(workspace, name, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    case = add_case(workspace, number, "王明", name, NAME)
    early = backup(workspace, "ledger-early")
    assert run(workspace, "delete-person", case, "--party", name, *CONFIRM) == 0
    expected = ["王明", "匿名当事人 2", NAME]
    assert parties(workspace) == expected

    assert run(workspace, "restore", early) == 0

    assert "又删除了 1 次" in capsys.readouterr().out
    assert parties(workspace) == expected
    assert name.encode() not in workspace.ledger.read_bytes()


@pytest.mark.parametrize(
    "said",
    [f"{NAME}的同事", "董 桂花\n说的", f"打{PHONE}", "幺三八零零一二五六七八", "138-0012\n5678"],
)
def test_a_name_or_number_that_only_others_have_in_the_copy_goes(workspace, said, capsys):
    other = add(workspace, said, "张三丰", "13911112222")
    early = backup(workspace, "ledger-early")
    number = add(workspace, f"{NAME}欠薪", NAME, PHONE)
    assert run(workspace, "delete-person", number, *CONFIRM) == 0
    expected = rows(workspace)[other].point
    assert expected != said

    assert run(workspace, "restore", early) == 0

    assert "又删除了 1 次" in capsys.readouterr().out
    assert rows(workspace)[other].point == expected
    assert "ledger.db" not in tell(workspace)


def test_a_copy_from_before_anybody_wrote_of_her_is_left_alone(workspace, capsys):
    other = add(workspace, "欠薪", "张三丰", "13911112222")
    early = backup(workspace, "ledger-early")
    number = add(workspace, "欠薪", NAME, PHONE)
    assert run(workspace, "delete-person", number, *CONFIRM) == 0

    assert run(workspace, "restore", early) == 0

    assert "又删除了" not in capsys.readouterr().out
    assert rows(workspace)[other].caller.name == "张三丰"


def test_somebody_else_of_the_same_name_is_listed_and_can_be_left_out(workspace, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    theirs = add(workspace, f"{NAME}也被欠薪", "王明", "13911112222")
    case = add_case(workspace, theirs, "王明", NAME)
    third = add(workspace, f"{NAME}带头", "李红", "13911113333")
    early = backup(workspace, "ledger-early")

    assert run(workspace, "delete-person", number, "--dry-run", "--leave", theirs) == 0
    told = capsys.readouterr().out
    assert f"没有包括：案件 {case}（{theirs}，当事人同名）（同名的别人）" in told
    assert f"没有包括：问题 {theirs}（同名的别人）" in told
    assert f"去掉姓名和号码：问题 {third}" in told
    assert run(workspace, "delete-person", number, "--leave", theirs, *CONFIRM) == 0

    for _ in range(2):
        left = rows(workspace)
        assert left[number].caller.name == ""
        assert left[theirs].point == f"{NAME}也被欠薪"
        assert left[third].point == "某某带头"
        assert parties(workspace) == ["王明", NAME]
        assert run(workspace, "restore", early) == 0


def test_what_is_not_on_the_list_cannot_be_left_out(workspace, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)

    assert run(workspace, "delete-person", number, "--leave", number, *CONFIRM) == 1

    assert f"没有“{number}”" in capsys.readouterr().err
    assert rows(workspace)[number].caller.name == NAME


def test_what_forbade_it_when_the_copy_was_made_does_not_any_more(workspace):
    number = add(workspace, "欠薪", NAME, PHONE)
    with Ledger.open(workspace.ledger) as ledger:
        (call,) = ledger.calls()
        kept = ledger.save_call(replace(call, retained=Retention.IN_DISPUTE), by="甲")
        early = ledger.backup(workspace.backups)
        ledger.save_call(replace(kept, retained=None), by="甲")
    assert run(workspace, "delete-person", number, *CONFIRM) == 0

    assert run(workspace, "restore", early) == 0

    assert rows(workspace)[number].caller.name == ""


def test_many_restorings_write_no_longer_a_register(workspace):
    number = add(workspace, "欠薪", NAME, PHONE)
    early = backup(workspace, "ledger-early")
    assert run(workspace, "delete-person", number, *CONFIRM) == 0

    for _ in range(3):
        assert run(workspace, "restore", early) == 0

    with Ledger.open(workspace.ledger) as ledger:
        assert len(ledger.kept(Deletion)) == 2


def test_while_something_is_recorded_it_waits_and_is_told(workspace, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    early = backup(workspace, "ledger-early")
    assert run(workspace, "delete-person", number, *CONFIRM) == 0
    lock = FileLock(workspace.recorder_lock)
    assert lock.acquire()
    try:
        assert run(workspace, "restore", early) == 0
        assert "要等录音停止" in capsys.readouterr().out
        assert run(workspace, "delete-person") == 1
    finally:
        lock.release()
    assert run(workspace, "doctor") == 1
    assert "还没有再删除" in capsys.readouterr().out
    window = FileLock(workspace.window_lock)
    assert window.acquire()
    try:
        assert run(workspace, "delete-person") == 1  # the window does it by itself
    finally:
        window.release()
    assert is_noted(workspace)
    capsys.readouterr()
    copies = sorted(workspace.backups.iterdir())
    for command in (
        ("search", NAME),
        ("ledger", "list"),
        ("ledger", "add", "新"),
        ("due",),
        ("backup",),
        ("delete-person", number, *CONFIRM),
    ):
        assert run(workspace, *command) == 1
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
        assert "以前删除过的个人信息还没有再删除" in told.err
    back_up_today(workspace)  # as an open window does
    assert sorted(workspace.backups.iterdir()) == copies

    assert run(workspace, "delete-person") == 0

    assert "接着做完了 1 次删除" in capsys.readouterr().out
    assert rows(workspace)[number].caller.name == ""
    assert run(workspace, "doctor") == 0
    back_up_today(workspace)
    (made,) = set(workspace.backups.iterdir()) - set(copies)
    assert NAME.encode() not in made.read_bytes()


def test_a_note_from_before_the_exchange_is_no_fault_and_stops_nothing(workspace, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    assert run(workspace, "delete-person", number, *CONFIRM) == 0
    note_deletions(workspace)  # and there the restoring ended

    assert run(workspace, "doctor") == 0
    assert run(workspace, "ledger", "list") == 0
    assert run(workspace, "delete-person") == 0
    assert not is_noted(workspace)


def test_a_note_that_cannot_be_opened_is_made_good_so_too_and_told(workspace, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    early = backup(workspace, "ledger-early")
    assert run(workspace, "delete-person", number, *CONFIRM) == 0
    note_deletions(workspace)
    put_back(early, workspace)
    workspace.owed.unlink()
    workspace.owed.mkdir()  # as one that another program holds, or that belongs to somebody else

    assert run(workspace, "doctor") == 1
    assert run(workspace, "ledger", "list") == 1
    assert run(workspace, "delete-person") == 1

    assert f"“{workspace.owed.name}”清不掉" in capsys.readouterr().err
    assert rows(workspace)[number].caller.name == ""
    assert run(workspace, "ledger", "list") == 0
    assert run(workspace, "doctor") == 1
    assert f"“{workspace.owed.name}”清不掉" in capsys.readouterr().out
    workspace.owed.rmdir()
    assert run(workspace, "doctor") == 0


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"deletions": [7]}', b"\xff"])
def test_a_note_that_is_damaged_is_made_good_from_the_copies(workspace, capsys, damage):
    number = add(workspace, "欠薪", NAME, PHONE)
    early = backup(workspace, "ledger-early")
    assert run(workspace, "delete-person", number, *CONFIRM) == 0
    note_deletions(workspace)
    put_back(early, workspace)  # and there the restoring ended
    workspace.owed.write_bytes(damage)

    assert run(workspace, "doctor") == 1
    assert run(workspace, "delete-person") == 0

    assert rows(workspace)[number].caller.name == ""
    assert run(workspace, "doctor") == 0


def test_whoever_works_with_the_ledger_waits_for_what_is_owed():
    """Only what examines or mends it, or has a ledger of its own, does not."""
    workflows = {
        name: command.of_ledger
        for name, command in COMMANDS.items()
        if command.target.startswith("hotline_desk.workflows.")
    }

    assert {name for name, of_ledger in workflows.items() if not of_ledger} == {
        "demo", "check", "deadline", "ledger init", "delete-person", "restore", "doctor",
    }  # fmt: skip


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """Workspaces in which a restoring was killed, one call later each, and the row of hers."""
    place = tmp_path_factory.mktemp("killed")
    root = Workspace(place / "工会法律在线")
    root.root.mkdir()
    number = add(root, "欠薪", NAME, PHONE)
    other = add(root, f"{NAME}的同事", "张三丰", "13911112222")
    early = backup(root, "ledger-early")
    assert run(root, "delete-person", number, *CONFIRM) == 0
    later = [sys.executable, "-m", "tests.workflows.killed_restores", root.root, early.name, place]
    told = subprocess.run([*later, str(STAGES)], check=True, capture_output=True, text=True)
    deaths = [json.loads(line) for line in told.stderr.splitlines() if line.startswith('{"at"')]
    return [Workspace(Path(each["workspace"])) for each in deaths], number, other, early.name


@pytest.mark.slow
def test_killed_anywhere_nobody_comes_back(killed, capsys):
    """A copy that took the ledger's place and was not gone through yet is at the next start."""
    workspaces, number, other, early = killed
    assert len(workspaces) == STAGES
    assert sum("ledger.db" in tell(each) and is_noted(each) for each in workspaces) > 2
    for place in workspaces:
        assert run(place, "delete-person") == 0, capsys.readouterr()

        assert tell(place) == [f"backups/{early}"], place.root
        assert rows(place)[number].caller.name == ""
        assert rows(place)[other].point == "某某的同事"
        assert not is_noted(place)
        assert run(place, "doctor") == 0, capsys.readouterr()
