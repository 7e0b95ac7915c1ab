"""Workers of a case as people write them down: 董某 3000, one a line, or several names in a row."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.amounts import NotAnAmount, typed_fen
from hotline_desk.domain.calls import CallerKind
from hotline_desk.domain.casework.cases import Party
from hotline_desk.domain.casework.payments import known_payments, with_payments
from hotline_desk.domain.names import ANONYMOUS, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline_desk.domain.calls import Caller
    from hotline_desk.domain.casework.cases import Case, Payment

_BETWEEN = re.compile(r"[、，;；|]|,(?!\d{3}(?!\d))")
"""What parts names in one line; a comma within an amount does not."""
_COUNTED = re.compile(r"^[(（]?\d{1,3}\s*[.．、)）]\s*(?=[^\d\s])")
"""1. or (1) before a name."""
_PARTY = re.compile(
    r"(?P<name>.*?[^\d\s,，:：¥￥－-])(?:"
    r"[\s,，、:：]+(?P<money>[-－]?[¥￥]?\d.*)"
    r"|(?P<close>[-－]?[¥￥]?(?:\d{3}|\d{1,2}[,，]\d{3}|\d[\d.]*[万元]).*)"
    r"|(?P<counted>\d{0,2}))"
)
"""Of figures right behind a name three are an amount, less belong to the name: 工友 12."""
_REPRESENTS = re.compile(r"^[@＠]\s*|[@＠](?=[\s\d¥￥]|$)|\s*[（(]代表人?[）)]")
"""What marks a 代表人; of a sign at the keyboard people need one stroke."""
_NOBODY = "匿名"
_SECOND_FIGURE = re.compile(r"\d\s*[元块万]*\s+[-－]?[¥￥]?\d")


class PartyNotUnderstood(ValueError):
    """A line does not say who it is and what he is owed; the text says why."""


def read_parties(text: str) -> tuple[Party, ...]:
    """Return the workers that *text* names, with what each is owed.

    Args:
        text: one a line, or names in a row with 、 between; an amount in any of the usual ways
            behind its name. A 代表人 is marked by @ or （代表人）.

    Raises:
        PartyNotUnderstood: there is more in a line than that, or no name.
    """
    return tuple(
        party
        for line in text.splitlines()
        if (plain := _COUNTED.sub("", line.strip(), count=1))
        for party in _of_line(plain)
    )


def named_twice(names: Iterable[str]) -> str:
    """Return a name that two of a case's workers have, empty where none is."""
    return min((name for name, count in Counter(names).items() if count > 1), default="")


def asking_workers(callers: Iterable[Caller]) -> tuple[Party, ...]:
    """Return who of *callers* asks for himself, each once, as the desk says the name.

    Of two who may be one the fuller name holds: 董 and 董小红. 董先生的爱人 is nobody's name.
    """
    told: dict[str, str] = {}
    for caller in callers:
        plain = plain_name(caller.name)
        if plain and "的" not in plain and caller.kind is CallerKind.WORKER:
            told.setdefault(plain, caller.name if len(caller.name) > 1 else caller.spoken_name)
    return tuple(
        Party(name=name)
        for plain, name in told.items()
        if not any(each != plain and each.startswith(plain) for each in told)
    )


def may_be_one(name: str, other: str) -> bool:
    """Return whether two names may be one person's: 董女士 may be 董小红."""
    ours, theirs = plain_name(name), plain_name(other)
    return bool(ours and theirs) and (ours.startswith(theirs) or theirs.startswith(ours))


def renamed(case: Case, was: str, name: str) -> Case:
    """Return the case with another name for one of its 当事人, wherever money is noted."""

    def of(payments: Iterable[Payment]) -> tuple[Payment, ...]:
        return tuple(replace(each, party=name) if each.party == was else each for each in payments)

    payments = of(known_payments(case))
    parties = tuple(
        replace(party, name=name) if party.name == was else party for party in case.parties
    )
    rounds = tuple(replace(each, payments=of(each.payments)) for each in case.earlier)
    return with_payments(replace(case, parties=parties, earlier=rounds), payments)


def following(case: Case, was: Caller, now: Caller) -> Case:
    """Return the case as it is when what is known of somebody who asked was put right.

    Who became a 当事人 by asking is called as he is called now, 匿名 where he wants to be nobody;
    one who did not ask for himself is none, unless money has come for him.
    """
    old, new = (next(iter(asking_workers([each])), None) for each in (was, now))
    names = [party.name for party in case.parties]
    called = _NOBODY if old is None else old.name
    if old == new:
        return case
    if called not in names:
        alone = not names and case.people in {None, 1}
        return replace(case, parties=(new,)) if new is not None and alone else case
    if new is not None:
        return case if new.name in names else renamed(case, called, new.name)
    if now.kind is CallerKind.WORKER:
        place = names.index(called) + 1
        return renamed(case, called, f"{ANONYMOUS} {place}" if _NOBODY in names else _NOBODY)
    paid = {payment.party for payment in known_payments(case)}
    left = (each for each in case.parties if each.name != called or each.name in paid)
    return replace(case, parties=tuple(left))


def without_asker(case: Case, gone: Caller, others: Iterable[Caller]) -> Case:
    """Return the case without who asked what left it, if nothing else makes him a 当事人.

    Args:
        case: whose question it was.
        gone: who asked it.
        others: who asked the questions that stay.
    """
    names = {each.name for each in asking_workers([gone])}
    names -= {name for name in names for each in others if may_be_one(name, each.name)}
    names -= {payment.party for payment in known_payments(case)}
    return replace(
        case,
        parties=tuple(
            each
            for each in case.parties
            if each.name not in names or each.represents or each.claimed_fen is not None
        ),
    )


def read_name(text: str) -> tuple[str, bool]:
    """Return who *text* names, and whether it says that he is a 代表人: @董某, 董某（代表人）."""
    name, marks = _REPRESENTS.subn(" ", text.strip())
    return name.strip(), marks > 0


def representatives_wanted(case: Case) -> str:
    """Return in a sentence that nobody is noted to represent the workers of an open 集体争议.

    How many they are, and who chooses them, is for the lawyer to look up.
    """
    named = any(party.represents for party in case.parties)
    if named or not case.is_collective or not case.course.is_open:
        return ""
    return "集体争议，还没有写代表人（劳动争议调解仲裁法 第七条，供律师核对）。"


def _of_line(line: str) -> list[Party]:
    parts = [part.strip() for part in _BETWEEN.split(line) if part.strip()]
    together: list[str] = []
    for part in parts:
        if together and re.match(r"[-－]?[¥￥]?\d", part):
            together[-1] += f" {part}"  # what follows 、 may be the amount of who stands before it
        else:
            together.append(part)
    return [_party(part) for part in together]


def _party(text: str) -> Party:
    plain, represents = read_name(text)
    found = _PARTY.fullmatch(plain)
    if found is None:
        raise PartyNotUnderstood(f"没有写姓名：{text[:24]}")
    money = found["money"] or found["close"] or ""
    if _SECOND_FIGURE.search(money):
        raise PartyNotUnderstood(f"金额后面还有别的数字，一位只写姓名和金额：{text[:24]}")
    try:
        fen = typed_fen(money) if money else None
    except NotAnAmount as error:
        raise PartyNotUnderstood(f"{error}：{text[:24]}") from error
    name = found["name"].strip() + (found["counted"] or "")
    return Party(name=name, claimed_fen=fen, represents=represents)
