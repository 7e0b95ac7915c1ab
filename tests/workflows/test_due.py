"""`hotline-desk due`, from a real ledger."""

import json
from datetime import date

import pytest

from hotline_desk import cli
from hotline_desk.domain.cases import NewCase
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace(tmp_path)
    with Ledger.open(workspace.ledger) as ledger:
        for received, owner in ((date(2026, 2, 13), "劳模调解员丁"), (date(2026, 2, 24), "")):
            new = NewCase(received=received, matter="拖欠工资", employer="某物业公司", owner=owner)
            ledger.add_case(new, by="台账管理员")
    return workspace


def run(workspace, *arguments):
    return cli.run(["due", *arguments, "--workspace", str(workspace.root)])


def test_what_is_due_is_told_to_programs(capsys, workspace):
    """Received on Friday 2026-02-13: to be contacted on Saturday 02-14, which is worked."""
    assert run(workspace, "--on", "2026-02-24", "--json") == 0

    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {
            "number": "AJ-2026-0001",
            "stage": "联系",
            "due": "2026-02-14",
            "working_days_left": -1,
            "card": "红牌",
        },
        {
            "number": "AJ-2026-0002",
            "stage": "联系",
            "due": "2026-02-25",
            "working_days_left": 1,
            "card": "",
        },
    ]


def test_what_is_due_is_told_to_people(capsys, workspace):
    assert run(workspace, "--on", "2026-02-24") == 0

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("AJ-2026-0001 联系：")
    assert "超期 1 个工作日  红牌  拖欠工资  某物业公司  承办 劳模调解员丁" in first
    assert second.endswith("还没有承办人")


def test_nothing_due_is_said_in_words(capsys, tmp_path):
    Ledger.open(tmp_path / "ledger.db").close()

    assert run(Workspace(tmp_path), "--on", "2026-02-24") == 0
    assert "没有要办的" in capsys.readouterr().out


def test_a_place_that_is_no_workspace_is_one_sentence(capsys, tmp_path):
    assert run(Workspace(tmp_path / "没有")) == 1
    assert capsys.readouterr().err.count("\n") == 1
