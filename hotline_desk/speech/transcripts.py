"""Transcripts as text, as subtitles and as JSON lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hotline_desk.speech.text import readable
from hotline_desk.take.captions import caption_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hotline_desk.domain.utterances import Utterance

_NOTICE_SECONDS = 3.0


def transcript(utterances: Iterable[Utterance], form: str, *, notice: str = "") -> Iterator[str]:
    """Yield the lines of a transcript in the *form* txt, srt, vtt or json.

    Numbers stay in the words they were spoken in. JSON has one utterance a line, as in
    captions.jsonl, and carries no notice.

    Args:
        utterances: in their order.
        form: one of these four.
        notice: a sentence that has to be read with the text, or nothing.
    """
    if form == "json":
        for utterance in utterances:
            yield json.dumps(caption_record(utterance), ensure_ascii=False)
    elif form == "txt":
        yield from [f"（{notice}）"] if notice else []
        for utterance in utterances:
            yield readable([utterance], in_figures=False)
    else:
        yield from _subtitles(utterances, form, notice)


def _subtitles(utterances: Iterable[Utterance], form: str, notice: str) -> Iterator[str]:
    if form == "vtt":
        yield from ("WEBVTT", "")
    if notice and form == "vtt":
        yield from (f"NOTE {notice}", "")
    mark = "." if form == "vtt" else ","
    number = 0
    if notice and form == "srt":
        # the format knows no comments
        number = 1
        yield from ("1", _cue(0.0, _NOTICE_SECONDS, mark), notice, "")
    for utterance in utterances:
        number += 1
        text = readable([utterance], in_figures=False)
        yield from (str(number), _cue(utterance.start, utterance.end, mark), text, "")


def _cue(start: float, end: float, mark: str) -> str:
    return f"{_clock(start, mark)} --> {_clock(end, mark)}"


def _clock(seconds: float, mark: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{milliseconds:03}"
