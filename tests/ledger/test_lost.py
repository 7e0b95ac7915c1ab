"""A ledger that is gone is told from one that was never there."""

import shutil

import pytest

from hotline_desk.errors import LedgerLost, NotALedger
from hotline_desk.ledger import Ledger
from tests.ledger.records import EPISODE


@pytest.fixture
def copied(path):
    """A ledger of which there is a copy."""
    path.parent.mkdir(exist_ok=True)
    with Ledger.open(path) as ledger:
        ledger.save_episode(EPISODE, by="接线员")
        ledger.backup(path.parent / "backups")
        ledger.fold()
    return path


def damage(path):
    """Spoil a page that opening does not read."""
    with path.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xa5" * 4096)


def empty(path):
    path.write_bytes(b"")


@pytest.mark.parametrize("lose", [lambda path: path.unlink(), empty], ids=["missing", "empty"])
def test_it_is_not_begun_anew_beside_its_copies(copied, lose):
    lose(copied)
    before = sorted(copied.parent.iterdir())

    with pytest.raises(LedgerLost) as error:
        Ledger.open(copied)

    assert error.value.path == copied
    assert sorted(copied.parent.iterdir()) == before
    assert not copied.exists() or copied.stat().st_size == 0


@pytest.mark.parametrize("lose", [lambda path: path.unlink(), empty], ids=["missing", "empty"])
def test_it_is_not_begun_anew_beside_its_log_which_would_be_gone(path, tmp_path, lose):
    path.parent.mkdir(exist_ok=True)
    with Ledger.open(path) as ledger:
        ledger.save_episode(EPISODE, by="接线员")
        log = path.with_name(f"{path.name}-wal")
        shutil.copy(log, tmp_path / "log")
    lose(path)
    shutil.copy(tmp_path / "log", log)

    with pytest.raises(LedgerLost):
        Ledger.open(path)

    assert log.read_bytes() == (tmp_path / "log").read_bytes()


def test_it_is_begun_anew_once_the_copies_are_moved_away(copied):
    copied.unlink()
    (copied.parent / "backups").rename(copied.parent / "以前的备份")

    with Ledger.open(copied) as ledger:
        assert ledger.episodes() == []


def test_a_damaged_one_is_not_copied(copied):
    damage(copied)
    before = sorted((copied.parent / "backups").iterdir())

    with pytest.raises(NotALedger), Ledger.open(copied) as ledger:
        ledger.backup(copied.parent / "backups")

    assert sorted((copied.parent / "backups").iterdir()) == before
