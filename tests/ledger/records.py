"""Records for the ledger's tests: plain ones, and any that can be."""

from datetime import date, datetime

from hypothesis import strategies as st

from hotline_desk.domain.calls import (
    Caller,
    CallerKind,
    CallState,
    Channel,
    Consent,
    Gender,
    NewCall,
)
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode, Guest
from hotline_desk.domain.questions import Handling, Kind, NewQuestion, Span
from hotline_desk.domain.utterances import Utterance

AT = datetime.fromisoformat("2026-11-25T10:03:20+08:00")
EPISODE = Episode(number=190, on=date(2026, 11, 25), guests=(Guest(name="王", unit="某所"),))
TAKE = "episodes/2026-11-25-第190期/take-095000"


def a_call(**given):
    return NewCall(**{"episode": 190, "at": AT} | given)


def a_question(**given):
    return NewQuestion(**{"episode": 190, "at": AT} | given)


def heard(text, start=0.0, line="来电", seconds=2.0):
    return Utterance(line, start, start + seconds, text)


ODD_TEXTS = [
    "😀👩‍🏭",
    "䶮𠮷𪚥",
    "'\"`%_*",
    "=cmd()",
    "两 个\n三\t行",
    "NEAR(a b)",
    "é ß İ",
    "\0x",
    "。",
]
texts = st.text(max_size=30) | st.sampled_from(ODD_TEXTS)
moments = st.integers(0, 4_000_000_000).map(
    lambda second: datetime.fromtimestamp(second, AT.tzinfo)
)
seconds = st.floats(0, 1e6, allow_nan=False)
answers = st.none() | st.booleans()
spans = st.none() | st.builds(Span, line=texts, start=seconds, end=st.none() | seconds)
takes = st.sampled_from(["", TAKE, "episodes/a/take-2"])
callers = st.builds(
    Caller,
    name=texts,
    title=st.sampled_from(Gender),
    phone=texts | st.sampled_from(["13800005678", "0633-8781234"]),
    district=texts,
    employer=texts,
    occupation=texts,
    kind=st.sampled_from(CallerKind),
)
consents = st.builds(
    Consent,
    record=answers,
    broadcast=answers,
    replay=answers,
    pass_on=answers,
    name_to_employer=st.booleans(),
)
new_calls = st.builds(
    NewCall,
    episode=st.sampled_from([None, 190]),
    channel=st.sampled_from(Channel),
    line=texts,
    caller=callers,
    point=texts,
    take=takes,
    began=st.none() | seconds,
    at=moments,
)
call_changes = st.fixed_dictionaries(
    {},
    optional={
        "caller": callers,
        "consent": consents,
        "urgent": st.booleans(),
        "notes": texts,
        "ended": st.none() | seconds,
        "state": st.sampled_from(CallState),
        "take": takes,
    },
)
counts = st.none() | st.integers(0, 2**62)
question_fields = {
    "channel": st.sampled_from(Channel),
    "category": st.sampled_from(Category),
    "kind": st.sampled_from(Kind),
    "point": texts,
    "text": texts,
    "answer": texts,
    "articles": texts,
    "answered_by": texts,
    "employer": texts,
    "people": counts,
    "amount_fen": counts,
    "handling": st.sampled_from(Handling),
    "take": takes,
    "asked": spans,
    "answered": spans,
}
new_questions = st.builds(
    NewQuestion, episode=st.sampled_from([None, 190]), at=moments, **question_fields
)
question_changes = st.fixed_dictionaries(
    {},
    optional=question_fields
    | {"text_typed": st.booleans(), "answer_typed": st.booleans(), "confirmed": st.booleans()},
)
episodes = st.builds(
    Episode,
    number=st.integers(1, 10_000),
    on=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    starts=texts,
    ends=texts,
    topic=texts,
    host=texts,
    producer=texts,
    guests=st.lists(st.builds(Guest, name=texts, unit=texts, post=texts), max_size=3).map(tuple),
    listeners=counts,
    listeners_source=texts,
)
