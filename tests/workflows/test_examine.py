import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from hotline_desk import cli
from hotline_desk.domain.utterances import Edit
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.system import FileLock
from hotline_desk.take import journal
from hotline_desk.take.captions import append_utterance
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import EVENTS, LOCK, LineInfo, Take, create_take
from hotline_desk.workflows.workspace import prepare
from tests.ledger.records import AT, EPISODE, TAKE, a_question, heard

LINE = LineInfo(id="line1", name="来电", role="来电", device="file:x", channel=1, rate_hz=16_000)


@pytest.fixture
def workspace(tmp_path):
    """A workspace with one take whose captions are in the ledger."""
    workspace = prepare(Workspace(tmp_path / "工会法律在线"))
    folder = workspace.root / TAKE
    folder.mkdir(parents=True)
    create_take(folder, [LINE], started_at=AT, monotonic_ns=0, delay_seconds=0.0, speed=1.0)
    writer = SegmentWriter(folder, "line1", LINE.rate_hz)
    writer.append(bytes(70 * 2 * LINE.rate_hz))
    writer.close()
    note_end(folder, "stop", samples={"line1": writer.samples})
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(EPISODE, by="甲")
        ledger.add_take(TAKE, EPISODE.number, AT)
        ledger.add_question(a_question(take=TAKE, point="拖欠工资"), by="甲")
        for said in (heard("你好我想问工资"), heard("请讲", 3.0)):
            append_utterance(folder, said)
            ledger.copy_utterances(TAKE, [said])
    return workspace


def note_end(folder, reason, **facts):
    end = {"event": "end", "at": 70.0, "wall": AT.isoformat(), "reason": reason}
    journal.append(folder / EVENTS, end | facts)


def doctor(capsys, workspace, *options):
    """Return the exit code, what was found by name, and the sentence of the error."""
    code = cli.run(["doctor", *options, "--json", "--workspace", str(workspace.root)])
    told = capsys.readouterr()
    found = [json.loads(line) for line in told.out.splitlines()]
    assert all(each["sound"] == (not each["faults"]) for each in found)
    return code, {each["check"]: each["faults"] for each in found}, told.err


def in_file(workspace, sql):
    with closing(sqlite3.connect(workspace.ledger)) as stranger, stranger:
        assert stranger.execute(sql).rowcount


def test_a_sound_workspace_is_told_part_by_part(capsys, workspace):
    code, found, error = doctor(capsys, workspace)

    assert (code, error) == (0, "")
    assert list(found) == [
        "台账文件", "关联", "记录", "编号", "检索", "检索文字", "历史", "与历史相符", "录音",
        "个人信息删除",
    ]  # fmt: skip
    assert not any(found.values())


@pytest.mark.parametrize(
    ("sql", "where", "what"),
    [
        ("DELETE FROM answers", "关联", "缺少解答记录"),
        ("UPDATE questions SET series = '2026-189', sequence = 2", "编号", "有缺号"),
        ("UPDATE questions SET number = 'GHFL-2026-190-07'", "编号", "不符"),
        ("UPDATE questions SET category = '别的'", "记录", "认不出来"),
        ("UPDATE utterances SET text = '社保' WHERE began = 0", "检索文字", "doctor --rebuild"),
        ("UPDATE questions SET point = '社保'", "检索文字", "doctor --rebuild"),
        (
            "UPDATE questions SET amount_fen = 1",
            "与历史相符",
            "问题 GHFL-2026-190-01与历史不符：诉求金额",
        ),
        ("UPDATE answers SET confirmed = 1", "与历史相符", "与历史不符：解答律师确认"),
        ("UPDATE guests SET name = '别人'", "与历史相符", "第 190 期与历史不符：嘉宾"),
        ("UPDATE questions SET id = 7", "与历史相符", "不见了"),
        (
            "INSERT INTO episodes SELECT 8, day, starts, ends, '', '', '', 0, '', 0 FROM episodes",
            "与历史相符",
            "第 8 期没有历史",
        ),
        ("DELETE FROM utterances_fts WHERE rowid = 1", "检索", "doctor --rebuild"),
    ],
)
def test_a_fault_is_found_and_named(capsys, workspace, sql, where, what):
    in_file(workspace, sql)

    code, found, error = doctor(capsys, workspace)

    assert code == 1
    assert f"{sum(map(len, found.values()))} 处问题" in error
    assert what in found[where][0]


