import dataclasses
import json
import subprocess

import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import Caller, Gender
from hotline_desk.domain.questions import Span
from hotline_desk.domain.search import SearchHit
from hotline_desk.errors import WorkspaceNotFound
from hotline_desk.ledger import Ledger
from hotline_desk.messages import sentence
from hotline_desk.paths import Workspace
from hotline_desk.speech.models import DEMO_NOTICE
from hotline_desk.take.captions import append_utterance
from hotline_desk.take.take import LineInfo, create_take
from hotline_desk.workflows.find import hit_words
from hotline_desk.workflows.gather import gather
from hotline_desk.workflows.workspace import prepare
from tests.ledger.records import AT, EPISODE, TAKE, a_call, a_question, heard
from tests.small_disk import small_disk

__all__ = ["small_disk"]

LINE = LineInfo(id="line1", name="来电", role="来电", device="file:x", channel=1, rate_hz=16_000)


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


@pytest.mark.parametrize("command", [("search", "工资"), ("doctor",), ("summary", "190")])
def test_a_place_that_is_no_workspace_is_told_and_left_as_it_is(capsys, tmp_path, command):
    nowhere = Workspace(tmp_path / "写错了")

    code = cli.run([*command, "--workspace", str(nowhere.root)])

    assert code == 1
    assert capsys.readouterr() == ("", sentence(WorkspaceNotFound(nowhere.root)) + "\n")
    assert not nowhere.root.exists()


def test_a_caller_is_found_and_not_told(capsys, workspace):
    dong = Caller(name="董小红", title=Gender.WOMAN, phone="13800125678")
    with Ledger.open(workspace.ledger) as ledger:
        call = ledger.add_call(a_call(caller=dong), by="甲")
        ledger.add_question(a_question(call_id=call.id, text="三万三千元没发"), by="甲")

    for words in ("董小红", "13800125678", "33,000", "190-02"):
        assert said(capsys, workspace, "search", words) == (
            0,
            ["第190期 台账 三万三千元没发  GHFL-2026-190-02"],
        )


def test_what_was_captioned_without_a_window_is_found(capsys, workspace):
    folder = workspace.episodes / "2026-11-25-第190期" / "take-120000"
    folder.mkdir(parents=True)
    create_take(folder, [LINE], started_at=AT, monotonic_ns=0, delay_seconds=0.0, speed=1.0)
    append_utterance(folder, heard("我想问公积金", 4.0))

    _, lines = said(capsys, workspace, "search", "公积金")
    assert lines == [
        "第190期 00:00:04 来电 我想问公积金",
        "期外 台账 公积金怎么提取  GHFL-2026-M11-001",
    ]

    append_utterance(folder, heard("公积金没缴", 8.0))
    with (folder / "captions.jsonl").open("a", encoding="utf-8") as captions:
        captions.write('{"line": "来')  # a captioner was killed in the middle of a line
    assert len(said(capsys, workspace, "search", "公积金")[1]) == 3
    assert len(said(capsys, workspace, "search", "公积金")[1]) == 3
    with Ledger.open(workspace.ledger) as ledger:
        assert gather(ledger, workspace) == 0
        assert ledger.examine() == []


def test_what_no_ledger_was_there_for_is_found(capsys, tmp_path):
    workspace = prepare(Workspace(tmp_path / "工会法律在线"))
    folder = workspace.episodes / "试音" / "take-1"
    folder.mkdir(parents=True)
    create_take(folder, [LINE], started_at=AT, monotonic_ns=0, delay_seconds=0.0, speed=1.0)
    append_utterance(folder, heard("一二三"))

    assert said(capsys, workspace, "search", "二三")[1] == ["期外 00:00:00 来电 一二三"]


def test_a_protected_disk_is_searched_and_what_is_not_gathered_is_said(capsys, small_disk):
    workspace = prepare(Workspace(small_disk / "工会法律在线"))
    folders = [workspace.episodes / "试音" / name for name in ("take-1", "take-2")]
    with Ledger.open(workspace.ledger) as ledger:
        for folder in folders:
            folder.mkdir(parents=True)
            create_take(folder, [LINE], started_at=AT, monotonic_ns=0, delay_seconds=0.0, speed=1.0)
            gather(ledger, workspace)
            append_utterance(folder, heard(f"工资在{folder.name}"))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    code = cli.run(["search", "工资", "--workspace", str(workspace.root)])

    told = capsys.readouterr()
    assert code == 0
    assert told.out.splitlines() == ["期外 00:00:00 来电 工资在take-1"]
    assert told.err.splitlines() == [
        DEMO_NOTICE,
        "台账写不进去，还没有收进台账的字幕这次没有查找。",
    ]


def test_what_initials_were_found_as_stands_behind_the_find():
    hit = SearchHit(
        episode=190, take=TAKE, line="来电", start=192.0, end=194.0,
        text="没有签劳动合同", question="GHFL-2026-190-03",
    )  # fmt: skip

    assert hit_words(hit, "ldht 没有").endswith(
        "没有签劳动合同  GHFL-2026-190-03（ldht：劳动合同）"
    )
    assert hit_words(hit, "劳动合同").endswith("GHFL-2026-190-03")
