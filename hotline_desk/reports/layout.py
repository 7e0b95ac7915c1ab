"""The paper: frames, headings with bookmarks, heads and feet, and how a PDF reaches the disk."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Table

from hotline_desk.errors import NoRoomForFile, PdfUnwritable
from hotline_desk.reports import tokens
from hotline_desk.reports.text import Block, Colour, Run, Style, Text, Typesetter
from hotline_desk.system import is_full, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper, in points."""

    width: float
    height: float

    @property
    def text_width(self) -> float:
        """What the margins leave."""
        return self.width - 2 * float(tokens.PAPER_MARGIN)


UPRIGHT = Sheet(*A4)
ACROSS = Sheet(*landscape(A4))
"""For tables of many columns."""

WIDTH: float = UPRIGHT.text_width
"""Of the text on an upright sheet, in points."""
HEIGHT: float = UPRIGHT.height - tokens.TOP_MARGIN - tokens.BOTTOM_MARGIN

_SMALL = Style(size=tokens.META, colour=tokens.QUIET)
_SMALL_RIGHT = Style(size=tokens.META, colour=tokens.QUIET, right=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What the PDF says about itself; nothing of what callers said."""

    title: str
    subject: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """What stands on every page."""

    head: str
    """From the second page on, at the left."""
    head_right: str
    foot: str


class Rule(Block):
    """A line across the page."""

    def __init__(self, colour: Colour, thickness: float, *, before: float, after: float) -> None:
        super().__init__(before=before, after=after)
        self._colour, self._thickness = colour, thickness

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width."""
        self.width, self.height = width, self._thickness
        return width, self._thickness

    def draw(self) -> None:
        """Draw the line."""
        self.canv.setStrokeColor(self._colour)
        self.canv.setLineWidth(self._thickness)
        self.canv.line(0, self._thickness / 2, self.width, self._thickness / 2)


class Panel(Block):
    """A text on a ground of its own, with a bar at its left, and a bookmark if it has a name."""

    def __init__(
        self,
        content: Text,
        *,
        ground: Colour = None,
        bar: Colour = None,
        padding: float = tokens.S2,
        bookmark: str = "",
        level: int = 0,
        before: float = 0.0,
        after: float = 0.0,
    ) -> None:
        super().__init__(before=before, after=after)
        self._content, self._ground, self._bar, self._padding = content, ground, bar, padding
        self._bookmark, self._level = bookmark, level

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the size of the text with its padding."""
        self.width = width
        self._inset = self._padding + (tokens.S1 if self._bar is not None else 0.0)
        _, height = self._content.wrap(width - self._inset - self._padding, 0)
        self.height = height + 2 * self._vertical_padding
        return width, self.height

    @property
    def _vertical_padding(self) -> float:
        return self._padding * 0.6 if self._ground is not None else 0.0

    def draw(self) -> None:
        """Draw ground, bar and text."""
        if self._bookmark:
            self._set_bookmark()
        if self._ground is not None:
            self.canv.setFillColor(self._ground)
            self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        if self._bar is not None:
            self.canv.setFillColor(self._bar)
            self.canv.rect(0, self._bar_gap, tokens.S1, self.height - 2 * self._bar_gap, 0, 1)
        self._content.drawOn(self.canv, self._inset, self._vertical_padding)

    @property
    def _bar_gap(self) -> float:
        return 0.0 if self._ground is not None else tokens.S1

    def _set_bookmark(self) -> None:
        key = f"place-{self.canv.getPageNumber()}-{id(self)}"
        top = self.canv.absolutePosition(0, self.height)[1]
        self.canv.bookmarkPage(key, fit="XYZ", left=0, top=top + tokens.S4)
        self.canv.addOutlineEntry(self._bookmark, key, self._level)


def heading(title: str, setter: Typesetter, *, aside: str = "") -> Panel:
    """Return the heading of a section, with a quiet word beside it."""
    return Panel(
        setter.text(
            [Run(title), Run(f"   {aside}", bold=False, colour=tokens.QUIET)] if aside else title,
            Style(size=tokens.HEADING, bold=True),
        ),
        bar=tokens.ACCENT,
        bookmark=title,
        before=tokens.S4 if aside else tokens.S5,
        after=0 if aside else tokens.S2,
    )


def grid(
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    *,
    headed: bool = False,
    more: Sequence[tuple[Any, ...]] = (),
) -> Table:
    """Return a table with hairlines; a row too high for a page goes on on the next.

    Args:
        rows: texts, one below the other where a cell holds several, empty where it is spanned.
        widths: of the columns, in points.
        headed: whether the first row is repeated on each page.
        more: further commands of the PDF library's table style.
    """
    return Table(
        rows,
        colWidths=widths,
        repeatRows=1 if headed else 0,
        splitInRow=1,
        hAlign="LEFT",
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), tokens.S2),
            ("RIGHTPADDING", (0, 0), (-1, -1), tokens.S2),
            ("TOPPADDING", (0, 0), (-1, -1), tokens.S1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), tokens.S1),
            ("LINEBELOW", (0, 0), (-1, -1), tokens.HAIRLINE, tokens.LINE),
            ("LINEABOVE", (0, 0), (-1, 0), tokens.HAIRLINE, tokens.LINE),
            *([("BACKGROUND", (0, 0), (-1, 0), tokens.PAGE)] if headed else []),
            *more,
        ],
    )


def height_of(flowable: Flowable) -> float:
    """Return the height of *flowable* in the width of the text, with the space around it."""
    height: float = flowable.wrap(WIDTH, HEIGHT)[1]
    return height + float(flowable.getSpaceBefore()) + float(flowable.getSpaceAfter())


def write_pdf(
    path: Path,
    story: Sequence[Flowable],
    *,
    properties: Properties,
    margins: Margins,
    setter: Typesetter,
    sheet: Sheet = UPRIGHT,
) -> int:
    """Set *story* on A4 and write it to *path*, whole or not at all; return the pages.

    Raises:
        NoRoomForFile: the disk is full.
        PdfUnwritable: the file or its folder cannot be written.
    """
    content = io.BytesIO()
    template = BaseDocTemplate(
        content,
        pagesize=(sheet.width, sheet.height),
        title=properties.title,
        subject=properties.subject,
        author=properties.author,
        creator=properties.author,
        lang="zh-CN",
        displayDocTitle=True,
    )
    paper = _Paper(sheet, margins, setter)
    template.addPageTemplates(
        [
            PageTemplate(
                id=name,
                frames=[_frame(sheet, top)],
                onPage=head,
                onPageEnd=_place_foot,
                autoNextPageTemplate="further",
            )
            for name, top, head in (
                ("first", tokens.FIRST_TOP_MARGIN, _begin),
                ("further", tokens.TOP_MARGIN, partial(_draw_head, paper=paper)),
            )
        ]
    )
    draw_foot = partial(_draw_foot, paper=paper)
    template.build(list(story), canvasmaker=partial(_NumberedCanvas, draw_foot=draw_foot))
    _replace(path, content.getvalue())
    pages: int = template.page
    return pages


@dataclass(frozen=True, slots=True)
class _Paper:
    """What stands at the edges of every page."""

    sheet: Sheet
    margins: Margins
    setter: Typesetter

    def draw(self, canvas: Canvas, words: str, style: Style, y: float) -> None:
        text = self.setter.text(words, style)
        text.wrapOn(canvas, self.sheet.text_width, 0)
        text.drawOn(canvas, tokens.PAPER_MARGIN, y)

    def draw_hairline(self, canvas: Canvas, y: float) -> None:
        canvas.setStrokeColor(tokens.LINE)
        canvas.setLineWidth(tokens.HAIRLINE)
        canvas.line(tokens.PAPER_MARGIN, y, self.sheet.width - tokens.PAPER_MARGIN, y)


class _NumberedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Draws the pages' feet last, when it is known how many pages there are.

    Each page shows a form that is only then defined; keeping whole pages back instead would send
    every bookmark to the first one.
    """

    def __init__(self, *arguments: Any, draw_foot: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self._draw_foot = draw_foot

    def save(self) -> None:
        """Draw the feet and write the document."""
        pages = self.getPageNumber() - 1
        for page in range(1, pages + 1):
            self.beginForm(_foot_name(page))
            self._draw_foot(self, page, pages)
            self.endForm()
        super().save()


def _foot_name(page: int) -> str:
    return f"foot-{page}"


def _frame(sheet: Sheet, top_margin: float) -> Frame:
    return Frame(
        tokens.PAPER_MARGIN, tokens.BOTTOM_MARGIN, sheet.text_width,
        sheet.height - top_margin - tokens.BOTTOM_MARGIN,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip


def _begin(canvas: Canvas, _template: BaseDocTemplate) -> None:
    canvas.showOutline()


def _draw_head(canvas: Canvas, _template: BaseDocTemplate, *, paper: _Paper) -> None:
    y = paper.sheet.height - tokens.TOP_MARGIN + tokens.S5
    paper.draw(canvas, paper.margins.head, _SMALL, y)
    paper.draw(canvas, paper.margins.head_right, _SMALL_RIGHT, y)
    paper.draw_hairline(canvas, y - tokens.S1)


def _place_foot(canvas: Canvas, template: BaseDocTemplate) -> None:
    canvas.doForm(_foot_name(template.page))


def _draw_foot(canvas: Canvas, page: int, pages: int, *, paper: _Paper) -> None:
    y = tokens.BOTTOM_MARGIN - tokens.S5 - tokens.S3
    paper.draw_hairline(canvas, y + tokens.S5)
    paper.draw(canvas, paper.margins.foot, _SMALL, y)
    paper.draw(canvas, f"第 {page} 页 共 {pages} 页", _SMALL_RIGHT, y)


def _replace(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise (NoRoomForFile if is_full(error) else PdfUnwritable)(path) from error
