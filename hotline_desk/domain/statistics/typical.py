"""典型案例: the cases of a month that are worth telling, one sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.masking import mask_employer
from hotline_desk.domain.times import money_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.statistics.periods import Period
    from hotline_desk.domain.statistics.reckoning import Reckoning

MOST = 3
"""How many are told (ours)."""


@dataclass(frozen=True, slots=True)
class TypicalCase:
    """A case that is worth telling."""

    case: int
    """Its id."""
    words: str
    """One sentence, masked unless the sheet is internal."""


def typical_cases(
    reckoning: Reckoning, period: Period, *, unit: str, internal: bool
) -> tuple[TypicalCase, ...]:
    """Return what of the cases closed in *period* is worth telling, for people to choose from.

    集体争议 and cases with an agreement, those of the most workers and the most money first.
    Without *internal* the employer is masked, and the category told instead of 案由.

    Raises:
        KeyError: nobody knows the unit.
    """
    closed = set(reckoning.behind("cases.closed", period, unit=unit).cases)
    cases = [case for case in reckoning.book.cases if case.id in closed]
    return worth_telling(cases, reckoning, internal=internal)


def worth_telling(
    cases: Iterable[Case], reckoning: Reckoning, *, internal: bool
) -> tuple[TypicalCase, ...]:
    """Return what of *cases* is worth telling; as for `typical_cases`, of those of an episode."""
    found = [case for case in cases if case.is_collective or case.promise.agreed_fen]
    found.sort(key=lambda case: (-case.headcount, -case.promise.agreed_fen, case.number))
    return tuple(
        TypicalCase(
            case.id, "，".join(_parts(case, reckoning.category_of(case), internal=internal))
        )
        for case in found[:MOST]
    )


def _parts(case: Case, category: str, *, internal: bool) -> Iterator[str]:
    employer = case.employer if internal or not case.employer else mask_employer(case.employer)
    matter = case.matter if internal else category
    yield f"{case.number} " + "：".join(filter(None, (employer, matter)))
    yield f"涉及 {case.headcount} 人" + ("（集体争议）" if case.is_collective else "")
    if case.closing:
        yield case.closing.value
    if case.promise.agreed_fen:
        yield f"协议或裁决 {money_text(case.promise.agreed_fen)}"
        yield f"已到账 {money_text(case.promise.received_fen)}"
