"""《工会法律在线》第 N 期节目纪要 as a PDF: the sections of one episode, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from hotline_desk.domain.summary import DISCLAIMER, INTERNAL_USE
from hotline_desk.domain.times import day_text, long_day_text
from hotline_desk.reports import tokens
from hotline_desk.reports.charts import CategoryBars
from hotline_desk.reports.fonts import STAND_IN, find_faces
from hotline_desk.reports.layout import (
    HEIGHT,
    WIDTH,
    Margins,
    Panel,
    Properties,
    Rule,
    grid,
    heading,
    height_of,
    write_pdf,
)
from hotline_desk.reports.question_block import EMPTY, labelled, question_parts
from hotline_desk.reports.text import Block, Run, Style, Text, Typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hotline_desk.domain.episodes import Guest
    from hotline_desk.domain.summary import EpisodeSummary, FollowUp
    from hotline_desk.reports.fonts import Faces

NOTHING = "本期无"

_PROSE = Style(justified=True)
_META = Style(size=tokens.META, colour=tokens.QUIET)
_CELL_FIELD = Style(indent=56.0)
_CHECK = Style(indent=110.0)
_CELL = Style(size=9.5)
_FIGURE = Style(size=tokens.TITLE - 2, bold=True, line_height=1.2)
_CAUTION = Style(size=tokens.META, colour=tokens.CAUTION)

_MEANINGS = Style(size=tokens.META, colour=tokens.QUIET, before=tokens.S2)

_KEPT_WHOLE = HEIGHT * 0.42
"""A question up to this height never crosses a page break; a longer one would leave a hole."""
_HEAD_AND_MORE = 110.0
"""What must fit below the head of a longer one, in points."""
_EMPTY_END = 190.0
"""The height of the last sections while there is nothing in them: signatures stand with them."""
_NUMERALS = "一二三四五六七八九十"

_FIGURE_MEANINGS = (
    "咨询人次：一人一次来电或来访计一次。问题数：台账条数，类别占比以此为准，按统计口径归类。"
    "立案：已立案的案件，几条问题一案的计一件，重办不计。集体争议：立案里十人及以上、同一诉求的，每案一件。"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """What was written."""

    path: Path
    pages: int
    questions: int
    missing: frozenset[str]
    """Characters that no face on this machine has; 〓 stands in their place."""


def print_summary(summary: EpisodeSummary, path: Path, *, faces: Faces | None = None) -> Printed:
    """Write *summary* to *path*, whole or not at all.

    Args:
        summary: what the paper says, masked already where it is for the public.
        path: the PDF; its folder is made where it is missing.
        faces: what it is set in; this machine's by default.

    Raises:
        ChineseFontMissing: no face on this machine can be put into a PDF.
        NoRoomForFile: the disk is full.
        PdfUnwritable: the file or its folder cannot be written.
    """
    faces = find_faces() if faces is None else faces
    paper = _Paper(summary, Typesetter(faces))
    story = list(paper.story())
    if faces.missing:
        story.append(paper.missing_note())
    pages = write_pdf(
        path,
        story,
        properties=Properties(
            title=summary.title,
            subject=f"{long_day_text(summary.episode.on)} {summary.version}",
            author=summary.union,
        ),
        margins=Margins(
            head=f"{summary.title}  {summary.version}",
            head_right=(INTERNAL_USE if summary.internal else long_day_text(summary.episode.on)),
            foot=DISCLAIMER,
        ),
        setter=Typesetter(faces),
    )
    return Printed(path, pages, len(summary.questions), frozenset(faces.missing))


class _Paper:
    """One paper's parts, as the PDF library's flowables."""

    def __init__(self, summary: EpisodeSummary, setter: Typesetter) -> None:
        self._summary = summary
        self._set = setter.text
        self._setter = setter
        self._numerals = iter(_NUMERALS)

    def story(self) -> Iterator[Flowable]:
        """Yield the whole paper."""
        yield from self._title()
        yield from self._programme()
        yield from self._figures()
        yield from self._categories()
        yield from self._questions()
        yield from self._follow_ups()
        if not (self._summary.typical_cases or self._summary.corrections or self._summary.internal):
            yield CondPageBreak(_EMPTY_END)
        yield from self._paragraphs("典型案例", self._summary.typical_cases)
        yield from self._paragraphs("更正说明", self._summary.corrections)
        if self._summary.internal:
            yield from self._broadcast()
        yield from self._signatures()

    def missing_note(self) -> Flowable:
        """Return the sentence that explains 〓."""
        return self._set(
            f"文中“{STAND_IN}”处为本机字体没有的字。",
            Style(size=tokens.META, colour=tokens.QUIET, before=tokens.S3),
        )

    def _title(self) -> Iterator[Flowable]:
        summary, episode = self._summary, self._summary.episode
        yield Rule(tokens.ACCENT, 3, before=0, after=tokens.S3)
        yield self._set(f"{summary.union}  {summary.station}", _META)
        yield self._set(
            summary.title,
            Style(size=tokens.TITLE, bold=True, line_height=1.4, after=tokens.S1),
        )
        yield self._set(
            [
                Run(f"{long_day_text(episode.on)}  {episode.starts}–{episode.ends} 直播"),
                Run(f"  ｜  {summary.version}", bold=True, colour=tokens.ACCENT),
                *([Run(f"  {INTERNAL_USE}", colour=tokens.CAUTION)] * summary.internal),
            ],
            Style(size=tokens.EMPHASIS),
        )

    def _section(
        self, title: str, body: Sequence[Flowable], *, least: float = 0.0
    ) -> Iterator[Flowable]:
        """Yield a section; *least* is what of its body must stand below the heading, in points."""
        numbered = f"{next(self._numerals)}、{title}"
        if not body:
            yield heading(numbered, self._setter, aside=NOTHING)
            return
        head = heading(numbered, self._setter)
        if not least:
            yield KeepTogether([head, *body])
            return
        yield CondPageBreak(height_of(head) + least)
        yield head
        yield from body

    def _programme(self) -> Iterator[Flowable]:
        episode = self._summary.episode
        listeners = EMPTY
        if episode.listeners is not None:
            source = f"（来源：{episode.listeners_source}）" if episode.listeners_source else ""
            listeners = f"{episode.listeners:,} 人{source}"
        table = grid(
            [
                [self._field("主题", episode.topic or EMPTY, _CELL_FIELD), ""],
                [
                    self._field("主持人", episode.host or EMPTY, _CELL_FIELD),
                    self._field("导播", episode.producer or EMPTY, _CELL_FIELD),
                ],
                [
                    self._field(
                        "嘉宾", "\n".join(map(_guest_text, episode.guests)) or EMPTY, _CELL_FIELD
                    ),
                    "",
                ],
                [self._field("收听人数", listeners, _CELL_FIELD), ""],
            ],
            [WIDTH / 2, WIDTH / 2],
            more=[("SPAN", (0, row), (1, row)) for row in (0, 2, 3)],
        )
        yield from self._section("节目信息", [table], least=_least(table))

    def _figures(self) -> Iterator[Flowable]:
        figures = self._summary.figures
        named = (
            ("来电", figures.calls),
            ("接入直播", figures.aired),
            ("转线下", figures.offline),
            ("咨询人次", figures.consultations),
            ("问题数（条）", figures.questions),
            ("立案（件）", figures.cases),
            ("集体争议（件）", figures.collective),
        )
        cells = [
            [self._set(str(figure), _FIGURE), self._set(name, _META)] for name, figure in named
        ]
        table = grid(
            [cells],
            [WIDTH / len(named)] * len(named),
            more=[
                ("LINEAFTER", (0, 0), (-2, -1), tokens.HAIRLINE, tokens.LINE),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ],
        )
        meanings = self._set(_FIGURE_MEANINGS, _MEANINGS)
        yield from self._section("本期概况", [table, meanings])

    def _categories(self) -> Iterator[Flowable]:
        figures, on = self._summary.figures, self._summary.episode.on
        shares = [share for share in figures.categories if share.total]
        total = sum(share.total for share in shares)
        opening = f"，含期初数 {figures.opening:,} 条" if figures.opening else ""
        if not shares:
            yield from self._section("类别分布", [])
            return
        legend = self._set(
            [
                Run("■ ", colour=tokens.ACCENT),
                Run(f"本期 {sum(share.count for share in shares)} 条    "),
                Run("■ ", colour=tokens.SINCE_START),
                Run(f"开栏累计 {total:,} 条（截至 {day_text(figures.until, on)}{opening}）"),
            ],
            Style(size=tokens.META, colour=tokens.QUIET, after=tokens.S1),
        )
        yield from self._section("类别分布", [legend, CategoryBars(shares, self._setter)])

    def _questions(self) -> Iterator[Flowable]:
        if not self._summary.questions:
            yield from self._section("问题与解答", [])
            return
        blocks = [
            question_parts(order, question, self._setter)
            for order, question in zip(count(1), self._summary.questions)
        ]
        body = [flowable for block in blocks for flowable in _kept(block)]
        first = sum(map(height_of, blocks[0]))
        if self._summary.notice:
            text = self._set(self._summary.notice, _CAUTION)
            notice = Panel(text, ground=tokens.CAUTION_GROUND, before=0)
            first += height_of(notice)
            body = [notice, *body]
        yield from self._section("问题与解答", body, least=min(first, _KEPT_WHOLE))

    def _follow_ups(self) -> Iterator[Flowable]:
        entries = self._summary.follow_ups
        if not entries:
            yield from self._section("转办与跟踪", [])
            return
        titles = ("台账编号", "诉求", "分流", "承办人", "时限", "状态")
        table = grid(
            [
                [self._set(title, _META) for title in titles],
                *(
                    [self._set(cell, _CELL) for cell in _follow_up_cells(entry)]
                    for entry in entries
                ),
            ],
            [104, WIDTH - 304, 54, 54, 54, 38],
            headed=True,
        )
        yield from self._section("转办与跟踪", [table], least=_least(table))

    def _paragraphs(self, title: str, paragraphs: Sequence[str]) -> Iterator[Flowable]:
        body = [self._set(text, _PROSE) for text in paragraphs]
        yield from self._section(title, body, least=sum(map(_least, body[:1])))

    def _broadcast(self) -> Iterator[Flowable]:
        rows = [
            [self._field(name, finding, _CHECK)] for name, finding in self._summary.broadcast_checks
        ]
        body = [grid(rows, [WIDTH])] if rows else []
        yield from self._section("播出合规与录音质量（内部版）", body, least=sum(map(_least, body)))

    def _signatures(self) -> Iterator[Flowable]:
        names = ("整理", "解答律师确认", "审核", "签发")
        table = grid(
            [
                [self._set(name, _META) for name in names],
                [Spacer(1, 30)] * len(names),
                [self._set("日期：      年    月    日", _META) for _ in names],
            ],
            [WIDTH / len(names)] * len(names),
            headed=True,
            more=[
                ("LINEAFTER", (0, 0), (-2, -1), tokens.HAIRLINE, tokens.LINE),
                ("BOX", (0, 0), (-1, -1), tokens.HAIRLINE, tokens.LINE),
            ],
        )
        yield from self._section(" / ".join(names), [table])

    def _field(self, name: str, value: str, style: Style) -> Text:
        return labelled(name, value, style, self._setter)


def _kept(block: Sequence[Block]) -> list[Flowable]:
    """Return a question's parts, kept together as far as that leaves no hole on the page."""
    if sum(map(height_of, block)) <= _KEPT_WHOLE:
        return [KeepTogether(block)]
    return [CondPageBreak(_HEAD_AND_MORE), *block]


def _least(flowable: Flowable) -> float:
    """Return what must fit below a heading: the whole, as far as that leaves no hole."""
    return min(height_of(flowable), _KEPT_WHOLE)


def _guest_text(guest: Guest) -> str:
    return "  ".join(filter(None, (guest.name, guest.unit, guest.post)))


def _follow_up_cells(entry: FollowUp) -> list[str]:
    cells = (entry.number, entry.point, entry.route, entry.owner, entry.due, entry.state)
    return [cell or EMPTY for cell in cells]
