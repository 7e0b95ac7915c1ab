"""Which heading of a table is which field: the forms' own, and what other offices call them."""

from __future__ import annotations

import difflib
import itertools
import re
import tomllib
import unicodedata
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from hotline_desk.domain.importing.tables import Sheet, Table, TableKind, plain_text
from hotline_desk.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hotline_desk.domain.importing.tables import Given, Matching

NOT_IMPORTED = "不导入"
_LOOKED_AT = 20
"""Within how many rows the headings are looked for: a title and some notes may stand above."""
_LIKE_ENOUGH = 0.6
_TOLD_BY_WORDS = {"类型": "问题类别", "问题类别": "类型"}
"""Fields whose headings are alike in other offices' tables, so that their words decide."""
_WORDS_LOOKED_AT = 20
_OF_ORDERS = (
    "办结日期", "回访日期", "满意度", "首次联系时间", "方案日期", "协议或裁决金额（元）",
    "已到账金额（元）", "约定付款日", "到账日期", "结案日期",
)  # fmt: skip
"""Fields of a case that tables of questions have too, by the names that a case's have."""
_ANSWER, _WAY = "解答要点", "办结方式"
_HOURS = re.compile(r"\D{0,2}\d{1,2}[:：时点]")
_GLOSS = re.compile(r"\([^()]*\)$")
_OF_A_COLUMN = re.compile(r"\((?:[a-z]+列|没有表头)\)$")


def fields(kind: TableKind) -> tuple[str, ...]:
    """Return the fields that a column of a table can be, in the order of the forms.

    A table of questions may have a case's columns beside its own: then each row is both.
    """
    own = tuple(_headings()[kind])
    if kind is not TableKind.QUESTIONS:
        return own
    return own + tuple(name for name in _headings()[TableKind.CASES] if name not in own)


def find_tables(sheets: Iterable[Sheet]) -> tuple[Table, ...]:
    """Return the sheets that are tables: those with headings that are known.

    Where no heading of any sheet is, each is a table of questions, headed by its first row with
    several words: a person says what its columns are.
    """
    given = tuple(sheets)
    found = tuple(table for sheet in given if (table := find_table(sheet)) is not None)
    return found or tuple(table for sheet in given if (table := _strange_table(sheet)) is not None)


def find_table(sheet: Sheet) -> Table | None:
    """Return *sheet* as a table, if one of its first rows holds headings."""
    best: tuple[int, int] = (1, 0)
    found: tuple[int, tuple[str, ...], TableKind] | None = None
    for number, headings in _heading_rows(sheet):
        for kind in TableKind:
            known = len({field for field in propose(headings, kind) if field})
            like = (known, sum(heading in _headings()[kind] for heading in headings))
            if known > 1 and like > best:
                best, found = like, (number, headings, kind)
    return None if found is None else _table(sheet, *found)


