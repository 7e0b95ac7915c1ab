"""A list of an office as a PDF: one table across the paper, what is pressing in bold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.reports import tokens
from hotline_desk.reports.layout import ACROSS, Margins, grid
from hotline_desk.reports.sheet_parts import (
    CELL,
    HEADING,
    META,
    print_sheet,
    shared_widths,
    sheet_head,
)
from hotline_desk.reports.text import Run, Typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportlab.platypus import Flowable


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is printed; every text is ready to be read."""

    title: str
    about: str
    """The day, and what it holds."""
    foot: str
    """What stands under each page: which version it is."""
    columns: Sequence[tuple[str, int]]
    """Headings, and how wide they are to each other."""
    rows: Sequence[Sequence[str]]
    pressing: str = ""
    """What a first cell says of a row that stands out."""
    empty: str
    """What is said where there are no rows."""


def print_listing(listing: Listing, path: Path, *, union: str) -> int:
    """Write *listing* to *path*; return the pages. Errors are those of `print_sheet`."""
    return print_sheet(
        path,
        partial(_story, listing, union),
        title=listing.title,
        subject=listing.about,
        union=union,
        margins=Margins(head=f"{listing.title}  {listing.about}", head_right="", foot=listing.foot),
    )


def _story(listing: Listing, union: str, setter: Typesetter) -> Iterator[Flowable]:
    yield from sheet_head(union, listing.title, listing.about, setter)
    if not listing.rows:
        yield setter.text(listing.empty, META)
        return
    cells = [[setter.text(heading, HEADING) for heading, _ in listing.columns]]
    for row in listing.rows:
        made = [setter.text(text, CELL) for text in row]
        if listing.pressing and row[0] == listing.pressing:
            made[0] = setter.text([Run(row[0], bold=True, colour=tokens.CAUTION)], CELL)
        cells.append(made)
    widths = shared_widths(ACROSS.text_width, [share for _, share in listing.columns])
    yield grid(cells, widths, headed=True)
