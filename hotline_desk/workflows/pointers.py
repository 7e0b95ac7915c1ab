"""Examine what rows and marks point to: the take is there, has the line, and is long enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.errors import TakeNotFound, WorkspaceUnwritable
from hotline_desk.take.marks import is_marked, marks
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace

Place = tuple[str, str, float]
"""What points there, in words; the line, empty for the whole take; how far, in seconds."""

_ALLOWED_SECONDS = 5.0
"""A key may be pressed while the recorder ends."""
_MOST_NAMED = 5


def pointer_faults(ledger: Ledger, workspace: Workspace) -> list[str]:
    """Return a sentence for each take that rows or marks point to and that cannot be heard there.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    calls, questions = ledger.calls(), ledger.questions()
    places: dict[str, list[Place]] = {name: [] for name in ledger.takes()}
    for call in calls:
        places.setdefault(call.take, []).extend(_of_call(call))
    for question in questions:
        places.setdefault(question.take, []).extend(_of_question(question))
    places.pop("", None)
    known_calls = {call.id for call in calls}
    called = {call.take for call in calls if call.began is not None}
    known_questions = {question.number for question in questions}
    faults = []
    for name, pointing in sorted(places.items()):
        try:
            take = Take(workspace.root / name)
        except TakeNotFound:
            if pointing:
                faults.append(_unread(workspace.root / name, name, pointing))
            continue
        try:
            if name in called and not is_marked(take.folder):
                faults.append(
                    f"录音“{name}”的标记（marks.jsonl）不见了，删延时和点名都记在里面；"
                    "请从别处的副本放回，放回以前不要公开这次录音"
                )
            faults += _unheard(take, name, pointing)
            faults += _unknown(take, name, known_calls, known_questions)
        except WorkspaceUnwritable:  # read in vain: that is told with the takes
            continue
    return faults


def _of_call(call: Call) -> Iterator[Place]:
    if call.began is not None:
        words = f"{call.at:%Y-%m-%d %H:%M} 的来电"
        yield words, call.line, max(call.began, call.ended or 0.0)


def _of_question(question: Question) -> Iterator[Place]:
    for span in (question.asked, question.answered):
        if span is not None:
            yield f"问题 {question.number}", span.line, max(span.start, span.end or 0.0)


def _unread(folder: Path, name: str, pointing: Sequence[Place]) -> str:
    why, what_to_do = (
        ("读不出来", "请从别处的副本放回 take.json")
        if folder.is_dir()
        else ("不在了", "请把这个文件夹放回工作文件夹里原来的位置")
    )
    return f"{_named(pointing)}指到录音“{name}”，它{why}，听不到；{what_to_do}"


def _unheard(take: Take, name: str, pointing: Sequence[Place]) -> Iterator[str]:
    lines = {line.name for line in take.lines} | {""}
    strange = [place for place in pointing if place[1] not in lines]
    if strange:
        yield f"{_named(strange)}说的线路不在录音“{name}”里，请在台账里核对这几条的录音"
    if not take.ended:
        return
    end = take.now() + _ALLOWED_SECONDS
    late = [place for place in pointing if place[2] > end]
    if late:
        yield f"{_named(late)}指到录音“{name}”结束以后，听不到；请核对这次录音是不是缺了一段"
    beyond = sum(mark.at > end for mark in marks(take.folder))
    if beyond:
        yield f"录音“{name}”有 {beyond} 个标记在它结束以后，请核对这次录音是不是缺了一段"


def _unknown(take: Take, name: str, calls: set[int], questions: set[str]) -> Iterator[str]:
    """Tell of marks whose rows the ledger does not know: it may be an older copy."""
    unknown = sum(
        (mark.call_id is not None and mark.call_id not in calls)
        or (mark.question != "" and mark.question not in questions)
        for mark in marks(take.folder)
    )
    if unknown:
        yield (
            f"录音“{name}”有 {unknown} 个标记的来电或问题不在台账里；"
            "如果台账恢复过旧的备份，请对照录音补登记"
        )


def _named(pointing: Iterable[Place]) -> str:
    names = list(dict.fromkeys(words for words, *_ in pointing))
    more = f" 等 {len(names)} 条" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more
