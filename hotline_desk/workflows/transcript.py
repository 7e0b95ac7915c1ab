"""Write what was said in a take as a text to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.masking import mask_among
from hotline_desk.domain.times import clock_text
from hotline_desk.speech.text import readable
from hotline_desk.system import write_whole
from hotline_desk.take.captions import read_captions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hotline_desk.domain.calls import Caller


def write_transcript(
    take: Path,
    target: Path,
    *,
    notice: str = "",
    callers: Iterable[Caller] = (),
    internal: bool = False,
) -> tuple[int, Path]:
    """Write the captions of *take* to *target*, a line an utterance; return how many, and where.

    Args:
        take: the folder of the take.
        target: the file.
        notice: stands on top: which model heard this, where it is the demonstration model.
        callers: who is masked wherever they are named, beside every number and every own name.
        internal: whether nothing is masked.
    """
    captions, _ = read_captions(take)
    known = list(callers)

    def written(text: str) -> str:
        return text if internal else mask_among(text, known)

    lines = [
        f"{clock_text(said.start)}  {said.line}  {written(readable([said]))}"
        for said in sorted(captions, key=lambda said: said.start)
    ]
    head = [notice, ""] if notice else []
    write_whole(target, "\n".join([*head, *lines, ""]).encode())
    return len(lines), target
