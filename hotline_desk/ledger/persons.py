"""Whose records are whose: all calls, questions and cases of one person, by what names them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.deletions import Person
from hotline_desk.domain.keeping import Retention
from hotline_desk.domain.names import given_name, is_called, is_nobody, plain_name
from hotline_desk.domain.phones import numbers_in
from hotline_desk.domain.times import received_text
from hotline_desk.ledger.connection import Row, rows
from hotline_desk.ledger.search import number_ids, phone_digits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlite_utils import Database

_CALLS = (
    "SELECT calls.id, person_id, at, retained, coalesce(people.name, '') AS name,"
    " coalesce(numbers.phone, '') AS phone, coalesce(numbers.digits, '') AS digits FROM calls"
    " LEFT JOIN people ON people.id = person_id LEFT JOIN numbers ON numbers.id = number_id"
)
_LISTED = "(SELECT value FROM json_each(?))"
_ASKED = "SELECT id FROM questions WHERE call_id IN (SELECT value FROM json_each(?))"
_ASKED_NUMBERS = "SELECT number FROM questions WHERE call_id = ? ORDER BY id"
_NUMBERED = "SELECT number FROM questions WHERE id IN (SELECT value FROM json_each(?))"
_CALLED = (
    "SELECT json_extract(history_values.after, CASE field WHEN '' THEN '$.name' ELSE '$' END)"
    " AS name FROM history JOIN history_values ON history_values.history = history.id"
    " WHERE what = 'calls' AND field IN ('', 'name') AND row IN (SELECT value FROM json_each(?))"
)
_MERGED = "SELECT id FROM cases WHERE merged_into IN (SELECT value FROM json_each(?))"
_LETTERS = "SELECT id, number FROM letters WHERE case_id IN (SELECT value FROM json_each(?))"
_CASES = (
    "SELECT id, number, people, retained,"
    " (SELECT json_group_array(name) FROM parties WHERE case_id = cases.id) AS parties,"
    " (SELECT json_group_array(id) FROM questions WHERE case_id = cases.id) AS questions"
    " FROM cases WHERE id IN (SELECT value FROM json_each(?)) OR id IN"
    " (SELECT case_id FROM questions WHERE id IN (SELECT value FROM json_each(?)))"
)


def caller(db: Database, call_id: int, *, own_only: bool = False) -> Person:
    """Return who called, with all calls by the same person, those taken back too.

    The same person is whoever the ledger knows as the same, and whoever called from the same
    number under a name that does not tell another: without one, or by the surname alone.
    With *own_only* a number from which others called too is left wherever else it stands.
    """
    own = {call["id"]: call for call in _calls(db, "calls.id = ?", [call_id])}
    others: dict[int, Row] = {}
    while True:
        names = {call["name"] for call in own.values()}
        found = [*_of_people(db, own.values()), *_from_numbers(db, own.values())]
        new = {
            call["id"]: call
            for call in found
            if call["id"] not in own
            and (_is_known(call, own.values()) or _may_be_one_of(call["name"], names))
        }
        others = {call["id"]: call for call in found if call["id"] not in own | new}
        if not new:
            if not own_only:
                return _person(db, own, others)
            return replace(_own_alone(_person(db, own, {}), others), own_only=True)
        own |= new


def _own_alone(person: Person, others: dict[int, Row]) -> Person:
    """Return *person* without the numbers from which *others* called."""
    shared = {
        phone_digits(number) for call in others.values() for number in numbers_in(call["phone"])
    }
    numbers = (number for phone in person.phones for number in numbers_in(phone))
    own = tuple(number for number in numbers if phone_digits(number) not in shared)
    return replace(person, phones=own)


def party(db: Database, case_id: int, name: str) -> Person:
    """Return the worker of a case called *name*, who may never have called."""
    questions = rows(
        db,
        "SELECT calls.id FROM questions JOIN calls ON calls.id = call_id"
        " JOIN people ON people.id = person_id WHERE case_id = ? AND people.name = ?",
        (case_id, name),
    )
    if questions:
        return caller(db, questions[0]["id"])
    return _person(db, {}, {}, names=(name,), cases=(case_id,))


def named(
    db: Database, names: Collection[str], phones: Collection[str], cases: Collection[int]
) -> Person:
    """Return whoever is written so, in *cases* and in the records of others."""
    person = _person(db, {}, {}, names=tuple(names), cases=tuple(cases))
    return replace(person, phones=tuple(sorted(phones)))


def rows_alone(db: Database, question_ids: Iterable[int]) -> Person:
    """Return the persons of a few questions as far as these rows tell of them, nowhere else."""
    ids = tuple(question_ids)
    wholly = (
        "calls.id IN (SELECT call_id FROM questions WHERE id IN (SELECT value FROM json_each(?1)))"
        " AND calls.id NOT IN (SELECT call_id FROM questions WHERE call_id IS NOT NULL"
        " AND id NOT IN (SELECT value FROM json_each(?1)))"
    )
    own = {call["id"]: call for call in _calls(db, wholly, [json.dumps(ids)])}
    return _person(db, own, {}, questions=ids, everywhere=False)


def _calls(db: Database, condition: str, values: list[Any]) -> list[Row]:
    return rows(db, f"{_CALLS} WHERE {condition}", values)


def _of_people(db: Database, calls: Iterable[Row]) -> list[Row]:
    people = sorted({call["person_id"] for call in calls} - {None})
    return _calls(db, f"person_id IN {_LISTED}", [json.dumps(people)])


def _from_numbers(db: Database, calls: Iterable[Row]) -> list[Row]:
    found = number_ids(db, {call["phone"] for call in calls})
    return _calls(db, f"number_id IN {_LISTED}", [json.dumps(found)])


def _is_known(call: Row, own: Iterable[Row]) -> bool:
    return call["person_id"] is not None and call["person_id"] in {o["person_id"] for o in own}


def _may_be_one_of(name: str, names: Collection[str]) -> bool:
    """Return whether *name* does not tell of somebody else than *names* do."""
    plain, known = plain_name(name), {plain_name(each) for each in names}
    if not plain or plain in known:
        return True
    surname, given = plain.removesuffix(given_name(plain)), given_name(plain)
    full = {each for each in known if given_name(each)}
    if not given:
        return not known - {""} or any(each.startswith(surname) for each in known)
    return not full and all(each == surname for each in known - {""})


def _person(
    db: Database,
    own: dict[int, Row],
    others: dict[int, Row],
    *,
    names: tuple[str, ...] = (),
    questions: tuple[int, ...] = (),
    cases: tuple[int, ...] = (),
    everywhere: bool = True,
) -> Person:
    names = tuple(sorted({call["name"] for call in own.values()} | set(names) - {""}))
    namesakes: list[Row] = []
    if everywhere:
        before = {*_called_before(db, own, names)}
        namesakes = _namesakes(db, {*names, *before}, own)
        theirs = {call["name"] for call in namesakes}
        names = tuple(
            sorted({*names, *(each for each in before if plain_name(each) not in theirs)})
        )
        asked = rows(db, _ASKED, [json.dumps([*own])])
        questions = tuple(each["id"] for each in asked)
    found = _cases(db, questions, cases)
    alone = [case for case in found if not everywhere or _is_alone(case, names, questions)]
    shared = [case for case in found if case not in alone]
    cleared = [] if everywhere else [case["id"] for case in alone]
    letters = rows(db, _LETTERS, [json.dumps(cleared)])
    digits = {call["digits"] for call in own.values()} - {""}
    return Person(
        names=tuple(name for name in names if name),
        phones=tuple(
            sorted(
                {call["phone"] for call in (*own.values(), *others.values())
                 if call["digits"] in digits or call["id"] in own} - {""}
            )
        ),
        calls=tuple(sorted(own)),
        number_only=tuple(sorted(others)) if everywhere else (),
        questions=tuple(sorted(questions)),
        cases=tuple(case["id"] for case in alone),
        shared_cases=tuple(case["id"] for case in shared),
        letters=tuple(letter["id"] for letter in letters),
        retained=tuple(_retained([*own.values(), *others.values()], found)),
        namesakes=tuple(
            f"{_at(call)} 的通话{_asked(db, call)}"
            for call in namesakes
            if call["id"] not in others
        ),
        told=(
            *_told(db, [*own.values()], [*others.values()], questions, alone, shared),
            *(f"一函两书 {letter['number']}" for letter in letters),
        ),
        everywhere=everywhere,
    )  # fmt: skip


def _called_before(db: Database, calls: Iterable[int], names: Collection[str]) -> Iterator[str]:
    """Yield the full names that were written for *calls* before they were put right.

    What was typed of a name on the way to another one is none. One that somebody else bears, too,
    may have been typed by mistake.
    """
    noted = {each["name"] for each in rows(db, _CALLED, [json.dumps([*calls])])} - {None, ""}
    for name in noted - {*names}:
        begun = any(each != name and each.startswith(name) for each in (*noted, *names))
        if given_name(plain_name(name)) and not begun:
            yield name


def _cases(db: Database, questions: Collection[int], cases: Collection[int]) -> list[Row]:
    """Return the cases of *questions*, *cases*, and the duplicates that went into them."""
    found = rows(db, _CASES, [json.dumps([*cases]), json.dumps([*questions])])
    known = [each["id"] for each in found]
    merged = rows(db, _MERGED, [json.dumps(known)])
    new = {each["id"] for each in merged} - set(known)
    return found if not new else _cases(db, questions, [*known, *new])


def _is_alone(case: Row, names: Collection[str], questions: Collection[int]) -> bool:
    parties, asked = json.loads(case["parties"]), json.loads(case["questions"])
    return (
        (case["people"] or 1) <= 1
        and len(parties) <= 1
        and all(not party or is_nobody(party) or is_called(party, names) for party in parties)
        and set(asked) <= set(questions)
    )


def _retained(calls: Iterable[Row], cases: Iterable[Row]) -> list[tuple[str, Retention]]:
    found = [(f"{call['at'][:10]} 的通话", call["retained"]) for call in calls]
    found += [(f"案件 {case['number']}", case["retained"]) for case in cases]
    return [(words, Retention(why)) for words, why in found if why]


def _namesakes(db: Database, names: Iterable[str], own: Collection[int]) -> list[Row]:
    """Return the calls by somebody of the same full name that are none of *own*."""
    full = {plain_name(name) for name in names if given_name(plain_name(name))}
    found = _calls(db, f"people.name IN {_LISTED}", [json.dumps(sorted(full))])
    return [call for call in found if call["id"] not in own]


def _at(call: Row) -> str:
    return received_text(datetime.fromisoformat(call["at"]))


def _asked(db: Database, call: Row) -> str:
    """Return the numbers of a call's questions, by which anybody can look them up."""
    asked = rows(db, _ASKED_NUMBERS, [call["id"]])
    return " " + "、".join(each["number"] for each in asked) if asked else ""


def _told(
    db: Database,
    own: list[Row],
    others: list[Row],
    questions: Collection[int],
    alone: list[Row],
    shared: list[Row],
) -> list[str]:
    asked = rows(db, _NUMBERED, [json.dumps([*questions])])
    return [
        *(f"{_at(call)} 的通话" for call in own),
        *([f"号码相同、姓名不同的通话 {len(others)} 个，只去掉号码（是同一个人请另行删除）"]
          if others else ()),
        *(f"{_at(call)} 的通话{_asked(db, call)}（号码相同，姓名不同，只去掉号码）"
          for call in others),
        *(f"问题 {each['number']}" for each in asked),
        *(f"案件 {case['number']}" for case in alone),
        *(f"案件 {case['number']}（还有其他职工，只去掉本人的姓名）" for case in shared),
    ]  # fmt: skip
