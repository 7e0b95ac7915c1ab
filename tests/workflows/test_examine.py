import dataclasses
import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from hotline_desk import cli
from hotline_desk.domain.casework.cases import NewCase, Party
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.marks import Mark, MarkKind
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.questions import Span
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.domain.utterances import Edit
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.system import FileLock
from hotline_desk.take import journal
from hotline_desk.take.captions import append_utterance
from hotline_desk.take.marks import add_mark
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import EVENTS, LOCK, LineInfo, Take, create_take
from hotline_desk.workflows.workspace import prepare
from tests.ledger.records import AT, EPISODE, TAKE, a_question, heard

DAY = AT.date()
OWN_FILES = ["工作文件夹", "设置", "工作日历", "时效清单", "法条索引", "列对照"]
PUT_BACK = "；丢了、坏了的声音文件请从别处的副本放回"
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
        asked = Span(line="来电", start=1.0, end=9.0)
        question = ledger.add_question(
            a_question(take=TAKE, asked=asked, point="拖欠工资"), by="甲"
        )
        case = ledger.add_case(NewCase(received=DAY, matter="欠薪"), by="甲")
        ledger.save_case(dataclasses.replace(case, parties=(Party(name="董某"),)), by="甲")
        for record in (
            Staff(name="律师甲", kind=StaffKind.LAWYER),
            ServicePoint(name="东港区"),
            Letter(kind=LetterKind.OPINION, number="1 号", case_id=case.id, sent_on=DAY),
            Publication(item="音频", question_id=question.id, place="App", published_on=DAY),
        ):
            ledger.keep(record, by="甲")
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
        *OWN_FILES,
        "台账文件", "关联", "归属", "结案", "记录", "编号", "检索", "检索文字", "历史",
        "与历史相符", "录音", "所指的录音", "备份", "个人信息删除", "导出",
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
        ("UPDATE staff SET kind = '别的'", "记录", "认不出来"),
        ("UPDATE points SET parent = '别处'", "与历史相符", "服务点 东港区与历史不符"),
        ("UPDATE cases SET actions = '[1]'", "记录", "认不出来"),
        ("DELETE FROM parties", "与历史相符", "案件 AJ-2026-0001与历史不符：当事人"),
        ("UPDATE letters SET case_id = 7", "关联", "不存在"),
        ("UPDATE cases SET removed = 1", "归属", "一函两书“1 号”所属的案件已经撤销，请"),
        ("UPDATE cases SET finished_on = '2026-12-01'", "结案", "AJ-2026-0001 还没有结案，却"),
        ("UPDATE questions SET removed = 1", "归属", "发布记录“音频”所说的问题已经撤销，请"),
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
    assert (code, found["录音"]) == (
        1,
        [f"录音文件夹“{TAKE}”里读不出录音，请从别处的副本放回 take.json"],
    )
    assert found["所指的录音"] == [
        f"问题 GHFL-2026-190-01指到录音“{TAKE}”，它读不出来，听不到；请从别处的副本放回 take.json"
    ]

    shutil.rmtree(workspace.root / TAKE)
    code, found, _ = doctor(capsys, workspace)
    assert (code, found["录音"]) == (1, [f"录音文件夹“{TAKE}”不见了，请放回工作文件夹里原来的位置"])


def change_question(workspace, **changes):
    with Ledger.open(workspace.ledger) as ledger:
        (question,) = ledger.questions()
        ledger.save_question(dataclasses.replace(question, **changes), by="甲")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"take": "episodes/别处/take"}, "问题 GHFL-2026-190-01指到录音“episodes/别处/take”"),
        ({"answered": Span(line="演播室", start=9.0, end=9.5)}, "说的线路不在录音"),
        ({"answered": Span(line="来电", start=60.0, end=76.0)}, "结束以后，听不到；请"),
    ],
)
def test_a_question_that_points_where_nothing_is_heard_is_told(capsys, workspace, changes, fault):
    assert doctor(capsys, workspace)[0] == 0
    change_question(workspace, **changes)

    code, found, _ = doctor(capsys, workspace)

    assert code == 1
    assert len(found["所指的录音"]) == 1
    assert fault in found["所指的录音"][0]


