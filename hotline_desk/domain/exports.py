"""What is asked of an export of the ledger, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hotline_desk.domain.questions import QuestionQuery

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be exported, where to, and for whom."""

    path: Path
    """Ends in .xlsx, or .csv: that holds 问题台账, and the other sheets stand beside it."""
    internal: bool = False
    """内部版: nothing is masked, and 访问记录 says who took it out."""
    query: QuestionQuery = field(default_factory=QuestionQuery)
    """Which rows."""
    what: str = ""
    """The rows in words, where more than their days chooses them: 工资."""
    who: str = ""
    why: str = ""

    @property
    def period(self) -> str:
        """The days in words."""
        since, until = self.query.since, self.query.until
        if since is None and until is None:
            return "全部日期"
        return f"{since or '开栏'} 至 {until or '今'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written."""

    path: Path
    questions: int
    cases: int
    internal: bool

    @property
    def words(self) -> str:
        """What was written, as one sentence."""
        cases = f"、{self.cases:,} 件案件" if self.cases else ""
        version = "内部版，未脱敏" if self.internal else "已脱敏"
        csv = self.path.suffix.lower() == ".csv"
        beside = "，案件、当事人和说明各是它旁边的一个文件" if csv else ""
        return f"已导出 {self.questions:,} 条问题{cases}（{version}）→ {self.path}{beside}"
