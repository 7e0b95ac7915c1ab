"""What a person typed in cells that other programs read."""

import csv
import gc
import os
import secrets
import subprocess
import sys

import openpyxl
import pytest

from hotline_desk.errors import NoRoomForFile
from hotline_desk.reports.workbook import LONGEST_CELL, MORE, drafts_left, new_workbook, write_csv
from tests.small_disk import fill, small_disk

__all__ = ["small_disk"]

INVISIBLE = "".join(map(chr, range(0x20))) + "\ufffe\uffff"
FACE = "\U0001f600"


def in_excel(path, text):
    with new_workbook(path, drafts=path.parent / "drafts") as book:
        book.add_sheet("台账", ("备注",), [[text]])
    return openpyxl.load_workbook(path)["台账"]["A2"].value


def in_csv(path, text):
    write_csv(path, ("备注",), [[text]], drafts=path.parent / "drafts")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1][0]


def units(text):
    """Count as Excel does: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(("write", "name"), [(in_excel, "a.xlsx"), (in_csv, "a.csv")])
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (f"甲{INVISIBLE}乙", "甲\t\n乙"),
        ("甲\x00乙", "甲乙"),
        ("第一行\r\n第二行", "第一行\n第二行"),
        ("a_x0041_b", "a_x0041_b"),
    ],
)
def test_signs_that_nobody_sees_are_left_out(tmp_path, write, name, typed, read):
    found = write(tmp_path / name, typed)

    assert found.replace("_x005F_", "_") == read  # as Excel reads an underline that was escaped


def test_a_formula_behind_a_sign_that_nobody_sees_stays_text(tmp_path):
    assert in_csv(tmp_path / "a.csv", "\x01=1+1") == "'=1+1"


@pytest.mark.parametrize("sign", ["字", FACE])
def test_a_text_too_long_for_a_cell_says_where_the_rest_is(tmp_path, sign):
    cut = in_excel(tmp_path / "a.xlsx", sign * 40_000)

    assert cut.endswith(MORE)
    assert LONGEST_CELL - 1 <= units(cut) <= LONGEST_CELL
    assert set(cut.removesuffix(MORE)) == {sign}


@pytest.mark.parametrize("text", ["字" * LONGEST_CELL, FACE * (LONGEST_CELL // 2)])
def test_the_longest_text_that_fits_stays_whole(tmp_path, text):
    assert in_excel(tmp_path / "a.xlsx", text) == text


def test_a_csv_holds_every_length(tmp_path):
    csv.field_size_limit(1_000_000)

    assert in_csv(tmp_path / "a.csv", "字" * 40_000) == "字" * 40_000


@pytest.mark.parametrize("leave", [8_192, 40_960, 204_800, 409_600])
def test_a_full_disk_is_told_as_one_and_nothing_is_left(small_disk, capfd, leave):
    path, drafts = small_disk / "a.xlsx", small_disk / "drafts"
    rows = [[secrets.token_hex(8_000)] for _ in range(100)]
    filler = fill(small_disk, leave=leave)

    with pytest.raises(NoRoomForFile), new_workbook(path, drafts=drafts) as book:
        book.add_sheet("台账", ("备注",), rows)
    with pytest.raises(NoRoomForFile):
        write_csv(path, ("备注",), rows, drafts=drafts)

    gc.collect()
    assert capfd.readouterr().err == ""
    assert list(small_disk.iterdir()) == [filler]


@pytest.mark.parametrize("room", range(0, 96, 8))
def test_a_disk_that_is_full_before_the_end_leaves_no_half_file(small_disk, capfd, room):
    path = small_disk / "a.xlsx"
    rows = [[secrets.token_hex(8_000)]]
    filler = fill(small_disk, leave=room << 10) if room else fill(small_disk)

    try:
        in_excel(path, rows[0][0])
    except NoRoomForFile:
        assert list(small_disk.iterdir()) == [filler]

    gc.collect()
    assert capfd.readouterr().err == ""


SWEEPS = """
import sys
from pathlib import Path
from hotline_desk.reports.workbook import forget_drafts

print("ready", flush=True)
while True:
    forget_drafts(Path(sys.argv[1]))
"""


def test_another_program_that_sweeps_disturbs_no_export(tmp_path):
    drafts = tmp_path / "drafts"
    sweeps = [sys.executable, "-c", SWEEPS, str(drafts)]
    with subprocess.Popen(sweeps, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        try:
            for number in range(100):
                path = tmp_path / f"{number}.csv"
                assert write_csv(path, ("备注",), [["工资"]], drafts=drafts) == 1
                assert path.exists()
        finally:
            other.kill()

    assert drafts_left(drafts) == []


COPIES = """
import os, shutil, sys
from pathlib import Path
from hotline_desk.reports import workbook

def die(draft, part):
    Path(part).write_bytes(Path(draft).read_bytes()[:5])
    os.kill(os.getpid(), 9)

workbook.shutil.copyfile = die
folder = Path(sys.argv[1])
workbook.write_csv(folder / "出.csv", ("备注",), [["工资"]], drafts=folder / "drafts")
"""


@pytest.mark.skipif(os.name == "nt", reason="a process is killed by another means there")
def test_what_was_killed_while_it_was_copied_to_its_place_goes_with_the_next_export(tmp_path):
    killed = subprocess.run([sys.executable, "-c", COPIES, str(tmp_path)], check=False)
    assert killed.returncode == -9
    assert len(list(tmp_path.glob(".*.new"))) == 1

    write_csv(tmp_path / "elsewhere" / "a.csv", ("备注",), [["工资"]], drafts=tmp_path / "drafts")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere"]
