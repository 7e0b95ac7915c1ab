"""The ledger is copied once a day, and the copies can take its place."""

import os
import shutil
from datetime import date

import pytest

from hotline_desk import cli
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import BackupFailed
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.keep import back_up_daily
from hotline_desk.workflows.workspace import prepare

EPISODE = Episode(number=190, on=date(2026, 11, 25))


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(EPISODE, by="甲")
        yield ledger


def copies(workspace):
    return sorted(file.name for file in workspace.backups.iterdir())


def an_older_copy(workspace, day):
    copy = workspace.backups / f"ledger-202610{day:02}-080000-000000.db"
    copy.touch()
    return copy.name


def test_one_copy_a_day(ledger, workspace):
    made = back_up_daily(ledger, workspace)

    assert made.name.startswith(f"ledger-{studio_now():%Y%m%d}-")
    assert back_up_daily(ledger, workspace) is None
    assert copies(workspace) == [made.name]


def test_whoever_writes_by_commands_has_a_copy_of_the_day_too(capsys, ledger, workspace):
    ledger.close()
    for command in (["ledger", "list"], ["deadline", "--received", "2026-11-20"]):
        assert cli.run([*command, "--workspace", str(workspace.root)]) == 0
    assert copies(workspace) == []

    for point in ("欠薪", "工伤"):
        assert cli.run(["ledger", "add", point, "--workspace", str(workspace.root)]) == 0

    (copy,) = copies(workspace)
    with Ledger.open(workspace.backups / copy) as copied:
        assert [question.point for question in copied.questions()] == ["欠薪"]


def test_a_copy_that_fails_does_not_make_a_failure_of_what_was_written(capsys, ledger, workspace):
    ledger.close()
    shutil.rmtree(workspace.backups)
    workspace.backups.write_text("no folder", encoding="utf-8")

    assert cli.run(["ledger", "add", "欠薪", "--workspace", str(workspace.root)]) == 0

    told = capsys.readouterr()
    assert "已登记" in told.out
    assert "备份没有做成" in told.err


def test_a_copy_takes_the_place_of_a_damaged_ledger(ledger, workspace):
    made = back_up_daily(ledger, workspace)
    ledger.save_episode(Episode(number=191, on=date(2026, 12, 2)), by="甲")
    ledger.close()
    shutil.copy(made, workspace.ledger)

    with Ledger.open(workspace.ledger) as restored:
        assert restored.episodes() == [EPISODE]
        assert restored.examine() == []


def test_the_newest_fourteen_are_kept_and_those_before_an_upgrade_besides(ledger, workspace):
    older = [an_older_copy(workspace, day) for day in range(1, 17)]
    before_upgrade = workspace.backups / "ledger-before-m001-20261001-080000-000000.db"
    before_upgrade.touch()

    made = back_up_daily(ledger, workspace)

    assert copies(workspace) == sorted([before_upgrade.name, *older[-13:], made.name])


def test_what_a_copy_cut_short_has_left_goes_with_the_next_of_another_day(ledger, workspace):
    workspace.backups.mkdir(parents=True, exist_ok=True)
    old, young = (
        [
            workspace.backups / f"ledger-{name}.db.part{log}"
            for log in ("", "-journal", "-wal", "-shm")
        ]
        for name in ("old", "young")
    )
    for draft in (*old, *young):
        draft.write_bytes(b"half")
    for draft in old:
        os.utime(draft, (0, 0))

    ledger.backup(workspace.backups)

    assert [draft for draft in old if draft.exists()] == []
    assert [draft for draft in young if not draft.exists()] == []


def test_a_copy_that_cannot_be_made_is_told_and_costs_no_older_one(ledger, workspace):
    shutil.rmtree(workspace.backups)
    workspace.backups.write_text("no folder", encoding="utf-8")

    with pytest.raises(BackupFailed) as error:
        back_up_daily(ledger, workspace)

    assert error.value.path == workspace.backups
