"""个人信息删除（匿名化）: copies of the ledger and files, and what a restored copy knows of it."""

import gzip
import zipfile
from datetime import date

import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import Caller, NewCall
from hotline_desk.domain.deletions import Deletion, DeletionPlan
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ledger.deleting import DeletingLedger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.workspace import prepare

NAME, PHONE = "董桂花", "13800125678"
TELLING = [text.encode(code) for text in (NAME, PHONE) for code in ("utf-8", "utf-16-le")]
ALL = ("--with-files", "--with-backups", "--confirm", "删除")


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


def add(workspace, point, name="", phone=""):
    with Ledger.open(workspace.ledger) as ledger:
        caller = Caller(name=name, phone=phone)
        call = ledger.add_call(NewCall(episode=None, at=studio_now(), caller=caller), by="甲")
        new = NewQuestion(episode=None, call_id=call.id, at=studio_now(), point=point)
        return ledger.add_question(new, by="甲").number


def backup(workspace, name):
    with Ledger.open(workspace.ledger) as ledger:
        return ledger.backup(workspace.backups, name=name)


def run(workspace, *words):
    return cli.run([*map(str, words), "--workspace", str(workspace.root)])


def tell(workspace):
    return [
        path.relative_to(workspace.root).as_posix()
        for path in workspace.root.rglob("*")
        if path.is_file()
        and any(each in path.read_bytes() or each in str(path).encode() for each in TELLING)
    ]


def test_a_copy_in_which_only_others_name_her_is_told_and_goes(workspace, capsys):
    add(workspace, f"同事{NAME}也被欠薪，电话{PHONE}", "王明", "13911112222")
    copy = backup(workspace, "ledger-by-hand")
    number = add(workspace, "欠薪", NAME, PHONE)

    assert run(workspace, "delete-person", number, "--dry-run") == 0
    assert f"备份里还有：{copy.name}" in capsys.readouterr().out
    assert run(workspace, "delete-person", number, "--confirm", "删除") == 0
    assert run(workspace, "doctor") == 0
    assert copy.name in capsys.readouterr().out
    assert run(workspace, "delete-person", "--with-backups") == 0

    assert tell(workspace) == []


