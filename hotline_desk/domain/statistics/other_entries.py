"""What episodes, papers and publications add to the figures, and on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.statistics.counted import Entry, Traits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hotline_desk.domain.publications import Publication
    from hotline_desk.domain.statistics.counted import Book

_APP = ("职工大讲堂", "齐鲁工惠", "app")
"""What the place of a publication holds if it is the union's app, whatever the case."""


def other_entries(book: Book, traits_of_case: Mapping[int, Traits]) -> Iterator[Entry]:
    """Yield what is no question and no case.

    Args:
        book: the records.
        traits_of_case: by the case's id; papers go with their case.
    """
    union = book.units.union
    for episode in book.episodes:
        if episode.on <= book.on:
            day, traits = episode.on.isoformat(), Traits(union, episode.number)
            yield Entry("episodes", day, 1, "episodes", episode.number, traits)
            if episode.listeners:
                yield Entry("listeners", day, episode.listeners, "episodes", episode.number, traits)
    for letter in book.letters:
        traits = traits_of_case.get(letter.case_id or 0, Traits(union))
        yield Entry("letters", letter.sent_on.isoformat(), 1, "letters", letter.id, traits)
    for number, first in _first_uploads(book).items():
        day, traits = first.published_on.isoformat(), Traits(union, number)
        yield Entry("uploads", day, 1, "publications", first.id, traits)


def _first_uploads(book: Book) -> dict[int, Publication]:
    """Return what put each episode into the app first."""
    found: dict[int, Publication] = {}
    for each in sorted(book.publications, key=lambda each: each.published_on):
        if each.episode is not None and any(name in each.place.lower() for name in _APP):
            found.setdefault(each.episode, each)
    return found
