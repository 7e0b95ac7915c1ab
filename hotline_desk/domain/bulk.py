"""Changing many rows of the ledger at once: which field, and what it becomes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from hotline_desk.domain.calls import Channel, PersonLabel
from hotline_desk.domain.categories import Category
from hotline_desk.domain.keeping import Keeping
from hotline_desk.domain.questions import Handling, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hotline_desk.domain.calls import Caller
    from hotline_desk.domain.questions import Question

_Listed = TypeVar("_Listed", Category, PersonLabel)


class BulkField(StrEnum):
    """What can be changed of many rows at once."""

    CATEGORY = "问题类别"
    ADD_CATEGORY = "加副类别"
    DROP_CATEGORY = "去副类别"
    KIND = "类型"
    CHANNEL = "来源渠道"
    HANDLING = "办理方式"
    UNIT = "填报单位"
    LAWYER = "解答人"
    CONFIRMED = "解答律师确认"
    ADD_LABEL = "加人员标签"
    DROP_LABEL = "去人员标签"
    KEEPING = "保管期限"

    @property
    def is_of_caller(self) -> bool:
        """Whether it is the caller that changes, and with him every question of his call."""
        return self in {BulkField.ADD_LABEL, BulkField.DROP_LABEL}


CONFIRMED, UNCONFIRMED = "已确认", "未确认"

VALUES: Mapping[BulkField, tuple[str, ...]] = {
    BulkField.CATEGORY: tuple(Category),
    BulkField.ADD_CATEGORY: tuple(each for each in Category if each is not Category.PENDING),
    BulkField.DROP_CATEGORY: tuple(each for each in Category if each is not Category.PENDING),
    BulkField.KIND: tuple(Kind),
    BulkField.CHANNEL: tuple(Channel),
    BulkField.HANDLING: tuple(Handling),
    BulkField.CONFIRMED: (CONFIRMED, UNCONFIRMED),
    BulkField.ADD_LABEL: tuple(PersonLabel),
    BulkField.DROP_LABEL: tuple(PersonLabel),
    BulkField.KEEPING: tuple(Keeping),
}
"""What a field can become; the others take any words."""


@dataclass(frozen=True, slots=True)
class BulkChange:
    """One field of many rows becomes one value."""

    field: BulkField
    value: str

    def of_question(self, question: Question) -> Question:
        """Return *question* changed; an answer that is not there cannot be confirmed.

        Raises:
            ValueError: the field cannot become that.
        """
        make = _MADE.get(self.field)
        return make(question, self.value) if make else question

    def of_caller(self, caller: Caller) -> Caller:
        """Return *caller* changed; his labels stand in the order of the list.

        Raises:
            ValueError: there is no such label.
        """
        label = PersonLabel(self.value)
        if self.field is BulkField.ADD_LABEL:
            return replace(caller, labels=_with(caller.labels, label))
        if self.field is BulkField.DROP_LABEL:
            return replace(caller, labels=tuple(each for each in caller.labels if each != label))
        return caller


def _with(present: Iterable[_Listed], one: _Listed) -> tuple[_Listed, ...]:
    wanted = {*present, one}
    return tuple(each for each in type(one) if each in wanted)


def _classified(question: Question, value: str) -> Question:
    return replace(_without(question, value), category=Category(value))


def _also(question: Question, value: str) -> Question:
    category = Category(value)
    if category is question.category:
        return question
    return replace(question, other_categories=_with(question.other_categories, category))


def _without(question: Question, value: str) -> Question:
    others = tuple(each for each in question.other_categories if each != value)
    return replace(question, other_categories=others)


_MADE: Mapping[BulkField, Callable[[Question, str], Question]] = {
    BulkField.CATEGORY: _classified,
    BulkField.ADD_CATEGORY: _also,
    BulkField.DROP_CATEGORY: _without,
    BulkField.KIND: lambda question, value: replace(question, kind=Kind(value)),
    BulkField.CHANNEL: lambda question, value: replace(question, channel=Channel(value)),
    BulkField.HANDLING: lambda question, value: replace(question, handling=Handling(value)),
    BulkField.UNIT: lambda question, value: replace(question, unit=value),
    BulkField.LAWYER: lambda question, value: replace(question, answered_by=value),
    BulkField.CONFIRMED: lambda question, value: replace(
        question, confirmed=value == CONFIRMED and bool(question.answer)
    ),
    BulkField.KEEPING: lambda question, value: replace(question, keeping=Keeping(value)),
}