@pytest.mark.parametrize("log", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("cut_short", ["backups/ledger-1.db.part", "ledger-restoring.db"])
def test_what_a_copy_cut_short_has_left_beside_it_goes(workspace, cut_short, log, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    left = workspace.root / f"{cut_short}{log}"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"\0" * 600 + f"{NAME} {PHONE}".encode())

    assert run(workspace, "delete-person", number, "--dry-run") == 0
    assert f"备份里还有：{left.name}" in capsys.readouterr().out
    assert run(workspace, "delete-person", number, *ALL) == 0

    assert not left.exists()
    assert tell(workspace) == []


def test_a_copy_that_was_killed_before_its_first_page_goes(workspace, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    cut_short = backup(workspace, "ledger-before-1").with_suffix(".db.part")
    cut_short.with_suffix("").replace(cut_short)
    with cut_short.open("r+b") as file:  # SQLite writes the first page last
        file.write(bytes(4096))

    assert run(workspace, "delete-person", number, "--dry-run") == 0
    assert f"备份里还有：{cut_short.name}" in capsys.readouterr().out
    assert run(workspace, "delete-person", number, "--confirm", "删除", "--with-backups") == 0

    assert not cut_short.exists()
    assert tell(workspace) == []


def test_a_copy_called_as_the_ledger_is_told_and_goes(workspace):
    number = add(workspace, "欠薪", NAME, PHONE)
    moved = workspace.root / "旧电脑" / workspace.ledger.name
    moved.parent.mkdir()
    backup(workspace, "ledger-by-hand").replace(moved)

    assert run(workspace, "delete-person", number, *ALL) == 0

    assert tell(workspace) == []


def test_a_copy_that_names_nobody_stays(workspace):
    add(workspace, "欠薪", "王明", "13911112222")
    copy = backup(workspace, "ledger-by-hand")
    number = add(workspace, "欠薪", NAME, PHONE)

    assert run(workspace, "delete-person", number, *ALL) == 0

    assert copy.exists()


def test_the_name_of_a_file_is_written_down_nowhere(workspace):
    number = add(workspace, "欠薪", NAME, PHONE)
    (workspace.root / f"{NAME}{PHONE}.txt").write_text("欠薪", encoding="utf-8")
    folder = workspace.root / "来件" / NAME
    folder.mkdir(parents=True)
    (folder / "申请.txt").write_text("欠薪", encoding="utf-8")
    backup(workspace, f"ledger-{NAME}")

    assert run(workspace, "delete-person", number, *ALL) == 0

    assert tell(workspace) == []
    assert not folder.exists()
    assert run(workspace, "doctor") == 0


@pytest.mark.parametrize("code", ["utf-8", "gb18030", "utf-16-le"])
@pytest.mark.parametrize("around", [b"", b"\xff"])
def test_text_is_read_beside_a_damaged_byte_and_at_any_place(workspace, code, around, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    (workspace.root / "旧表").write_bytes(around + f"甲{NAME}乙".encode(code) + around)

    assert run(workspace, "delete-person", number, "--dry-run") == 0

    assert "文件里有：旧表" in capsys.readouterr().out


def docx(path):
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("word/document.xml", f"<w:t>{NAME[:1]}</w:t></w:r><w:t>{NAME[1:]}</w:t>")


def nested(path):
    docx(path.with_suffix(".inner"))
    with zipfile.ZipFile(path, "w") as parts:
        parts.write(path.with_suffix(".inner"), "inner.docx")
    path.with_suffix(".inner").unlink()


def packed(path):
    path.write_bytes(gzip.compress(NAME.encode()))


def mail(path):
    path.write_bytes(
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        b"6JGj5qGC6Iqx\n"
    )


@pytest.mark.parametrize("write", [docx, nested, packed, mail])
def test_what_is_packed_is_read(workspace, write, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    write(workspace.root / "来件")

    assert run(workspace, "delete-person", number, *ALL) == 0

    assert not (workspace.root / "来件").exists()


def damaged(path):
    docx(path)
    path.write_bytes(path.read_bytes()[:-30])


@pytest.mark.parametrize(
    "write",
    [damaged, lambda path: path.write_bytes(b"%PDF-1.4\n"),
     lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")],
    ids=["damaged", "pdf", "picture"],
)  # fmt: skip
def test_what_nobody_can_read_is_told_and_left(workspace, write, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    write(workspace.root / "纪要")

    assert run(workspace, "delete-person", number, *ALL) == 0

    out = capsys.readouterr()
    assert "另有 1 个文件读不出来" in out.out
    assert (workspace.root / "纪要").exists()


def test_settings_that_name_her_are_told_and_stay(workspace, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    workspace.settings.write_text(f'host = "{NAME}"\n', encoding="utf-8")

    assert run(workspace, "delete-person", number, *ALL) == 0

    told = capsys.readouterr()
    assert "设置里有：settings.toml（请在设置里改）" in told.err
    assert "读不出来" not in told.out
    assert NAME in workspace.settings.read_text(encoding="utf-8")


def test_the_register_is_carried_into_what_is_put_back(workspace, capsys):
    add(workspace, f"{NAME}的同事", "张三丰", "13911112222")
    before = backup(workspace, "ledger-a")
    number = add(workspace, "欠薪", NAME, PHONE)
    after = backup(workspace, "ledger-c")
    assert run(workspace, "delete-person", number, "--confirm", "删除") == 0

    assert run(workspace, "restore", before) == 0
    assert "又删除了 1 次" in capsys.readouterr().out
    assert "ledger.db" not in tell(workspace)
    assert run(workspace, "restore", after) == 0

    assert "又删除了 1 次" in capsys.readouterr().out
    assert "ledger.db" not in tell(workspace)
    assert run(workspace, "doctor") == 0


def test_another_record_with_the_same_id_is_not_taken_for_hers(workspace):
    add(workspace, "欠薪", "张三丰", "13911112222")
    before = backup(workspace, "ledger-a")
    number = add(workspace, "欠薪", NAME, PHONE)
    assert run(workspace, "delete-person", number, "--confirm", "删除") == 0
    assert run(workspace, "restore", before) == 0

    again = add(workspace, "工伤", "王明", "13911113333")

    assert again == number
    with DeletingLedger.open(workspace.ledger) as ledger:
        (carried,) = ledger.kept(Deletion)
        plan = DeletionPlan.from_json(carried.plan)
        assert plan.calls == (2,)
        assert ledger.same(plan, "calls") == []
        assert ledger.question_numbered(again).caller.name == "王明"


@pytest.mark.parametrize("loss", ["damaged", "gone"])
def test_where_the_ledger_is_lost_its_copies_tell_who_was_deleted(workspace, loss, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    before = backup(workspace, "ledger-a")
    assert run(workspace, "delete-person", number, "--confirm", "删除") == 0
    backup(workspace, "ledger-b")
    if loss == "gone":
        workspace.ledger.unlink()
    else:
        content = workspace.ledger.read_bytes()
        workspace.ledger.write_bytes(b"\x55" * 200 + content[200:])
    capsys.readouterr()

    assert run(workspace, "restore", before) == 0

    told = capsys.readouterr().out
    assert "又删除了 1 次" in told
    assert "可能又在台账里" in told
    assert "ledger.db" not in tell(workspace)


def test_whoever_was_deleted_stays_so_over_many_restorings(workspace):
    number = add(workspace, "欠薪", NAME, PHONE)
    copy = backup(workspace, f"ledger-{date(2026, 11, 1):%Y%m%d}")
    assert run(workspace, "delete-person", number, "--confirm", "删除") == 0

    for _ in range(3):
        assert run(workspace, "restore", copy) == 0
        assert "ledger.db" not in tell(workspace)
