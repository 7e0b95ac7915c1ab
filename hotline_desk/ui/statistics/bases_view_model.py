"""期初数 and 统计口径: what the figures had come to before, and where categories are published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk.domain.amounts import typed_fen
from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.statistics.closings import Opening, PublishedCategory
from hotline_desk.domain.statistics.figures import FigureKind, all_figures, headings
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.day_text import day_of
from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.domain.statistics.figures import Figure
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.kit.office import Office


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A figure that adds up over the years, and what it had come to."""

    figure: Figure
    opening: Opening | None = None

    @property
    def value(self) -> str:
        """期初数 as it is written, in yuan where it is money."""
        if self.opening is None:
            return ""
        return self.figure.text(self.opening.value)


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A category, and the heading that it is published under."""

    category: Category
    heading: str
    kept: PublishedCategory | None = None
    """What the office has written; without it the shipped 统计口径 holds."""


@dataclass(frozen=True, slots=True)
class Bases:
    """Both tables, in the order of 每月汇总 and of the categories."""

    openings: tuple[OpeningRow, ...]
    headings: tuple[HeadingRow, ...]


class BasesViewModel(ViewModel):
    """State of the two tables; what is written is in the ledger at once, and Ctrl+Z undoes it."""

    changed = Signal(Bases)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, parent)
        self.bases = Bases((), ())

    @Slot()
    def refresh(self) -> None:
        """Read both tables again."""
        self._office.ask(read_bases, owner=self, then=self._show, on_error=self.failed.emit)

    def write_opening(self, row: OpeningRow, *, value: str, source: str, as_of: str) -> None:
        """Keep what was written of *row*; without a value it has no 期初数."""
        try:
            number = _number(row.figure, value)
            day = day_of(as_of, studio_now().date())
        except (ValueError, InvalidOperation):
            self.warned.emit(self.tr("没有存：期初数写成数字，日期写成 2026-11-01。"))
            return
        if number is None:
            if row.opening is not None:
                self._change(partial(_take_out, row.opening))
            return
        written = Opening(
            id=row.opening.id if row.opening else 0,
            figure=row.figure.key, value=number, source=source.strip(), as_of=day,
        )  # fmt: skip
        if written != row.opening:
            self._change(partial(_keep, written))

    def write_heading(self, row: HeadingRow, heading: str) -> None:
        """Publish the category under *heading*; empty is the shipped 统计口径 again."""
        heading = heading.strip()
        if heading == row.heading or (not heading and row.kept is None):
            return
        if not heading and row.kept is not None:
            self._change(partial(_take_out, row.kept))
            return
        kept = row.kept or PublishedCategory(category=row.category, published=heading)
        self._change(partial(_keep, replace(kept, published=heading)))

    def _change(self, change: Callable[[Ledger, str], None]) -> None:
        by = self._office.by
        self._office.ask(
            lambda ledger: change(ledger, by),
            owner=self,
            then=lambda _: self._office.rows_changed.emit(),
            on_error=self.failed.emit,
        )

    def _show(self, bases: Bases) -> None:
        self.bases = bases
        self.changed.emit(bases)


def read_bases(ledger: Ledger) -> Bases:
    """Return both tables as the ledger has them."""
    from hotline_desk.workflows.statistics import (  # noqa: PLC0415  loads behind the window
        published_categories,
    )

    published = published_categories(ledger)
    kept = {each.category: each for each in ledger.kept(PublishedCategory)}
    openings = {each.figure: each for each in ledger.kept(Opening)}
    return Bases(
        tuple(
            OpeningRow(told, openings.get(told.key))
            for told in all_figures(headings(published))
            if told.kind is FigureKind.FLOW
        ),
        tuple(HeadingRow(each, published[each], kept.get(each)) for each in CATEGORIES),
    )


def _number(figure: Figure, text: str) -> int | None:
    """Return what *text* means: 1,234; 33,000 元 in fen where the figure is money.

    Raises:
        InvalidOperation: it is no number.
        ValueError: it is none that can be.
    """
    plain = text.strip().removesuffix(figure.unit).replace(",", "").replace("，", "").strip()
    if not plain:
        return None
    if figure.unit == "元":
        return typed_fen(plain)
    number = Decimal(plain)
    if number != int(number) or number < 0:
        raise ValueError(text)
    return int(number)


def _keep(record: Opening | PublishedCategory, ledger: Ledger, by: str) -> None:
    ledger.keep(record, by=by)


def _take_out(record: Opening | PublishedCategory, ledger: Ledger, by: str) -> None:
    ledger.take_out(record, by=by)
