"""访问记录: whoever takes out what is masked for everyone else is noted, and nobody undoes it."""

import json
from datetime import date, timedelta

import pytest

from hotline_desk import cli, settings
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.publications import Access
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import NothingToUndo
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings
from hotline_desk.workflows.accesses import accesses, note_access
from hotline_desk.workflows.workspace import prepare


@pytest.fixture
def workspace(tmp_path):
    workspace = prepare(Workspace(tmp_path / "工会法律在线"))
    settings.save(Settings(operator="王芳"), workspace.settings)
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25)), by="导播")
    return workspace


def told(workspace, capsys, *options):
    assert cli.run(["accesses", "--json", "--workspace", str(workspace.root), *options]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_internal_paper_is_noted_and_a_public_one_is_not(workspace, fonts, qapp, capsys):
    for options in (
        (),
        (
            "--internal",
            "--why",
            "核对",
        ),
    ):
        assert cli.run(["summary", "190", "--workspace", str(workspace.root), *options]) == 0
    capsys.readouterr()

    (access,) = told(workspace, capsys)

    assert (access["who"], access["what"]) == ("王芳", "打印第 190 期节目纪要（内部版）")


def test_who_reads_a_whole_row_or_an_internal_month_is_noted(workspace, capsys):
    where = ["--workspace", str(workspace.root)]
    assert cli.run(["ledger", "add", "拖欠工资", *where]) == 0
    with Ledger.open(workspace.ledger) as ledger:
        (row,) = ledger.questions()
    assert cli.run(["ledger", "show", row.number, *where]) == 0
    assert cli.run(["ledger", "show", row.number, "--internal", "--why", "答复", *where]) == 0
    assert (
        cli.run(["stats", "monthly", "--month", "2026-11", "--internal", "--why", "核对", *where])
        == 0
    )
    assert cli.run(["stats", "monthly", "--month", "2026-11", *where]) == 0
    capsys.readouterr()

    month, shown = told(workspace, capsys)

    assert (shown["what"], shown["why"]) == (f"查看 {row.number} 的全文", "答复")
    assert month["what"].startswith("每月汇总（内部版）")


@pytest.mark.parametrize(
    "command",
    [
        "summary 190",
        "ledger export -o 台账.xlsx",
        "ledger show GHFL-1",
        "stats monthly --month 2026-11",
    ],
)
def test_nothing_unmasked_without_a_reason(workspace, command, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = [*command.split(), "--workspace", str(workspace.root)]

    assert cli.run([*words, "--internal", "--why", " "]) in {1, 2}

    assert "--why" in capsys.readouterr().err
    assert list(tmp_path.glob("*.xlsx")) == []
    assert told(workspace, capsys) == []


def test_the_newest_comes_first_and_a_period_is_one(workspace, capsys):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.keep(Access(at=studio_now() - timedelta(days=9), who="甲", what="早"), by="访问记录")
        note_access(ledger, "晚", who="乙", why="司法调取")
        assert [access.what for access in accesses(ledger)] == ["晚", "早"]
    day = str((studio_now() - timedelta(days=2)).date())

    assert [access["what"] for access in told(workspace, capsys, "--since", day)] == ["晚"]
    assert [access["what"] for access in told(workspace, capsys, "--until", day)] == ["早"]
    assert told(workspace, capsys)[0]["why"] == "司法调取"


def test_nobody_takes_an_access_back(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        note_access(ledger, "导出", who="王芳")

        with pytest.raises(NothingToUndo):
            ledger.undo(by="王芳")

        assert len(accesses(ledger)) == 1
