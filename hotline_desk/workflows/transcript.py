"""Write what was said in a take as a text to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.times import clock_text
from hotline_desk.speech.text import readable
from hotline_desk.take.captions import read_captions

if TYPE_CHECKING:
    from pathlib import Path


def write_transcript(take: Path, target: Path, *, notice: str = "") -> tuple[int, Path]:
    """Write the captions of *take* to *target*, a line an utterance; return how many, and where.

    *notice* stands on top: which model heard this, where it is the demonstration model.
    """
    captions, _ = read_captions(take)
    lines = [
        f"{clock_text(said.start)}  {said.line}  {readable([said])}"
        for said in sorted(captions, key=lambda said: said.start)
    ]
    draft = target.with_suffix(".new")
    draft.write_text("\n".join([*([notice, ""] if notice else []), *lines, ""]), encoding="utf-8")
    draft.replace(target)
    return len(lines), target
