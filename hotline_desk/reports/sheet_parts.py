"""What the sheets across the paper are made of: a head, tables, meanings, and who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import Spacer

from hotline_desk.reports import tokens
from hotline_desk.reports.fonts import STAND_IN, find_faces
from hotline_desk.reports.layout import ACROSS, Margins, Properties, Rule, grid, write_pdf
from hotline_desk.reports.text import Run, Style, Typesetter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from reportlab.platypus import Flowable, Table

    from hotline_desk.domain.statistics.period_figures import CountedFigure
    from hotline_desk.reports.fonts import Faces

EMPTY = "—"
"""What stands where nothing is known."""

META = Style(size=tokens.META, colour=tokens.QUIET)
MEANINGS = Style(size=tokens.META, colour=tokens.QUIET, before=tokens.S2)
CELL = Style(size=9.5, line_height=1.35)
FIGURE = Style(size=9.5, line_height=1.35, right=True)
NOTE = Style(size=tokens.META, line_height=1.3, colour=tokens.QUIET)
HEADING = Style(size=tokens.META, line_height=1.3, colour=tokens.QUIET)
FIGURE_HEADING = Style(size=tokens.META, line_height=1.3, colour=tokens.QUIET, right=True)
_TIGHT = tokens.S1


def print_sheet(
    path: Path,
    story: Callable[[Typesetter], Iterable[Flowable]],
    *,
    title: str,
    subject: str,
    union: str,
    margins: Margins,
) -> int:
    """Write what *story* sets to *path*, whole or not at all; return how many pages it has.

    Where this machine's faces lack a character, a note at the end explains what stands for it.

    Raises:
        ChineseFontMissing: no face on this machine can be put into a PDF.
        NoRoomForFile: the disk is full.
        PdfUnwritable: the file or its folder cannot be written.
    """
    faces = find_faces()
    setter = Typesetter(faces)
    return write_pdf(
        path,
        [*story(setter), *_missing_note(faces, setter)],
        properties=Properties(title=title, subject=subject, author=union),
        margins=margins,
        setter=setter,
        sheet=ACROSS,
    )


def sheet_head(union: str, title: str, says: str, setter: Typesetter) -> list[Flowable]:
    """Return the head of a sheet: whose it is, what it is called, and what it covers."""
    return [
        Rule(tokens.ACCENT, 3, before=0, after=tokens.S3),
        setter.text(union, META),
        setter.text(title, Style(size=tokens.TITLE - 4, bold=True, line_height=1.4)),
        setter.text(says, Style(size=tokens.EMPHASIS, after=tokens.S4)),
    ]


def figure_table(
    headings: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    setter: Typesetter,
    *,
    words: Collection[int] = (0,),
    notes: Sequence[str] = (),
    more: Sequence[tuple[object, ...]] = (),
) -> Table:
    """Return a table whose headings are repeated on every page, figures at the right.

    Args:
        headings: one row of them, or two where several columns have one word in common.
        rows: the cells' texts.
        widths: of the columns, in points.
        setter: makes the texts.
        words: which columns hold words, from 0.
        notes: 口径 of each row, to stand beneath its first cell.
        more: further commands of the PDF library's table style.
    """
    made: list[list[Any]] = [
        [
            setter.text(text, HEADING if column in words or _is_group(headings, at, column)
                        else FIGURE_HEADING)
            for column, text in enumerate(row)
        ]
        for at, row in enumerate(headings)
    ]  # fmt: skip
    made += [
        [setter.text(text, CELL if column in words else FIGURE) for column, text in enumerate(row)]
        for row in rows
    ]
    for cells, note in zip(made[len(headings) :], notes, strict=bool(notes)):
        cells[0] = [cells[0], setter.text(note, NOTE)]
    table = grid(
        made,
        widths,
        more=[
            ("BACKGROUND", (0, 0), (-1, len(headings) - 1), tokens.PAGE),
            ("LEFTPADDING", (0, 0), (-1, -1), _TIGHT),
            ("RIGHTPADDING", (0, 0), (-1, -1), _TIGHT),
            ("VALIGN", (0, 0), (-1, len(headings) - 1), "BOTTOM"),
            *more,
        ],
    )
    table.repeatRows = len(headings)
    return table


def seven_cells(counted: CountedFigure, *, month: bool) -> list[str]:
    """Return a figure's name and its seven columns; *month* says 本月 instead of 本期."""
    figure = counted.figure
    return [f"{'　' * figure.is_part}{figure.title_in(month=month)}", *counted.texts]


def notes_of(counted: Sequence[CountedFigure]) -> list[str]:
    """Return the 口径 of each figure, set in as its name is."""
    return [f"{'　' * each.figure.is_part}{each.figure.note}" for each in counted]


def shared_widths(width: float, shares: Sequence[float]) -> list[float]:
    """Return columns that fill *width*, as wide to each other as *shares*."""
    whole = sum(shares)
    return [width * share / whole for share in shares]


def _missing_note(faces: Faces, setter: Typesetter) -> list[Flowable]:
    if not faces.missing:
        return []
    return [setter.text(f"文中“{STAND_IN}”处为本机字体没有的字。", MEANINGS)]


def signatures(
    named: Sequence[tuple[str, str]], width: float, setter: Typesetter
) -> list[Flowable]:
    """Return the row of those who answer for a sheet; an empty place is signed by hand."""
    cells = [
        setter.text([Run(f"{words}："), Run(name or "              ", colour=tokens.TEXT)], META)
        for words, name in named
    ]
    table = grid([cells], [width / len(named)] * len(named))
    return [Spacer(1, tokens.S5), table]


def _is_group(headings: Sequence[Sequence[str]], at: int, column: int) -> bool:
    """Return whether a heading stands above several others."""
    return at + 1 < len(headings) and bool(headings[at + 1][column])
