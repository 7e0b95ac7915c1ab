"""What a later export of an order adds to its question: what is empty here is filled in.

Nothing that stands in the ledger is overwritten; what the file says otherwise is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.categories import Category
from hotline_desk.domain.importing.known import differing_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hotline_desk.domain.importing.questions import IncomingQuestion
    from hotline_desk.domain.questions import Question

_NOTES = "备注"
_OF_QUESTION = {
    "工作单位": "employer",
    "问题类别": "category",
    "副类别": "other_categories",
    "诉求要点": "point",
    "问题原话": "text",
    "解答要点": "answer",
    "法律依据": "articles",
    "解答人": "answered_by",
    "登记人": "recorded_by",
    "涉及人数": "people",
    "涉及金额": "amount_fen",
    _NOTES: "notes",
}
_OF_CALLER = {
    "来电人": "name",
    "人员标签": "labels",
    "联系电话": "phone",
    "所在区县街道": "district",
    "行业": "industry",
    "工种": "occupation",
}
_EMPTY = (None, "", (), Category.PENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A question of the ledger with what a row of the file adds to it."""

    question: Question
    """As it becomes."""
    of_caller: Mapping[str, Any]
    """What becomes known of the caller of its call: its other questions may add to it, too."""
    filled: bool
    """Whether anything is added."""
    differing: tuple[str, ...]
    """Fields that stand otherwise in the ledger, and stay so."""


def filling(row: IncomingQuestion, known: Sequence[Question]) -> Filling | None:
    """Return what *row* adds to the one of *known* that is the same matter; None if none is."""
    told = row.question
    for each in known:
        same = told.point == each.point or (told.text and told.text == each.text)
        if same and told.at.date() == each.at.date():
            return _filling(row, each)
    return None


def _filling(row: IncomingQuestion, known: Question) -> Filling:
    told = row.question
    noted = [_NOTES] if told.notes and told.notes != known.notes else []
    added: dict[str, Any] = {}
    learned: dict[str, Any] = {}
    differing = []
    for field in dict.fromkeys([*differing_fields(row, known), *noted]):
        mine, theirs = _OF_QUESTION.get(field, ""), _OF_CALLER.get(field, "")
        if mine and _adds(told, known, mine):
            added[mine] = getattr(told, mine)
        elif theirs and known.call_id and _adds(told.caller, known.caller, theirs):
            learned[theirs] = getattr(told.caller, theirs)
        elif field in {*row.said, *noted}:
            differing.append(field)
    if "answer" in added:
        added |= {"answer_typed": True, "confirmed": told.confirmed}
    if "text" in added:
        added["text_typed"] = True
    if "name" in learned:
        learned["title"] = told.caller.title
    return Filling(
        question=replace(known, **added),
        of_caller=learned,
        filled=bool(added or learned),
        differing=tuple(differing),
    )


def _adds(told: Any, known: Any, name: str) -> bool:  # noqa: ANN401  a question, or a caller
    said, stands = getattr(told, name), getattr(known, name)
    # of a row that is no case the notes grow with what else the platform says of it
    grown = name == "notes" and said.startswith(stands)
    return said not in _EMPTY and (stands in _EMPTY or grown)