def test_a_take_that_is_gone_or_unreadable_is_found(capsys, workspace):
    (workspace.root / TAKE / "take.json").write_text("{", encoding="utf-8")
    code, found, _ = doctor(capsys, workspace)
    assert (code, found["录音"]) == (1, [f"录音文件夹“{TAKE}”里读不出录音"])

    shutil.rmtree(workspace.root / TAKE)
    code, found, _ = doctor(capsys, workspace)
    assert (code, found["录音"]) == (1, [f"录音文件夹“{TAKE}”不见了"])


def test_a_take_whose_sound_is_gone_is_found(capsys, workspace):
    folder = workspace.root / TAKE
    (folder / "line1-000000960000.wav").unlink()
    code, found, _ = doctor(capsys, workspace)
    assert (code, found["录音"]) == (1, [f"录音“{TAKE}”：来电 末尾缺 10 秒"])

    (folder / "line1-000000000000.wav").unlink()
    code, found, _ = doctor(capsys, workspace)
    assert (code, found["录音"]) == (1, [f"录音“{TAKE}”：来电 的声音文件全部缺失，应有 1 分 10 秒"])


def test_a_take_without_its_end_is_told_until_it_is_repaired(capsys, workspace):
    folder = workspace.root / TAKE
    (folder / EVENTS).unlink()
    lock = FileLock(folder / LOCK)
    assert lock.acquire()
    assert doctor(capsys, workspace)[0] == 0  # it goes on
    lock.release()

    code, found, _ = doctor(capsys, workspace)
    assert (code, found["录音"]) == (
        1,
        [f"录音“{TAKE}”：录音程序中途退出，还没有修复，打开窗口时会修复"],
    )

    Take(folder).repair()
    assert cli.run(["doctor", "--workspace", str(workspace.root)]) == 0
    assert "其中 1 次录音程序中途退出过" in capsys.readouterr().out


def test_copies_are_rebuilt_from_the_captions_and_edits_stay(capsys, workspace):
    with Ledger.open(workspace.ledger) as ledger:
        before = ledger.utterances(TAKE)
        ledger.add_edit(TAKE, Edit("来电", 3.0, "请您讲"), by="审看")
    in_file(workspace, "UPDATE utterances SET text = '假的', searched = '假'")
    in_file(workspace, "INSERT INTO utterances_fts (utterances_fts) VALUES ('delete-all')")
    assert doctor(capsys, workspace)[0] == 1

    assert doctor(capsys, workspace, "--rebuild")[0] == 0

    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.utterances(TAKE) == before
        assert [hit.text for hit in ledger.search("讲")] == ["请您讲"]
        assert [hit.text for hit in ledger.search("问工")] == ["你好我想问工资"]


def test_copies_whose_captions_are_gone_stay(capsys, workspace):
    shutil.rmtree(workspace.root / TAKE)

    code, found, _ = doctor(capsys, workspace, "--rebuild")

    assert (code, sum(map(len, found.values()))) == (1, 1)
    with Ledger.open(workspace.ledger) as ledger:
        assert len(ledger.utterances(TAKE)) == 2


def test_a_damaged_ledger_is_one_sentence(capsys, workspace):
    workspace.ledger.write_bytes(b"\0" * 9000)

    code, found, error = doctor(capsys, workspace)

    assert (code, found) == (1, {})
    assert error.count("\n") == 1
    assert "backups" in error


@pytest.mark.parametrize("name", ["marks.jsonl", "events.jsonl", "captions.jsonl"])
def test_lines_that_nobody_can_read_are_told(capsys, workspace, name):
    with (workspace.root / TAKE / name).open("ab") as journal_file:
        journal_file.write(b"#\n")

    code, found, _ = doctor(capsys, workspace)

    assert code == 1
    assert "读不出来" in "".join(found["录音"])