def _heading_rows(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows that may hold the headings, and each two of which the lower says it closer.

    姓名 and 电话 stand below 来访人, and 日期 has nothing below it.
    """
    rows = sheet.rows[:_LOOKED_AT]
    for number, cells in rows:
        yield number, tuple(map(plain_text, cells))
    for (_, upper), (number, lower) in itertools.pairwise(rows):
        if all(cell is None or isinstance(cell, str) for cell in lower):
            pairs = itertools.zip_longest(upper, lower)
            yield number, tuple(plain_text(below) or plain_text(above) for above, below in pairs)


def _table(sheet: Sheet, row: int, headings: tuple[str, ...], kind: TableKind) -> Table:
    """Return the table below a row, in which every column that holds anything has its own name."""
    table = Table(sheet=sheet, kind=kind, headings=headings, heading_row=row)
    width = max((len(cells) for _, cells in table.rows), default=0)
    named = [*headings, *[""] * (width - len(headings))]
    unnamed = {at for at, name in enumerate(named) if not name or name in named[:at]}
    for number, cells in table.rows:
        for at in [each for each in unnamed if each < len(cells) and cells[each] is not None]:
            if (number, at) not in sheet.merged:
                column = f"{_letters(at)} 列"
                named[at] = f"{named[at]}（{column}）" if named[at] else f"{column}（没有表头）"
                unnamed.discard(at)
        if not unnamed:
            break
    return replace(table, headings=tuple(named))


def _letters(at: int) -> str:
    """Return what a spreadsheet calls a column."""
    rest, last = divmod(at, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


def _strange_table(sheet: Sheet) -> Table | None:
    for number, cells in sheet.rows[:_LOOKED_AT]:
        headings = tuple(plain_text(cell) for cell in cells)
        if sum(isinstance(cell, str) for cell in cells) > 1 and sheet.rows[-1][0] > number:
            return _table(sheet, number, headings, TableKind.QUESTIONS)
    return None


def as_kind(table: Table, kind: TableKind) -> Table:
    """Return *table* read as rows of another kind."""
    return replace(table, kind=kind)


def match(table: Table, matching: Matching) -> tuple[str, ...]:
    """Return the field of each column, empty for none: as *matching* says, else as it is headed."""
    proposed = list(propose_for(table))
    known = set(fields(table.kind))
    decided = matching.columns_of(table)
    for column, heading in enumerate(table.headings):
        if heading in decided:
            proposed[column] = decided[heading] if decided[heading] in known else ""
    chosen = set(decided.values())
    seen: set[str] = set()
    for column, heading in enumerate(table.headings):
        field = proposed[column]
        taken = field in seen or (field in chosen and decided.get(heading) != field)
        proposed[column] = "" if taken else field
        seen.add(field)
    return tuple(proposed)


@lru_cache(maxsize=64)
def propose(headings: tuple[str, ...], kind: TableKind) -> tuple[str, ...]:
    """Return the field that each heading is, empty where none is known; each field once.

    A form's own heading goes before what others call the field, and among these the likelier.
    """
    left = {column: _plain(heading) for column, heading in enumerate(headings) if heading}
    ignored = _ignored()
    names: dict[str, tuple[str, ...]] = dict.fromkeys(fields(kind), ())
    names |= _headings()[kind]
    found = [""] * len(headings)
    for rank in range(max(len(others) for others in names.values()) + 1):
        for field, others in names.items():
            called = (field, *others)
            if field in found or rank >= len(called):
                continue
            column = next((at for at, text in left.items() if text == _plain(called[rank])), None)
            if column is not None and not (rank and left[column] in ignored):
                found[column] = field
                del left[column]
    return _without_gloss(headings, kind, found)


def _without_gloss(
    headings: tuple[str, ...], kind: TableKind, found: Sequence[str]
) -> tuple[str, ...]:
    """Return *found* with the columns too that are known without what stands in brackets.

    办理方式（当场答复 / 立案 / 转办）; not 日期（C 列）, which is a second 日期.
    """
    bare = [
        "" if found[at] or _OF_A_COLUMN.search(plain) else _GLOSS.sub("", plain)
        for at, plain in enumerate(map(_plain, headings))
    ]
    bare = ["" if text == _plain(headings[at]) else text for at, text in enumerate(bare)]
    if not any(bare):
        return tuple(found)
    again = propose(tuple(bare), kind)
    return tuple(
        known or ("" if field in found else field)
        for known, field in zip(found, again, strict=True)
    )


def propose_for(table: Table) -> tuple[str, ...]:
    """Return the field that each column is likely to be, by its heading and what stands in it.

    问题类型 is what some offices call the category and others the kind: its words tell.
    """
    proposed = list(propose(table.headings, table.kind))
    if table.kind is TableKind.QUESTIONS:
        _propose_of_orders(table, proposed)
        _propose_time(table, proposed)
    for column, field in enumerate(proposed):
        other = _TOLD_BY_WORDS.get(field, "")
        if not other or same_word(table.headings[column], field):
            continue
        words = table.samples(column, _WORDS_LOOKED_AT)
        if _known_words(other, words) > _known_words(field, words):
            at = proposed.index(other) if other in proposed else None
            if at is None:
                proposed[column] = other
            elif at > column and not same_word(table.headings[at], other):
                proposed[column], proposed[at] = other, field
                break
            elif same_word(table.headings[at], other):
                proposed[column] = ""
    return tuple(proposed)


def _propose_of_orders(table: Table, proposed: list[str]) -> None:
    for field in _OF_ORDERS:
        names = {_plain(name) for name in _headings()[TableKind.CASES][field]}
        for column, heading in enumerate(table.headings):
            if field not in proposed and not proposed[column] and _plain(heading) in names:
                proposed[column] = field
    ways = {_plain(name) for name in _headings()[TableKind.CASES][_WAY]}
    for column, heading in enumerate(table.headings):
        if _WAY in proposed or _plain(heading) not in ways:
            continue
        words = table.samples(column, _WORDS_LOOKED_AT)
        if words and _known_words(_WAY, words) == len(words):
            proposed[column] = _WAY  # 结果 is an answer, unless it says how a case ended


def _propose_time(table: Table, proposed: list[str]) -> None:
    """Propose for 接收时间 what is headed like 接收日期 beside that, and holds times alone."""
    if "接收日期" not in proposed or "接收时间" in proposed:
        return
    names = {_plain(name) for name in _headings()[TableKind.QUESTIONS]["接收日期"]}
    for column, heading in enumerate(table.headings):
        words = table.samples(column, _WORDS_LOOKED_AT)
        if not proposed[column] and _plain(heading) in names and any(map(_HOURS.match, words)):
            proposed[column] = "接收时间"
            return


def _known_words(field: str, words: Sequence[str]) -> int:
    known = _words(field)
    plain = {_plain(word) for own, others in known.items() for word in (own, *others)}
    return sum(_plain(word) in plain for word in words)


def is_ignored(heading: str) -> bool:
    """Return whether a column is one that the desk works out by itself."""
    return _plain(heading) in _ignored()


def is_in_myriads(heading: str) -> bool:
    """Return whether a column's figures are in 万元."""
    return "万元" in heading


def nearest(field: str, word: str, ours: Sequence[str]) -> str:
    """Return which of *ours* a strange *word* most likely means; empty where none is like it."""
    plain = _plain(word)
    synonyms = {_plain(other): own for own, others in _words(field).items() for other in others}
    if plain in synonyms:
        return synonyms[plain]
    plain_ours = {_plain(own): own for own in ours}
    known = plain_ours | synonyms
    like = {text: difflib.SequenceMatcher(None, plain, text).ratio() for text in known}
    inside = [text for text in known if len(text) > 1 and plain and text in plain]
    close = [text for text, ratio in like.items() if ratio >= _LIKE_ENOUGH]
    return known[max(close or inside, key=lambda text: like[text])] if close or inside else ""


def same_word(word: str, own: str) -> bool:
    """Return whether *word* is our own, however it is spaced and bracketed."""
    return _plain(word) == _plain(own)


def means_yes(given: Given) -> bool | None:
    """Return what a cell answers: yes, no, or None where it is no answer."""
    plain = _plain(plain_text(given))
    for own, others in _words("是否").items():
        if plain in {_plain(own), *map(_plain, others)}:
            return own == "是"
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\s*：:]+", "", unicodedata.normalize("NFKC", text)).casefold()


@cache
def _headings() -> Mapping[TableKind, Mapping[str, tuple[str, ...]]]:
    found = _read("headings.toml")
    return {
        kind: {name: tuple(others) for name, others in found[kind].items()} for kind in TableKind
    }


@cache
def _ignored() -> frozenset[str]:
    return frozenset(map(_plain, _read("headings.toml")[NOT_IMPORTED]["headings"]))


def _words(field: str) -> Mapping[str, Sequence[str]]:
    found: Mapping[str, Sequence[str]] = _read("values.toml").get(field, {})
    return found


@cache
def _read(name: str) -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(resource(f"importing/{name}").read_text(encoding="utf-8"))
