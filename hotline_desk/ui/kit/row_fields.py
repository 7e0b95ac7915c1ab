"""The fields of a question and its caller as the row's panel has them, in words and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.calls import Caller, CallerKind, Channel, Gender, PersonLabel
from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.domain.questions import Handling, Kind
from hotline_desk.ui.kit.field_text import as_text, from_text
from hotline_desk.ui.kit.fields import Field, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.questions import Question

_YES, _NO = "可以", "不可以"
_ANSWERS = {_YES: True, _NO: False}

QUESTION_FIELDS: tuple[Field, ...] = (
    Field(name="point", title="诉求要点"),
    Field(name="category", title="类别", shape=Shape.CHOICE,
              options=("", *map(str, CATEGORIES))),
    Field(name="other_categories", title="副类别", hint="例如 工资、社保缴纳"),
    Field(name="kind", title="类型", shape=Shape.CHOICE, options=tuple(map(str, Kind))),
    Field(name="channel", title="来源渠道", shape=Shape.CHOICE,
              options=tuple(map(str, Channel))),
    Field(name="handling", title="办理方式", shape=Shape.CHOICE,
              options=tuple(map(str, Handling))),
    Field(name="employer", title="单位"),
    Field(name="amount_fen", title="诉求金额", hint="例如 33000 或 3.3万"),
    Field(name="people", title="人数"),
    Field(name="articles", title="法律依据"),
    Field(name="answered_by", title="解答人"),
    Field(name="text", title="问题原话", shape=Shape.TEXT),
    Field(name="answer", title="解答要点", shape=Shape.TEXT),
    Field(name="unit", title="填报单位", shape=Shape.NAME),
    Field(name="external_number", title="外部工单号"),
    Field(name="recorded_by", title="登记人"),
    Field(name="keeping", title="保管期限", shape=Shape.CHOICE,
              options=tuple(map(str, Keeping))),
    Field(name="notes", title="备注", shape=Shape.TEXT),
)  # fmt: skip

CALLER_FIELDS: tuple[Field, ...] = (
    Field(name="name", title="姓名"),
    Field(name="title", title="称呼", shape=Shape.CHOICE, options=tuple(map(str, Gender))),
    Field(name="kind", title="身份", shape=Shape.CHOICE, options=tuple(map(str, CallerKind))),
    Field(name="labels", title="人员标签", shape=Shape.CHIPS,
              options=tuple(map(str, PersonLabel))),
    Field(name="district", title="区县街道"),
    Field(name="employer", title="工作单位"),
    Field(name="industry", title="行业"),
    Field(name="occupation", title="工种"),
    Field(name="may_call_back", title="可否回拨", shape=Shape.CHOICE, options=("", _YES, _NO)),
    Field(name="may_message", title="可否留言", shape=Shape.CHOICE, options=("", _YES, _NO)),
    Field(name="retained", title="留存", shape=Shape.CHOICE,
              options=("", *map(str, Retention))),
    Field(name="notes", title="备注", shape=Shape.TEXT),
)  # fmt: skip

MORE_OF_CALLER = tuple(
    field
    for field in CALLER_FIELDS
    if field.name in {"labels", "industry", "may_call_back", "may_message", "retained"}
)
"""What is asked of a caller once there is time."""

_OF_CALL = frozenset({"may_call_back", "may_message", "retained", "notes"})
_READ: dict[str, Callable[[str], Any]] = {
    "kind": Kind, "channel": Channel, "handling": Handling, "keeping": Keeping,
}  # fmt: skip
_READ_OF_CALLER: dict[str, Callable[[str], Any]] = {"title": Gender, "kind": CallerKind}


class NoSuchCategory(ValueError):
    """A 副类别 that is none of the categories."""


def question_texts(question: Question) -> dict[str, str]:
    """Return what stands in each field of a question."""
    texts = {
        field.name: as_text(field.name, getattr(question, field.name)) for field in QUESTION_FIELDS
    }
    return texts | {"other_categories": "、".join(question.other_categories)}


def question_value(name: str, text: str) -> Any:  # noqa: ANN401  a field's value is of its own type
    """Return the value of a question's field that *text* means.

    Raises:
        NotUnderstood: it means none.
        NoSuchCategory: one of several is no category.
    """
    if name == "other_categories":
        return _categories(text)
    return _READ[name](text) if name in _READ else from_text(name, text)


def caller_texts(call: Call | None) -> dict[str, str]:
    """Return what stands in each field of a call's caller; of nobody's where there is no call."""
    caller = call.caller if call else Caller()
    texts = {
        field.name: as_text(field.name, getattr(caller, field.name))
        for field in CALLER_FIELDS
        if field.name not in _OF_CALL
    } | {"labels": "、".join(caller.labels)}
    if call is None:
        return texts | dict.fromkeys(_OF_CALL, "")
    return texts | {
        "may_call_back": _answer(call.may_call_back),
        "may_message": _answer(call.may_message),
        "retained": call.retained or "",
        "notes": call.notes,
    }


def with_caller_field(call: Call, name: str, text: str) -> Call:
    """Return *call* with what *text* means in one field of its caller, or in its own 要点."""
    if name == "may_call_back":
        return replace(call, may_call_back=_ANSWERS.get(text))
    if name == "may_message":
        return replace(call, may_message=_ANSWERS.get(text))
    if name == "retained":
        return replace(call, retained=Retention(text) if text else None)
    if name == "notes":
        return replace(call, notes=text)
    if name == "point":
        return replace(call, point=text)
    value: Any = _READ_OF_CALLER.get(name, str)(text)
    if name == "labels":
        known = set(text.split("、"))
        value = tuple(label for label in PersonLabel if label in known)
    return replace(call, caller=replace(call.caller, **{name: value}))


def with_caller_fields(call: Call, written: Mapping[str, str]) -> Call:
    """Return *call* with what was *written*, by field."""
    for name, text in written.items():
        call = with_caller_field(call, name, text)
    return call


def _answer(may: bool | None) -> str:
    return "" if may is None else _YES if may else _NO


def _categories(text: str) -> tuple[Category, ...]:
    words = [word for word in text.replace("，", "、").replace(" ", "、").split("、") if word]
    if unknown := [word for word in words if word not in set(CATEGORIES)]:
        raise NoSuchCategory(unknown[0])
    return tuple(category for category in CATEGORIES if category in words)
