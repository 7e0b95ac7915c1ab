"""Records and facts: a record of the domain as plain values by name, and back again.

Facts are what history compares and undo lays back; their names stay the same for good.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from hotline_desk.domain.calls import (
    Call,
    Caller,
    CallerKind,
    CallState,
    Channel,
    Consent,
    Gender,
    NewCall,
    PersonLabel,
)
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode, Guest
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.domain.questions import Handling, Kind, NewQuestion, Question, Span
from hotline_desk.domain.times import STUDIO_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")

Fact = str | int | float | None
Facts = dict[str, Fact]


def well_formed(text: str) -> str:
    """Return *text* with a question mark for each half of a character, which no file can hold.

    Those come from file names and arguments that are no UTF-8.
    """
    return text.encode(errors="replace").decode()


class StoredValueUnreadable(ValueError):
    """What lies in the file is nothing that the desk writes there."""


def from_stored(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Have *make*, which is given stored values, tell those that it cannot read.

    Raises:
        StoredValueUnreadable: a value is not what the desk writes.
    """

    @functools.wraps(make)
    def made(*given: _Given.args, **named: _Given.kwargs) -> _Made:
        try:
            return make(*given, **named)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise StoredValueUnreadable(str(error)) from error

    return made


def moment_text(moment: datetime) -> str:
    """Return *moment* as it is stored: to the second, on the studio's clock.

    Raises:
        ValueError: it carries no zone.
    """
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(STUDIO_ZONE).isoformat(timespec="seconds")


def episode_facts(episode: Episode) -> Facts:
    """Return the facts of an episode; its guests are one JSON text."""
    guests = [dataclasses.astuple(guest) for guest in episode.guests]
    return {
        "day": episode.on.isoformat(),
        "starts": episode.starts,
        "ends": episode.ends,
        "topic": episode.topic,
        "host": episode.host,
        "producer": episode.producer,
        "listeners": episode.listeners,
        "listeners_source": episode.listeners_source,
        "guests": json.dumps(guests, ensure_ascii=False),
        "removed": 0,
    }


@from_stored
def episode(number: int, facts: Mapping[str, Any]) -> Episode:
    """Return the episode that the facts describe."""
    return Episode(
        number=number,
        on=date.fromisoformat(facts["day"]),
        starts=facts["starts"],
        ends=facts["ends"],
        topic=facts["topic"],
        host=facts["host"],
        producer=facts["producer"],
        guests=tuple(
            Guest(name=name, unit=unit, post=post)
            for name, unit, post in json.loads(facts["guests"])
        ),
        listeners=facts["listeners"],
        listeners_source=facts["listeners_source"],
    )


def new_call_facts(new: NewCall) -> Facts:
    """Return the facts of a call that has just come in."""
    given = {field.name: getattr(new, field.name) for field in dataclasses.fields(NewCall)}
    return call_facts(Call(id=0, state_since=new.at, **given))


def call_facts(call: Call) -> Facts:
    """Return the facts of a call and its caller."""
    return {
        "episode": call.episode,
        "channel": call.channel.value,
        "line": call.line,
        "name": call.caller.name,
        "title": call.caller.title.value,
        "phone": call.caller.phone,
        "district": call.caller.district,
        "employer": call.caller.employer,
        "occupation": call.caller.occupation,
        "industry": call.caller.industry,
        "caller_kind": call.caller.kind.value,
        "labels": _listed(call.caller.labels),
        "point": call.point,
        "take": call.take,
        "began": call.began,
        "ended": call.ended,
        "at": moment_text(call.at),
        "state": call.state.value,
        "state_since": moment_text(call.state_since),
        "consent_record": _flag(call.consent.record),
        "consent_broadcast": _flag(call.consent.broadcast),
        "consent_replay": _flag(call.consent.replay),
        "consent_pass_on": _flag(call.consent.pass_on),
        "name_to_employer": int(call.consent.name_to_employer),
        "urgent": int(call.urgent),
        "may_call_back": _flag(call.may_call_back),
        "may_message": _flag(call.may_message),
        "retained": call.retained or "",
        "notes": call.notes,
        "removed": 0,
    }


