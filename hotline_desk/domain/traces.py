"""The traces of a person: name and numbers in any text, in the ways in which they are written.

A name may have blanks between its characters, and any dot or dash between its parts or nothing; a
number any separators, full-width or Chinese digits, and the pauses of somebody who says it; a
landline is known without its area code too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hotline_desk.domain.names import (
    ESCAPED,
    IN_JSON,
    LONGEST,
    TITLES,
    closed,
    given_name,
    is_certain,
    parts_alone,
    plain_name,
    spelled,
    surname,
)
from hotline_desk.domain.phones import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SOMEBODY = "某某"
"""Stands where a name was."""
NUMBER_GONE = "（号码已删除）"
"""Stands where a number was."""

_DIGITS = ("0０零〇○", "1１一幺壹", "2２二两贰", "3３三叁", "4４四肆",
           "5５五伍", "6６六陆", "7７七柒", "8８八捌", "9９九玖")  # fmt: skip
_BETWEEN = rf"(?:[\W_嗯啊呃哎额是那]|{IN_JSON}){{0,3}}"
_FEWEST_DIGITS = 5
"""Fewer tell nobody; such a number is looked for as it is written."""
_AREA = re.compile(r"0(?:10|2\d|[3-9]\d\d)(?=\d{7,8}$)")
_COUNTRY = re.compile(r"^(?:00)?86(?=1\d{10}$)")


class Traces:
    """Finds a person in texts, and takes the person out of them."""

    def __init__(
        self, names: Iterable[str] = (), phones: Iterable[str] = (), *, apart: Iterable[str] = ()
    ) -> None:
        """Look for full *names* and *phones*; a surname alone is no trace.

        *apart* are names of others that hold one of *names*: 王明华 is not 王明.
        """
        full = sorted({closed(plain_name(name)) for name in names} - {""}, key=len, reverse=True)
        self.names = tuple(name for name in full if given_name(name) and _tells(name))
        """The full names, longest first."""
        self.phones = tuple(sorted({each for phone in phones for each in numbers_in(phone)}))
        others = {closed(plain_name(other)) for other in apart} - set(self.names)
        longer = {
            other
            for other in others
            if other.isalpha() and len(other) <= LONGEST and _holds_any(other, self.names)
        }
        self._name = _either(map(spelled, self.names), keep=map(spelled, longer))
        self._number = _either(way for phone in self.phones for way in _numbers(phone))
        # looked for first: most texts name nobody, and these find out ten times as fast
        self._signs = [frozenset(filter(is_certain, name)) for name in self.names]
        local = [_local(phone) for phone in self.phones]
        self._digits = _either_of(map(_said, local)) if all(local) else None

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._name or self._number)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where in *text* the person is, as positions of characters, in order."""
        return sorted(self._found(text))

    def are_in(self, text: str) -> bool:
        """Return whether *text* tells of the person."""
        return any(True for _ in self._found(text))

    def names_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where in *text* a name of the person is."""
        if self._name and any(all(sign in text for sign in signs) for signs in self._signs):
            yield from _matches(self._name, text)

    def phones_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where in *text* a number of the person is."""
        if self._number and (self._digits is None or self._digits.search(text)):
            yield from _matches(self._number, text)

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        yield from self.names_in(text)
        yield from self.phones_in(text)

    def out_of(self, text: str) -> str:
        """Return *text* without the person."""
        if self._name:
            text = self._name.sub(lambda found: found["kept"] or SOMEBODY, text)
        return self._number.sub(NUMBER_GONE, text) if self._number else text

    def out_of_own(self, text: str, names: Iterable[str]) -> str:
        """Return a text of the person's own record without the person.

        What there can only mean this person goes too: the given name alone, 董女士, 老张.
        *names* are the ways in which the records name the person.
        """
        text = self.out_of(text)
        for name in sorted({name.strip() for name in names} - {""}, key=len, reverse=True):
            called = closed(plain_name(name))
            first, given = surname(called), given_name(called)
            own = [re.escape(name)] if len(name) > 1 else []
            own += map(spelled, parts_alone(called))
            own += [spelled(given)] if len(given) > 1 and " " not in called else []
            own += [rf"{re.escape(first)}(?:{TITLES})"] if first else []
            text = re.sub("|".join(own), SOMEBODY, text) if own else text
        return text


def _holds_any(other: str, names: Iterable[str]) -> bool:
    return any(name in other for name in names)


def _either(ways: Iterable[str], *, keep: Iterable[str] = ()) -> re.Pattern[str] | None:
    """Return a pattern of any of *ways*, and of what is to be kept, None of nothing."""
    wanted, kept = "|".join(ways), "|".join(keep) or r"(?!)"
    return re.compile(f"(?P<kept>{kept})|(?:{wanted})", re.IGNORECASE) if wanted else None


def _either_of(ways: Iterable[str]) -> re.Pattern[str] | None:
    wanted = "|".join(ways)
    return re.compile(wanted) if wanted else None


def plain_number(text: str) -> str:
    """Return a number that was found, in plain digits; a WeChat id stays as it is written."""
    if re.search("[A-Za-z]", text):
        return text
    return "".join(
        str(digit) for sign in text for digit, signs in enumerate(_DIGITS) if sign in signs
    )


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text) if match["kept"] is None)


def _tells(name: str) -> bool:
    """Return whether *name* is more than one sign and its dots."""
    return sum(map(str.isalnum, name)) > 1


def _numbers(phone: str) -> Iterator[str]:
    """Yield the pattern of a number, with its country and area and without them, if it has any."""
    local = _local(phone)
    if local:
        before = _digits_of(phone).removesuffix(local) or "86"
        lead = rf"(?:[+＋]?(?:[0０]{{2}})?{_said(before)}{_BETWEEN})?"
        yield rf"(?:(?<![0-9０-９])|{ESCAPED}){lead}{_said(local)}(?![0-9０-９])"
    elif len(phone) >= _FEWEST_DIGITS:  # a WeChat id is looked for as it is written
        yield re.escape(phone)


def _local(phone: str) -> str:
    """Return a number's digits without country and area; empty of what is no number."""
    digits = _digits_of(phone)
    if len(digits) < _FEWEST_DIGITS or re.search(r"[^\W\d_]", phone):
        return ""
    local = _COUNTRY.sub("", digits)
    area = _AREA.match(local)
    return local[area.end() :] if area else local


def _digits_of(phone: str) -> str:
    return "".join(str(int(sign)) for sign in phone if sign.isdecimal())


def _said(digits: str) -> str:
    return _BETWEEN.join(f"[{_DIGITS[int(digit)]}]" for digit in digits)
