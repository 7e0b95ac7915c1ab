"""What happens to a case as far as its time limits go: the records that a clock is read from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.casework.contacts import Contact
    from hotline_desk.domain.casework.course import Course


class Grade(StrEnum):
    """How hard a case is."""

    ORDINARY = "一般"
    COMPLEX = "复杂"


class ComplexReason(StrEnum):
    """Why a case may be called 复杂."""

    TEN_PEOPLE = "十人以上"
    SEVERAL_DEPARTMENTS = "涉及多个部门"
    DEATH = "有人死亡"
    APPRAISAL = "需要鉴定"
    LEGAL_AID = "需要法律援助"


class PauseReason(StrEnum):
    """What may stop a clock; waiting for the employer, or the owner's travel, may not."""

    PAPERS = "等职工补充材料"
    APPRAISAL = "等鉴定或认定"
    DEPARTMENT = "等其他部门答复"
    FORCE_MAJEURE = "不可抗力"


class PlanPart(StrEnum):
    """What a plan (方案) has to hold."""

    FACTS = "事实"
    EVIDENCE = "证据"
    ROUTE = "分流方式"
    MEASURES = "措施"
    OWNER = "承办人"


WHOLE_PLAN = frozenset(PlanPart)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """一般 or 复杂, said on a day; from the second time on with an approver."""

    on: date
    grade: Grade
    reason: ComplexReason | None = None
    """For 复杂."""
    approver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """方案: what is to be done, and whether the worker knows."""

    on: date
    parts: frozenset[PlanPart]
    told_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """办结: there is a result, and whether the worker has been told."""

    on: date
    told_on: date | None = None
    moved_from: Course | None = None
    """Where the course stood that was let go on by it; None where it stayed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """改进程: the course was let go on by hand."""

    on: date | None
    """None where it was brought along, and nobody noted it."""
    start: Course
    """Where it stood."""
    to: Course


Told = TypeVar("Told", Plan, Closing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """暂停计时: its first day still counts, the day of resuming does not."""

    first: date
    reason: PauseReason
    expected: date
    """When the clock is likely to go on: from this day the pause is to be looked at."""
    resumed: date | None = None

    def is_due(self, on: date) -> bool:
        """Return whether the expected day has come and the clock still stands."""
        return self.expected <= on and (self.resumed is None or self.resumed > on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """延期: more working days for closing."""

    asked_on: date
    days: int
    approver: str
    reason: str
    told_on: date
    """When the worker was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvents:
    """All that a case's clock is read from; 重办 begins a new one, and the old one stays."""

    received: date
    """接收日: the day this union got it, whatever the hour and the weekday."""
    contacts: tuple[Contact, ...] = ()
    gradings: tuple[Grading, ...] = ()
    """In their order."""
    plan: Plan | None = None
    closing: Closing | None = None
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    advances: tuple[Advance, ...] = ()
    """In their order; the clock does not read them, but they begin anew with it."""

    @property
    def grade(self) -> Grade:
        """How hard the case is, by the last word on it; 一般 while there is none."""
        return self.gradings[-1].grade if self.gradings else Grade.ORDINARY

    @property
    def pause(self) -> Pause | None:
        """The pause that has not ended."""
        return next((pause for pause in self.pauses if pause.resumed is None), None)

    @property
    def planned_on(self) -> date | None:
        """The day from which the plan is whole, the worker told and the grade said."""
        plan = self.plan
        if plan is None or plan.told_on is None or plan.parts != WHOLE_PLAN or not self.gradings:
            return None
        return max(plan.on, plan.told_on, self.gradings[0].on)

    @property
    def closed_on(self) -> date | None:
        """The day from which there are a result and the reply."""
        closing = self.closing
        if closing is None or closing.told_on is None:
            return None
        return max(closing.on, closing.told_on)

    def as_of(self, on: date) -> ClockEvents:
        """Return what had happened by the end of the day *on*."""
        return replace(
            self,
            contacts=tuple(contact for contact in self.contacts if contact.on <= on),
            gradings=tuple(grading for grading in self.gradings if grading.on <= on),
            plan=_as_told(self.plan, on) if self.plan and self.plan.on <= on else None,
            closing=_as_told(self.closing, on) if self.closing and self.closing.on <= on else None,
            pauses=tuple(
                replace(pause, resumed=None) if pause.resumed and pause.resumed > on else pause
                for pause in self.pauses
                if pause.first <= on
            ),
            extension=self.extension if self.extension and self.extension.asked_on <= on else None,
        )


def _as_told(told: Told, on: date) -> Told:
    return replace(told, told_on=None) if told.told_on and told.told_on > on else told
