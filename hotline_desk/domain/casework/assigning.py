"""Whose a case may become: 专长, open cases in hand, and 利益冲突核查.

A conflict is between the case's employer and the 顾问单位 of whoever is to take it on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import ActionKind, Route
from hotline_desk.domain.employers import Likeness, likeness
from hotline_desk.domain.staff import StaffKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.staff import Staff

_PARTS = re.compile(r"[、，,；;。/\s]+")
_FEWEST = 2
"""Shorter words of a 专长 match too much."""
_FITTING = {
    Route.CADRE: StaffKind.CADRE,
    Route.MODEL_WORKER: StaffKind.MODEL_WORKER,
    Route.LEGAL_AID: StaffKind.LAWYER,
}
"""Who takes on the cases of a route."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A 顾问单位 that is, or may be, the employer of a case."""

    owner: str
    employer: str
    unit: str
    """As it stands among the 顾问单位."""
    likeness: Likeness

    @property
    def words(self) -> str:
        """What is to be read before anybody is assigned."""
        same = "就是" if self.likeness is Likeness.SAME else "可能就是"
        return f"利益冲突：顾问单位“{self.unit}”{same}本案用人单位"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who could take a case on."""

    staff: Staff
    open_cases: int
    """How many cases this person has 在办."""
    fits: str
    """The words of the 专长 that meet the case; empty where none does."""
    conflict: Conflict | None


def conflict(case: Case, staff: Staff) -> Conflict | None:
    """Return what speaks against *staff* in a case, the plainest first; None where nothing does."""
    found = [
        Conflict(owner=staff.name, employer=case.employer, unit=unit.strip(), likeness=alike)
        for unit in staff.advises.splitlines()
        if (alike := likeness(case.employer, unit)) is not Likeness.NO
    ]
    return min(found, key=lambda each: each.likeness is not Likeness.SAME, default=None)


def candidates(
    case: Case, staff: Iterable[Staff], *, categories: Iterable[str], open_cases: Mapping[str, int]
) -> list[Candidate]:
    """Return who could take a case on, the fittest first.

    Those without a conflict come first, of them those whose kind the route asks for, whose 专长
    meets the case, and who have fewest open cases.

    Args:
        case: the case.
        staff: the register; who is not active is left out.
        categories: the categories of the case's questions.
        open_cases: how many cases each 承办人 has 在办, by name.
    """
    wanted = _FITTING.get(case.route) if case.route else None
    about = (*categories, case.matter)
    found = [
        Candidate(
            staff=each,
            open_cases=open_cases.get(each.name, 0),
            fits="、".join(_meeting(each.expertise, about)),
            conflict=conflict(case, each),
        )
        for each in staff
        if each.active
    ]
    return sorted(
        found,
        key=lambda each: (
            each.conflict is not None,
            wanted is not None and each.staff.kind is not wanted,
            not each.fits,
            each.open_cases,
            each.staff.name,
        ),
    )


def check_words(case: Case, found: Conflict | None, *, reason: str, looked_up: bool) -> str:
    """Return how the 利益冲突核查 of a case's 承办人 is written down.

    Args:
        case: the case with its 承办人.
        found: the conflict, None where there is none.
        reason: why it is overruled, or how the check was made that the desk cannot make.
        looked_up: whether the register and the case say enough for the desk to check.
    """
    if not looked_up:
        result = f"人工核查：{reason}"
    elif found is None:
        result = "未发现冲突"
    else:
        result = f"{found.words.removeprefix('利益冲突：')}；仍然指派：{reason}"
    return f"{_checked(case)}{result}"


def is_checked(case: Case, found: Conflict | None) -> bool:
    """Return whether the check of the present 承办人 against the present employer is noted.

    Args:
        case: the case.
        found: what speaks against the 承办人 by now; a check counts only if it has weighed that.
    """
    return any(
        action.kind is ActionKind.CONFLICT_CHECKED
        and action.words.startswith(_checked(case))
        and (found is None or f"“{found.unit}”" in action.words)
        for action in case.actions
    )


def _checked(case: Case) -> str:
    return f"{case.owner} 对 {case.employer or '（单位不明）'}："


def _meeting(expertise: str, about: Iterable[str]) -> list[str]:
    """Return the words of a 专长 that name, or are named by, what a case is about."""
    texts = [text for text in about if text]
    return [
        word
        for word in dict.fromkeys(_PARTS.split(expertise.strip()))
        if len(word) >= _FEWEST and any(word in text or text in word for text in texts)
    ]
