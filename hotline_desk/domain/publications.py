"""What has left the desk: publications and their withdrawal, and who saw what is not masked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from datetime import date, datetime


class Reviews(NamedTuple):
    """Who looked at something before it was published."""

    first: str = ""
    """初审."""
    second: str = ""
    """复审, with 脱敏复核."""
    final: str = ""
    """终审."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what `text` has written; any other text names who did the last one."""
        lines = dict(line.split("：", 1) for line in text.splitlines() if "：" in line)
        if lines.keys() != set(_REVIEWS):
            return cls(final=text)
        return cls(*(lines[title] for title in _REVIEWS))

    @property
    def text(self) -> str:
        """All of them as one text; empty where there was none."""
        lines = (f"{title}：{name}" for title, name in zip(_REVIEWS, self, strict=True))
        return "\n".join(lines) if any(self) else ""

    @property
    def fault(self) -> str:
        """What is not as it has to be before something is published; empty where all is."""
        missing = [title for title, name in zip(_REVIEWS, self, strict=True) if not name]
        if missing:
            return f"还没有写谁做了{'、'.join(missing)}"
        return self.doubled

    @property
    def doubled(self) -> str:
        """Who looks at it again that has looked already; empty where it is a second person."""
        first, *others = ("".join(name.split()) for name in self)  # 王 明 is no second 王明
        again = first and first in others
        return f"复审（含脱敏复核）和终审要由初审以外的人做，{self.first}是初审" if again else ""


_REVIEWS = ("初审", "复审", "终审")


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
    """初审, 复审 and 终审, as `Reviews.text` has them."""
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
