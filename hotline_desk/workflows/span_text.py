"""The readable text of a span: what the captions have of it."""

from __future__ import annotations

import dataclasses
from math import inf
from typing import TYPE_CHECKING

from hotline_desk.speech.text import readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline_desk.domain.questions import Span
    from hotline_desk.domain.utterances import Utterance


def span_text(span: Span | None, captions: Iterable[Utterance]) -> str:
    """Return the readable text of *span*; a word belongs where its middle lies."""
    if span is None:
        return ""
    end = inf if span.end is None else span.end
    cut = (_within(said, span.start, end) for said in captions if said.line == span.line)
    return readable([said for said in cut if said.text])


def _within(said: Utterance, start: float, end: float) -> Utterance:
    if said.start >= start and said.end <= end:
        return said
    words = tuple(word for word in said.words if start <= (word.start + word.end) / 2 < end)
    if not words:
        return dataclasses.replace(said, text="", words=())
    text = "".join(word.word for word in words)
    return dataclasses.replace(
        said, start=words[0].start, end=words[-1].end, text=text, words=words
    )
