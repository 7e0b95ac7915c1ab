"""月结: figures once reported, what was counted before this ledger began, published headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.categories import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """期初数: what a figure had come to before the ledger's first row."""

    id: int = 0
    figure: str
    """The figure's key."""
    value: int
    """Fen where the figure is money."""
    source: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCategory:
    """统计口径: under which published heading a category is counted."""

    id: int = 0
    category: Category
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthClosing:
    """月结锁定: a month's figures of one 填报单位 as they were reported."""

    id: int = 0
    month: str
    """2026-11."""
    unit: str
    figures: str
    """The figures by key, as JSON."""
    prepared_by: str = ""
    reviewed_by: str = ""
    signed_by: str = ""
    reported_on: date
