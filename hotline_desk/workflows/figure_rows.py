"""From what a figure counts to the rows that can be shown for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.letters import Letter
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.statistics.figures import OTHER, PUBLISHED, FigureKind, figure
from hotline_desk.domain.statistics.period_figures import Group, RowsBehind
from hotline_desk.errors import EpisodeNotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hotline_desk.domain.statistics.figures import Figure, Number
    from hotline_desk.domain.statistics.periods import Period
    from hotline_desk.domain.statistics.reckoning import Reckoning
    from hotline_desk.domain.units import UnitLine
    from hotline_desk.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Opened:
    """The rows behind a number."""

    rows: RowsBehind
    words: str
    """Which number: of a rate which of its rows, and how many the ledger has where they differ."""


def open_number(
    reckoning: Reckoning,
    key: str,
    period: Period,
    *,
    unit: str = "",
    by: Group | None = None,
    value: str = "",
    name: str = "",
    shown: Number = None,
) -> Opened:
    """Return the rows behind a figure, or behind its part with *value* of the group *by*.

    A rate opens those that fell short of it; all it is a rate of, where none did.

    Args:
        reckoning: what was counted.
        key: the figure's.
        period: whose rows.
        unit: 填报单位 and all below it; the union while empty.
        by: what the figure is spread by, if it is.
        value: of the group.
        name: what the part is called.
        shown: the number as the sheet has it, where that may be of another day than the rows.

    Raises:
        KeyError: no figure has the key, or nobody knows the unit.
    """
    told = figure(key)
    said = [name, told.words_in(month=bool(period.month)), period.words]

    def behind(wanted: str) -> RowsBehind:
        return reckoning.behind(wanted, period, unit=unit, by=by, value=value)

    rows = behind(key)
    if told.kind is FigureKind.RATE:
        every = behind(told.of[1])
        if rows.cases:
            said.append(f"{told.short} {len(rows.cases)} 件，共 {len(every.cases)} 件")
        else:
            rows = every
            said.append(f"全部 {len(every.cases)} 件")
    words = " · ".join(filter(None, said))
    if shown is not None:
        units = (value,) if by is Group.UNIT else reckoning.units.under(unit)
        now = reckoning.finished(reckoning.counts(period, units)).get(key, 0)
        words += "".join(_difference(told, shown, now, reckoning, period))
    return Opened(rows, words)


def open_line(
    reckoning: Reckoning, key: str, period: Period, line: UnitLine, *, shown: Number = None
) -> Opened:
    """Return the rows behind a number of one row of a sheet by 填报单位, as `open_number` does.

    其他 is what stands under none of the headings that are always published.

    Raises:
        KeyError: no figure has the key.
    """
    by = None if line.is_sum else Group.UNIT
    if key == f"category.{OTHER}":
        rows = _others(
            lambda wanted: (
                reckoning.behind(wanted, period, unit=line.name, by=by, value=line.name).questions
            )
        )
        return Opened(rows, f"{line.words} · {OTHER} · {period.words}")
    return open_number(
        reckoning, key, period, unit=line.name, by=by, value=line.name, name=line.words, shown=shown
    )


def questions_behind(rows: RowsBehind, ledger: Ledger) -> RowsBehind:
    """Return the questions of *rows*' episodes, and the cases of its letters.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    letters = {each.id: each for each in ledger.kept(Letter)}
    published = {each.id: each for each in ledger.kept(Publication)}
    cases = [letters[each].case_id for each in rows.letters if each in letters]
    episodes = [*rows.episodes, *(published[each].episode for each in rows.publications
                                  if each in published)]  # fmt: skip
    return RowsBehind(
        questions=tuple(
            question
            for episode in dict.fromkeys(each for each in episodes if each is not None)
            for question in _of_episode(ledger, episode)
        ),
        cases=tuple(dict.fromkeys(each for each in cases if each is not None)),
    )


def _others(questions: Callable[[str], tuple[int, ...]]) -> RowsBehind:
    told = {each for heading in PUBLISHED for each in questions(f"category.{heading}")}
    return RowsBehind(questions=tuple(each for each in questions("questions") if each not in told))


def _difference(
    told: Figure, shown: Number, now: Number, reckoning: Reckoning, period: Period
) -> Iterator[str]:
    """Yield why the rows do not come to what is shown, if they do not."""
    if told.text(shown) == told.text(now):
        return
    opening = reckoning.book.openings.get(told.key, 0) if period == period.since_start else 0
    yield f"（表上 {told.text(shown)}，"
    yield f"其中期初数 {told.text(opening)} 没有行，" if opening else ""
    yield f"台账现在 {told.text(now)}）"


def _of_episode(ledger: Ledger, episode: int) -> list[int]:
    with suppress(EpisodeNotFound):
        return [question.id for question in ledger.questions(QuestionQuery(episode=episode))]
    return []
