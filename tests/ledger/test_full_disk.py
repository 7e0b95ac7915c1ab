import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hotline_desk.errors import LedgerUnwritable
from hotline_desk.ledger import Ledger
from tests.ledger import office_writer
from tests.ledger.records import EPISODE, TAKE, a_question, heard
from tests.small_disk import fill, mounted

ROOT = Path(__file__).resolve().parents[2]


def until_refused(ledger):
    """Add questions until the ledger refuses; return how many it took."""
    for count in range(10_000):
        try:
            ledger.add_question(a_question(text="拖欠工资" * 200), by="甲")
        except LedgerUnwritable:
            return count
    pytest.fail("the disk never got full")


def written_until_refused(ledger, kind):
    """Make writes of a kind, each in one go, until the ledger refuses; return how many it took."""
    for count in range(10_000):
        try:
            with ledger.together():
                kind(ledger, office_writer.word(count))
        except LedgerUnwritable:
            return count
    pytest.fail("the disk never got full")


def test_a_full_disk_is_told_and_changes_nothing(small_disk):
    with Ledger.open(small_disk / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by="甲")
        count = until_refused(ledger)

        with pytest.raises(LedgerUnwritable):
            ledger.copy_utterances(TAKE, [heard("工资" * 100, at) for at in range(2_000)])
        assert len(ledger.questions()) == count
        assert ledger.utterances(TAKE) == []
        assert ledger.examine() == []


@pytest.mark.parametrize("kind", [kind for kind, whole in office_writer.WRITES if whole])
def test_what_does_not_fit_is_not_there_by_half(tmp_path, kind):
    whole = dict(office_writer.WRITES)[kind]
    with mounted(tmp_path / "磁盘", "6m") as disk, Ledger.open(disk / "ledger.db") as ledger:
        office_writer.prepare(ledger)

        count = written_until_refused(ledger, kind)

        kept = range(count)[-1:] if kind is office_writer.change else range(count)
        assert kept
        assert office_writer.parts(ledger) == {office_writer.word(n): whole for n in kept}
        assert ledger.examine() == []


def test_room_made_again_is_used(small_disk):
    with Ledger.open(small_disk / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by="甲")
        filler = fill(small_disk)
        count = until_refused(ledger)

        filler.unlink()

        ledger.add_question(a_question(), by="甲")
        assert len(ledger.questions()) == count + 1
        assert ledger.examine() == []


def test_no_ledger_is_half_made_on_a_full_disk(small_disk):
    filler = fill(small_disk)
    with pytest.raises(LedgerUnwritable):
        Ledger.open(small_disk / "ledger.db")

    filler.unlink()

    with Ledger.open(small_disk / "ledger.db") as ledger:
        assert ledger.examine() == []


def test_a_ledger_on_a_disk_without_a_byte_left_is_read(small_disk):
    with Ledger.open(small_disk / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by="甲")
        ledger.add_question(a_question(), by="甲")
    filler = fill(small_disk)

    with Ledger.open(small_disk / "ledger.db") as ledger:
        assert len(ledger.questions()) == 1
        assert ledger.examine() == []
        with pytest.raises(LedgerUnwritable):
            ledger.add_question(a_question(), by="甲")
        filler.unlink()
        ledger.add_question(a_question(), by="甲")

    assert [file.name for file in small_disk.iterdir()] == ["ledger.db"]
    with Ledger.open(small_disk / "ledger.db") as ledger:
        assert len(ledger.questions()) == 2


def test_what_is_in_the_log_alone_is_read_there_too(tmp_path):
    with mounted(tmp_path / "磁盘", "2m") as disk:
        read_from_the_log(disk)


def read_from_the_log(small_disk):
    with Ledger.open(small_disk / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by="甲")
        ledger.add_question(a_question(), by="甲")
        for name in ("ledger.db", "ledger.db-wal"):  # as a machine that went dead leaves them
            shutil.copy(small_disk / name, small_disk / name.replace("ledger", "left"))
    fill(small_disk)

    with Ledger.open(small_disk / "left.db") as ledger:
        assert len(ledger.questions()) == 1
        assert ledger.examine() == []

    assert not (small_disk / "left.db-shm").exists()


WRITING = """
import sys
from pathlib import Path
from hotline_desk.ledger import Ledger
from tests.ledger.records import a_question

with Ledger.open(Path(sys.argv[1])) as ledger:
    ledger.add_question(a_question(), by="乙")
"""


def test_others_are_let_in_once_there_is_room(tmp_path):
    with mounted(tmp_path / "磁盘", "2m") as disk:
        with Ledger.open(disk / "ledger.db") as ledger:
            ledger.save_episode(EPISODE, by="甲")
            ledger.add_question(a_question(), by="甲")
            for name in ("ledger.db", "ledger.db-wal"):  # as a machine that went dead leaves them
                shutil.copy(disk / name, disk / name.replace("ledger", "left"))
        (disk / "ledger.db").unlink()
        path = disk / "left.db"
        filler = fill(disk)

        with Ledger.open(path) as ledger:
            assert not ledger.share()
            assert len(ledger.questions()) == 1
            filler.unlink()
            assert ledger.share()
            before = ledger.changes_elsewhere()

            subprocess.run([sys.executable, "-c", WRITING, str(path)], cwd=ROOT, check=True)

            assert ledger.changes_elsewhere() != before
            ledger.add_question(a_question(), by="甲")
            assert len(ledger.questions()) == 3
            assert ledger.share()
            assert ledger.examine() == []
        assert [file.name for file in disk.iterdir()] == ["left.db"]


@pytest.mark.parametrize("left", [0, 4096, 8192, 16384, 28672, 49152])
def test_with_too_little_room_it_is_read_and_not_shared(small_disk, left):
    with Ledger.open(small_disk / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by="甲")
    filler = fill(small_disk)

    with Ledger.open(small_disk / "ledger.db") as ledger:
        os.truncate(filler, filler.stat().st_size - left)
        for _ in range(2):
            assert not ledger.share()
            assert ledger.episodes() == [EPISODE]
        filler.unlink()
        assert ledger.share()
        assert ledger.episodes() == [EPISODE]
        assert ledger.examine() == []


def test_a_ledger_opened_with_room_is_shared_already(ledger):
    assert ledger.share()


def test_no_copy_is_half_made_on_a_full_disk(small_disk, ledger):
    fill(small_disk)

    with pytest.raises(LedgerUnwritable):
        ledger.backup(small_disk)

    assert [file.name for file in small_disk.iterdir()] == ["filler"]


LIMITED = """
import resource, sys
from pathlib import Path
from hotline_desk.errors import LedgerUnwritable
from hotline_desk.ledger import Ledger
from tests.ledger.records import a_question

with Ledger.open(Path(sys.argv[1])) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
    count = 0
    try:
        while True:
            ledger.add_question(a_question(text="拖欠工资" * 200), by="甲")
            count += 1
    except LedgerUnwritable:
        assert len(ledger.questions()) == count > 0
        print(count)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
def test_a_file_that_may_not_grow_is_told_and_changes_nothing(ledger, path):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.stderr == ""
    assert len(ledger.questions()) == int(done.stdout)
    assert ledger.examine() == []