@from_stored
def call(call_id: int, facts: Mapping[str, Any]) -> Call:
    """Return the call that the facts describe."""
    return Call(
        id=call_id,
        episode=facts["episode"],
        channel=Channel(facts["channel"]),
        line=facts["line"],
        caller=caller(facts),
        point=facts["point"],
        take=facts["take"],
        began=facts["began"],
        ended=facts["ended"],
        at=datetime.fromisoformat(facts["at"]),
        state=CallState(facts["state"]),
        state_since=datetime.fromisoformat(facts["state_since"]),
        consent=Consent(
            record=_answer(facts["consent_record"]),
            broadcast=_answer(facts["consent_broadcast"]),
            replay=_answer(facts["consent_replay"]),
            pass_on=_answer(facts["consent_pass_on"]),
            name_to_employer=bool(facts["name_to_employer"]),
        ),
        urgent=bool(facts["urgent"]),
        may_call_back=_answer(facts["may_call_back"]),
        may_message=_answer(facts["may_message"]),
        retained=Retention(facts["retained"]) if facts["retained"] else None,
        notes=facts["notes"],
    )


@from_stored
def caller(facts: Mapping[str, Any]) -> Caller:
    """Return the caller that a call's facts describe."""
    return Caller(
        name=facts["name"],
        title=Gender(facts["title"]),
        phone=facts["phone"],
        district=facts["district"],
        employer=facts["employer"],
        occupation=facts["occupation"],
        industry=facts["industry"],
        kind=CallerKind(facts["caller_kind"]),
        labels=tuple(map(PersonLabel, _parts(facts["labels"]))),
    )


def new_question_facts(new: NewQuestion) -> Facts:
    """Return the facts of a question that has just been marked; its number is not among them."""
    given = {field.name: getattr(new, field.name) for field in dataclasses.fields(NewQuestion)}
    return question_facts(Question(id=0, number="", caller=Caller(), **given))


def question_facts(question: Question) -> Facts:
    """Return the facts of a question; number and caller are not a question's to change."""
    return {
        "episode": question.episode,
        "call_id": question.call_id,
        "external_number": question.external_number,
        "unit": question.unit,
        "channel": question.channel.value,
        "category": question.category.value,
        "other_categories": _listed(question.other_categories),
        "kind": question.kind.value,
        "point": question.point,
        "text": question.text,
        "text_typed": int(question.text_typed),
        "answer": question.answer,
        "answer_typed": int(question.answer_typed),
        "articles": question.articles,
        "answered_by": question.answered_by,
        "confirmed": int(question.confirmed),
        "employer": question.employer,
        "people": question.people,
        "amount_fen": question.amount_fen,
        "handling": question.handling.value,
        "take": question.take,
        **_span_facts("asked", question.asked),
        **_span_facts("answered", question.answered),
        "at": moment_text(question.at),
        "recorded_by": question.recorded_by,
        "notes": question.notes,
        "keeping": question.keeping.value,
        "removed": 0,
    }


@from_stored
def question(question_id: int, number: str, asker: Caller, facts: Mapping[str, Any]) -> Question:
    """Return the question that the facts describe, asked by *asker*."""
    return Question(
        id=question_id,
        number=number,
        caller=asker,
        episode=facts["episode"],
        call_id=facts["call_id"],
        external_number=facts["external_number"],
        unit=facts["unit"],
        channel=Channel(facts["channel"]),
        category=Category(facts["category"]),
        other_categories=tuple(map(Category, _parts(facts["other_categories"]))),
        kind=Kind(facts["kind"]),
        point=facts["point"],
        text=facts["text"],
        text_typed=bool(facts["text_typed"]),
        answer=facts["answer"],
        answer_typed=bool(facts["answer_typed"]),
        articles=facts["articles"],
        answered_by=facts["answered_by"],
        confirmed=bool(facts["confirmed"]),
        employer=facts["employer"],
        people=facts["people"],
        amount_fen=facts["amount_fen"],
        handling=Handling(facts["handling"]),
        take=facts["take"],
        asked=_span("asked", facts),
        answered=_span("answered", facts),
        at=datetime.fromisoformat(facts["at"]),
        recorded_by=facts["recorded_by"],
        notes=facts["notes"],
        keeping=Keeping(facts["keeping"]),
    )


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)


def _parts(text: str) -> list[str]:
    return text.split("、") if text else []


def _span_facts(name: str, span: Span | None) -> Facts:
    return {
        f"{name}_line": None if span is None else span.line,
        f"{name}_start": None if span is None else span.start,
        f"{name}_end": None if span is None else span.end,
    }


def _span(name: str, facts: Mapping[str, Any]) -> Span | None:
    line = facts[f"{name}_line"]
    if line is None:
        return None
    return Span(line=line, start=facts[f"{name}_start"], end=facts[f"{name}_end"])


def _flag(answer: bool | None) -> int | None:
    return None if answer is None else int(answer)


def _answer(flag: int | None) -> bool | None:
    return None if flag is None else bool(flag)
