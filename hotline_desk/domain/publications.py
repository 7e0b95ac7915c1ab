"""What has left the desk: publications and their withdrawal, and who saw what is not masked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """发布与撤下记录: something published at one place in one version."""

    id: int = 0
    item: str
    """What was published: 第 190 期音频."""
    episode: int | None = None
    question_id: int | None = None
    place: str
    """Where: 职工大讲堂."""
    published_on: date
    version: str = ""
    link: str = ""
    approved_by: str = ""
    withdrawn_on: date | None = None
    reason: str = ""
    """Why it was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """访问记录: somebody saw or took out what is masked for everyone else."""

    id: int = 0
    at: datetime
    who: str
    what: str
    why: str = ""
