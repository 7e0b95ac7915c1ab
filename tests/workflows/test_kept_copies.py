"""What becomes of copies of the ledger that hold a deleted person, and of rows only they have."""

import pytest

from hotline_desk.ledger import Ledger
from tests.workflows.test_delete_person_copies import (
    ALL,
    NAME,
    PHONE,
    add,
    backup,
    run,
    tell,
    workspace,
)

__all__ = ["workspace"]
ONLY_THERE = "恢复以前新记的"


def points(path):
    with Ledger.open(path) as ledger:
        assert ledger.examine() == []
        return [each.point for each in ledger.questions()]


def kept(workspace):
    (found,) = workspace.backups.glob("ledger-before-restore-*.db")
    return found


def test_what_a_restoring_has_kept_is_clean_where_the_person_was_deleted_before(workspace, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    early = backup(workspace, "ledger-early")
    assert run(workspace, "delete-person", number, "--confirm", "删除") == 0
    add(workspace, ONLY_THERE)
    assert run(workspace, "restore", early) == 0
    capsys.readouterr()

    assert run(workspace, "doctor") == 0
    assert "1 份备份里还留着已删除的个人信息：ledger-early" in capsys.readouterr().out
    assert run(workspace, "delete-person", "--with-backups") == 0

    assert tell(workspace) == []
    assert not early.exists()
    assert ONLY_THERE in points(kept(workspace))


@pytest.mark.parametrize("at_once", [True, False])
def test_a_copy_that_alone_has_rows_stays_until_it_was_restored(workspace, capsys, at_once):
    number = add(workspace, "欠薪", NAME, PHONE)
    early = backup(workspace, "ledger-early")
    add(workspace, ONLY_THERE)
    between = backup(workspace, "ledger-between")
    assert run(workspace, "restore", early) == 0
    only = kept(workspace)
    assert run(workspace, "delete-person", number, *(ALL if at_once else ALL[-2:])) == 0
    if not at_once:
        assert run(workspace, "delete-person", "--with-backups") == 0

    told = capsys.readouterr().out
    assert only.name in told
    assert "里有现在的台账没有的记录，没有删除" in told
    assert not early.exists()
    assert between.exists()

    assert run(workspace, "restore", only) == 0
    assert run(workspace, "delete-person", "--with-backups") == 0

    assert tell(workspace) == []
    assert ONLY_THERE in points(workspace.ledger)
