"""From what a figure counts to the rows that can be shown for it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from hotline_desk.domain.figures import OTHER, PUBLISHED
from hotline_desk.domain.letters import Letter
from hotline_desk.domain.period_figures import Group, RowsBehind
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.errors import EpisodeNotFound

if TYPE_CHECKING:
    from hotline_desk.domain.periods import Period
    from hotline_desk.domain.reckoning import Reckoning
    from hotline_desk.domain.units import UnitLine
    from hotline_desk.ledger import Ledger

_PAGE = 500


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


def behind_line(reckoning: Reckoning, key: str, day: Period, line: UnitLine) -> RowsBehind:
    """Return the rows behind a number of 每日台账: one day, one row by 填报单位.

    Raises:
        KeyError: no figure has the key.
    """
    by = None if line.is_sum else Group.UNIT

    def behind(wanted: str) -> RowsBehind:
        return reckoning.behind(wanted, day, unit=line.name, by=by, value=line.name)

    if key != f"category.{OTHER}":
        return behind(key)
    told = {each for heading in PUBLISHED for each in behind(f"category.{heading}").questions}
    return RowsBehind(
        questions=tuple(each for each in behind("questions").questions if each not in told)
    )


def _of_episode(ledger: Ledger, episode: int) -> list[int]:
    found: list[int] = []
    with suppress(EpisodeNotFound):
        while page := ledger.questions(
            QuestionQuery(episode=episode, limit=_PAGE, offset=len(found))
        ):
            found += [question.id for question in page]
    return found
