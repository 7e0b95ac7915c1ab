"""Files that come in: whatever they are, their cells or one calm sentence."""

import io
import random
import zipfile
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.errors import (
    Cancelled,
    TableDamaged,
    TableEmpty,
    TableError,
    TableNotFound,
    TableOldExcel,
    TableProtected,
    TableTextBroken,
    TableTooLarge,
    TableUnknown,
)
from hotline_desk.messages import sentence
from hotline_desk.reports import incoming
from hotline_desk.reports.incoming import read_sheets
from hotline_desk.reports.workbook import new_workbook, write_csv

HEADINGS = ("接收日期", "诉求要点", "案件编号")
TEXT = "接收日期,诉求要点\n2026-03-05,拖欠工资\n"


@pytest.fixture
def file(tmp_path):
    def write(content, name="台账.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    def write(*rows, change=None):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        if change:
            change(book.active)
        path = tmp_path / "台账.xlsx"
        book.save(path)
        return path

    return write


def cells(path):
    (sheet,) = read_sheets(path)
    return [row for _, row in sheet.rows]


def with_part(path, name, change):
    """Write one part of an Excel file anew."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in source.namelist():
            content = source.read(part)
            packed.writestr(part, change(content) if part.endswith(name) else content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("parted_by", [",", ";", "\t"])
def test_a_csv_is_read_in_every_encoding_and_parting(file, encoding, parted_by):
    text = TEXT.replace(",", parted_by)

    assert cells(file(text.encode(encoding))) == [
        ("接收日期", "诉求要点"), ("2026-03-05", "拖欠工资"),
    ]  # fmt: skip


def test_rows_keep_the_numbers_of_their_lines(file):
    path = file('接收日期,诉求要点\n\n2026-03-05,"两\n行"\n,\n2026-03-06,末\n')

    (sheet,) = read_sheets(path)

    assert [number for number, _ in sheet.rows] == [1, 3, 6]
    assert sheet.rows[1][1] == ("2026-03-05", "两\n行")


def test_cells_of_a_workbook_come_as_they_are(workbook):
    path = workbook(
        HEADINGS, [datetime.fromisoformat("2026-03-05"), "第一行\n第二行", None], [46086, 3.5, True]
    )

    assert cells(path)[1:] == [
        (datetime.fromisoformat("2026-03-05"), "第一行\n第二行"),
        (46086, 3.5, "是"),
    ]


def test_a_formula_is_its_value_and_told_where_it_has_none(tmp_path):
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_formula(1, 1, '="甲"&"乙"', value="甲乙")
        sheet.write_formula(2, 1, "=A1", value="")

    (found,) = read_sheets(path)

    assert found.rows[1] == (2, (None, "甲乙"))
    assert found.without_value == {(3, 1)}


def test_a_merged_block_has_its_first_cells_value_everywhere(workbook):
    path = workbook(
        ["二〇二六年台账", None, None], HEADINGS, ["a", "b", "AJ-1"], ["c", "d", None],
        change=lambda sheet: (sheet.merge_cells("C3:C4"), sheet.merge_cells("A1:C1")),
    )  # fmt: skip

    (found,) = read_sheets(path)

    assert [row[2] for _, row in found.rows] == ["二〇二六年台账", "案件编号", "AJ-1", "AJ-1"]
    assert (4, 2) in found.merged


def test_a_workbook_that_counts_from_1904_says_so(tmp_path):
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        book.add_worksheet().write_row(0, 0, HEADINGS)

    assert read_sheets(path)[0].dates_from == date(1904, 1, 1)


def test_a_million_empty_rows_are_none(workbook):
    empty = b"".join(b'<row r="%d"/>' % row for row in range(3, 200_003))
    path = with_part(
        workbook(HEADINGS, ["2026-03-05", "工资"]), "sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", empty + b'<row r="1048576"/></sheetData>')
        .replace(b"A1:C2", b"A1:XFD1048576"),
    )  # fmt: skip

    assert len(cells(path)) == 2


def test_a_reading_can_be_cancelled(workbook):
    path = workbook(HEADINGS, *[["2026-03-05", "工资", None]] * 2000)

    with pytest.raises(Cancelled):
        read_sheets(path, cancelled=lambda: True)


def test_more_rows_than_a_ledger_has_are_refused(workbook, monkeypatch):
    monkeypatch.setattr(incoming, "MOST_ROWS", 10)

    with pytest.raises(TableTooLarge):
        read_sheets(workbook(*[HEADINGS] * 11))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "台账.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(1100):
                part.write(bytes(1 << 20))

    with pytest.raises(TableTooLarge):
        read_sheets(path)


def test_entities_that_multiply_are_refused(workbook):
    entities = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 9))
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">' + entities + b"]>"
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e8;</t></is></c></row></sheetData></worksheet>'
    )

    with pytest.raises(TableDamaged):
        read_sheets(with_part(workbook(HEADINGS), "sheet1.xml", lambda _: bomb))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = [
    (b"", TableEmpty),
    (b"\n \n\n", TableEmpty),
    (OLE + bytes(600), TableOldExcel),
    (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), TableProtected),
    (b"MZ\x90\0" + bytes(6000), TableUnknown),
    (b"\x7fELF\0" + bytes(200), TableUnknown),
    (b"%PDF-1.7\n\0\xff\xfe", TableUnknown),
    (b"<html><table><tr><td>1</td></tr></table>", TableUnknown),
    (b"PK\x03\x04" + bytes(600), TableDamaged),
    (("接收日期,诉求要点\n2026-03-05,拖欠两个月工资".encode())[:-1], TableTextBroken),
    ("接收日期,诉求要点\n".encode() * 20 + b"\xff" + "拖欠工资".encode(), TableTextBroken),
    ("﻿接收日期,诉求".encode()[:-2], TableTextBroken),
    ("接收日期".encode("gb18030") + b"\xff\xff\xff", TableTextBroken),
]


@pytest.mark.parametrize(("content", "told"), REFUSED)
def test_what_is_no_table_is_one_sentence(file, content, told):
    with pytest.raises(told) as error:
        read_sheets(file(content, "台账.xlsx"))

    assert sentence(error.value).count("。") == 1


def test_what_a_file_is_its_content_says(workbook, file):
    path = workbook(HEADINGS, ["2026-03-05", "工资", None])

    assert cells(path.rename(path.with_suffix(".csv")))[1] == ("2026-03-05", "工资")
    assert len(cells(file(TEXT, "台账.xlsx"))) == 2


def test_a_row_beyond_the_last_one_is_damage(workbook):
    beyond = b'<row r="99999999999999"><c r="A9" t="inlineStr"><is><t>x</t></is></c></row>'
    path = with_part(
        workbook(HEADINGS), "sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", beyond + b"</sheetData>"),
    )  # fmt: skip

    with pytest.raises(TableDamaged):
        read_sheets(path)


@pytest.mark.parametrize("seed", range(60))
def test_a_workbook_with_wrong_bytes_is_read_or_damaged(workbook, seed):
    path = workbook(HEADINGS, *[["2026-03-05", f"工资{n}", None] for n in range(9)])
    content, chance = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(chance.randint(1, 40)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content)

    with suppress(TableError):
        read_sheets(path)


def test_a_hundred_thousand_columns_are_cut_at_once(file):
    headings = ",".join(f"列{n}" for n in range(100_000))

    assert len(cells(file(f"{headings}\n{headings}\n"))[0]) == incoming.MOST_COLUMNS


def test_other_zips_are_no_workbooks(file):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("word/document.xml", "<document/>")

    with pytest.raises(TableUnknown):
        read_sheets(file(packed.getvalue(), "台账.xlsx"))


def test_a_file_that_is_not_there_is_told(tmp_path):
    for path in (tmp_path / "没有.xlsx", tmp_path):
        with pytest.raises(TableNotFound):
            read_sheets(path)


@pytest.mark.parametrize("cut", [10, 200, 2000])
def test_a_workbook_that_was_cut_off_is_damaged(workbook, cut):
    path = workbook(HEADINGS, ["2026-03-05", "工资", None])
    path.write_bytes(path.read_bytes()[:-cut])

    with pytest.raises(TableDamaged):
        read_sheets(path)


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_told(tmp_path_factory, content):
    for head in (b"", b"PK\x03\x04", OLE, b"\xef\xbb\xbf", b"\xff\xfe"):
        path = tmp_path_factory.getbasetemp() / "台账.bin"
        path.write_bytes(head + content)
        with suppress(TableError):
            read_sheets(path)


texts = st.text(max_size=40).map(lambda text: text.replace("\r", "")) | st.sampled_from(
    ["=cmd()", " =1", "\n+1", "'x", "䶮𠮷😀", "_x0041_", "甲\n乙", "x" * 4000, '"', "a,b;c\td"]
)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_what_we_write_comes_back_as_it_was_read_by_others(tmp_path_factory, rows):
    folder = tmp_path_factory.getbasetemp()
    with new_workbook(folder / "a.xlsx", drafts=folder / "drafts") as book:
        book.add_sheet("问题台账", HEADINGS[:2], rows)
    write_csv(folder / "a.csv", HEADINGS[:2], rows, drafts=folder / "drafts")

    for name in ("a.xlsx", "a.csv"):
        (sheet,) = read_sheets(folder / name)
        found = [
            tuple(given or "" for given in (*row, None, None)[:2]) for _, row in sheet.rows[1:]
        ]
        written = [tuple(map(_written, row)) for row in rows]
        assert found == [row for row in written if any(row)]


def _written(text):
    """What a sheet can hold of a text: no control characters, and nothing of blanks alone."""
    held = "".join(
        sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")
    )
    return held if held.strip() else ""