@pytest.mark.parametrize(
    ("mark", "fault"),
    [
        (Mark(kind=MarkKind.NAMED, at=76.0, wall=AT), "1 个标记在它结束以后，请"),
        (Mark(kind=MarkKind.CALL, at=1.0, wall=AT, call_id=9), "不在台账里；如果"),
        (Mark(kind=MarkKind.QUESTION, at=1.0, wall=AT, question="GHFL-2026-190-09"), "补登记"),
    ],
)
def test_a_mark_that_points_nowhere_is_told(capsys, workspace, mark, fault):
    known = Mark(kind=MarkKind.QUESTION, at=1.0, wall=AT, question="GHFL-2026-190-01")
    add_mark(workspace.root / TAKE, known)
    assert doctor(capsys, workspace)[0] == 0
    add_mark(workspace.root / TAKE, mark)

    code, found, _ = doctor(capsys, workspace)

    assert code == 1
    assert fault in found["所指的录音"][0]


def test_a_copy_that_does_not_open_is_told(capsys, workspace):
    with Ledger.open(workspace.ledger) as ledger:
        sound = ledger.backup(workspace.backups)
        ledger.backup(workspace.backups, name="ledger-before-restore").write_bytes(b"what was")
    assert doctor(capsys, workspace)[0] == 0
    content = bytearray(sound.read_bytes())
    content[5000:9000] = bytes(4000)
    sound.write_bytes(content)

    code, found, _ = doctor(capsys, workspace)

    assert code == 1
    assert found["备份"] == [
        f"备份 {sound.name} 打不开或者已经损坏，恢复时不能用它；请删掉它，再用 backup 命令备份一次"
    ]


def test_what_to_do_is_said_once_beside_the_faults(capsys, workspace):
    in_file(workspace, "UPDATE questions SET number = 'GHFL-2026-190-07', sequence = 9")

    assert cli.run(["doctor", "--workspace", str(workspace.root)]) == 1

    assert capsys.readouterr().out.count("用 restore 换上最新的一份备份") == 1


def test_a_take_whose_sound_is_gone_is_found(capsys, workspace):
    folder = workspace.root / TAKE
    (folder / "line1-000000960000.wav").unlink()
    code, found, _ = doctor(capsys, workspace)
    assert (code, found["录音"]) == (1, [f"录音“{TAKE}”：来电 末尾缺 10 秒{PUT_BACK}"])

    (folder / "line1-000000000000.wav").unlink()
    code, found, _ = doctor(capsys, workspace)
    assert (code, found["录音"]) == (
        1,
        [f"录音“{TAKE}”：来电 的声音文件全部缺失，应有 1 分 10 秒{PUT_BACK}"],
    )


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

    assert code == 1
    assert {name: len(faults) for name, faults in found.items() if faults} == {
        "录音": 1, "所指的录音": 1,
    }  # fmt: skip
    with Ledger.open(workspace.ledger) as ledger:
        assert len(ledger.utterances(TAKE)) == 2


def test_what_a_killed_export_has_left_is_told(capsys, workspace):
    left, written = (workspace.drafts / name for name in ("export-x", "export-y"))
    left.mkdir(parents=True)
    (left / "draft").touch()
    written.mkdir()
    at_work = FileLock(written.with_suffix(".lock"))
    assert at_work.acquire()

    code, found, _ = doctor(capsys, workspace)

    assert code == 1
    assert len(found["导出"]) == 1
    assert "export-x" in found["导出"][0]
    at_work.release()


@pytest.mark.parametrize("emptied", [False, True])
def test_a_ledger_that_is_gone_is_told_where_recordings_have_its_marks(capsys, workspace, emptied):
    with (workspace.root / TAKE / "marks.jsonl").open("ab") as marks:
        marks.write(b"{}\n")
    for each in (workspace.ledger, *workspace.backups.glob("*")):
        each.unlink()
    if emptied:
        workspace.ledger.touch()

    code, found, _ = doctor(capsys, workspace)

    assert (code, list(found)) == (1, [*OWN_FILES, "台账"])
    assert "先找回 ledger.db" in found["台账"][0]


def test_a_damaged_ledger_is_one_sentence(capsys, workspace):
    workspace.ledger.write_bytes(b"\0" * 9000)

    code, found, error = doctor(capsys, workspace)

    assert (code, list(found)) == (1, OWN_FILES)
    assert error.count("\n") == 1
    assert "backups" in error


@pytest.mark.parametrize("name", ["marks.jsonl", "events.jsonl", "captions.jsonl"])
def test_lines_that_nobody_can_read_are_told(capsys, workspace, name):
    with (workspace.root / TAKE / name).open("ab") as journal_file:
        journal_file.write(b"#\n")

    code, found, _ = doctor(capsys, workspace)

    assert code == 1
    assert "读不出来" in "".join(found["录音"])
