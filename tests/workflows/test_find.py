import dataclasses
import json

import pytest

from hotline_desk import cli
from hotline_desk.domain.questions import Span
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.workspace import prepare
from tests.ledger.records import AT, EPISODE, TAKE, a_question, heard


@pytest.fixture
def workspace(tmp_path):
    workspace = prepare(Workspace(tmp_path / "工会法律在线"))
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(EPISODE, by="甲")
        ledger.add_take(TAKE, EPISODE.number, AT)
        ledger.add_question(
            a_question(take=TAKE, asked=Span(line="来电", start=190.0, end=200.0)), by="甲"
        )
        ledger.add_question(a_question(episode=None, text="公积金怎么提取"), by="甲")
        ledger.copy_utterances(TAKE, [heard("老板拖欠我两个月工资", 192.0)])
    return workspace


def said(capsys, workspace, *arguments):
    code = cli.run([*arguments, "--workspace", str(workspace.root)])
    return code, capsys.readouterr().out.splitlines()


def test_finds_are_told_to_people(capsys, workspace):
    code, lines = said(capsys, workspace, "search", "工资", "两个")

    assert code == 0
    assert lines == ["第190期 00:03:12 来电 老板拖欠我两个月工资  GHFL-2026-190-01"]
    assert said(capsys, workspace, "search", "公积") == (
        0,
        ["期外 台账 公积金怎么提取  GHFL-2026-M11-001"],
    )


def test_finds_are_told_to_programs(capsys, workspace):
    _, (line,) = said(capsys, workspace, "search", "资", "--json")

    assert json.loads(line) == {
        "episode": 190,
        "take": TAKE,
        "line": "来电",
        "start": 192.0,
        "end": 194.0,
        "text": "老板拖欠我两个月工资",
        "question": "GHFL-2026-190-01",
    }
    with Ledger.open(workspace.ledger) as ledger:
        assert [dataclasses.asdict(hit) for hit in ledger.search("资")] == [json.loads(line)]


def test_nothing_found_is_said_to_people_alone(capsys, workspace):
    assert said(capsys, workspace, "search", "工伤") == (0, ["没有找到“工伤”。"])
    assert said(capsys, workspace, "search", "工伤", "--json") == (0, [])


def test_a_place_without_a_ledger_is_left_as_it_is(capsys, tmp_path):
    nowhere = Workspace(tmp_path / "写错了")

    assert said(capsys, nowhere, "search", "工资") == (0, ["没有找到“工资”。"])

    assert not nowhere.root.exists()
