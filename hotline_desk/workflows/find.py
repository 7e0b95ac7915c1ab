"""Find words in questions and transcripts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from hotline_desk.domain.search import excerpt, standing_for
from hotline_desk.domain.times import clock_text
from hotline_desk.errors import LedgerUnwritable
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.settings import load
from hotline_desk.speech.models import model_notice
from hotline_desk.workflows.gather import gather
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from hotline_desk.domain.search import SearchHit


def search(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for each passage that holds all of ``args.words``, newest first.

    What was captioned without a window is gathered first, where the ledger can be written; else
    an aside says so.

    Who called is looked for but not told: what is printed is what was said and written in the
    row, as it stands, for the desk's own eyes; nothing of it is masked.

    Raises:
        LedgerError: the ledger cannot be opened or read.
        WorkspaceNotFound: the place is no workspace; it is left as it is.
    """
    workspace = existing(args.workspace)
    if notice := model_notice(load(workspace.settings)):
        yield Line(notice, {}, aside=True)
    words = " ".join(args.words)
    with Ledger.open(workspace.ledger) as ledger:
        try:
            gather(ledger, workspace)
        except LedgerUnwritable:
            yield Line("台账写不进去，还没有收进台账的字幕这次没有查找。", {}, aside=True)
        hits = ledger.search(words)
    for hit in hits:
        yield Line(hit_words(hit, words), dataclasses.asdict(hit))
    if not hits and not args.json:
        yield Line(f"没有找到“{words}”。", {})


def hit_words(hit: SearchHit, words: str) -> str:
    """Return one find for people: ``第190期 00:03:12 来电 …text…  GHFL-2026-190-03``.

    What initials were found as stands behind it: ``（ldht：劳动合同）``.
    """
    episode = "期外" if hit.episode is None else f"第{hit.episode}期"
    place = f"{clock_text(hit.start)} {hit.line}" if hit.line else "台账"
    number = f"  {hit.question}" if hit.question else ""
    meant = "，".join(f"{asked}：{found}" for asked, found in standing_for(hit.text, words).items())
    why = f"（{meant}）" if meant else ""
    return f"{episode} {place} {excerpt(hit.text, words)}{number}{why}"
