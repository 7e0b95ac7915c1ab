"""Keep how another platform's columns and words become ours: 对照, one small file each."""

from __future__ import annotations

import difflib
import tomllib
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import tomli_w

from hotline_desk.domain.importing.choices import CHOICES
from hotline_desk.domain.importing.headings import fields
from hotline_desk.domain.importing.tables import Matching, TableKind
from hotline_desk.errors import ExportUnwritable, MatchingNotUnderstood
from hotline_desk.paths import file_name
from hotline_desk.system import write_whole
from hotline_desk.workflows.written import read_written, wrong_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from hotline_desk.domain.importing.plan import ImportPlan
    from hotline_desk.paths import Workspace

_NAME, _COLUMNS, _TABLES = "name", "columns", "tables"
_WORDS, _DEFAULTS = "words", "defaults"
_NEEDED = "来源渠道"
"""Without it no row comes in; what holds for all of them may be said."""
_MOST_WORDS = 40


def read_matching(path: Path) -> Matching:
    """Return the 对照 that lies at *path*.

    It is TOML: ``columns`` says which heading is which field (empty: not imported), ``tables``
    the same for one sheet by its name, ``words`` for each field which word is which of ours,
    ``defaults`` what holds where the file says nothing. An empty word says nothing yet.

    Raises:
        MatchingNotUnderstood: the file is missing or wrong, or says what no part of it can say.
    """
    try:
        found = tomllib.loads(read_written(path))
        made = Matching(
            name=str(found.get(_NAME, path.stem)),
            columns=_texts(found.get(_COLUMNS, {})),
            tables={name: _texts(own) for name, own in found.get(_TABLES, {}).items()},
            words={field: _said(words) for field, words in found.get(_WORDS, {}).items()},
            defaults=_said(found.get(_DEFAULTS, {})),
        )
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise MatchingNotUnderstood(path, wrong_place(path, error)) from error
    if fault := _fault(made, found):
        raise MatchingNotUnderstood(path, f"：{fault}")
    return made


def save_matching(matching: Matching, workspace: Workspace) -> Path:
    """Write a 对照 into the workspace under its name; return where.

    Raises:
        ExportUnwritable: the workspace cannot be written.
    """
    path = _folder(workspace) / f"{file_name(matching.name)}.toml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, matching_text(matching).encode())
    except OSError as error:
        raise ExportUnwritable(path) from error
    return path


def matching_text(matching: Matching) -> str:
    """Return how a 对照 is written in its file."""
    facts = {
        _NAME: matching.name,
        _COLUMNS: dict(matching.columns),
        _TABLES: {name: dict(own) for name, own in matching.tables.items()},
        _WORDS: {field: dict(words) for field, words in matching.words.items() if words},
        _DEFAULTS: dict(matching.defaults),
    }
    return tomli_w.dumps({part: told for part, told in facts.items() if told})


def waiting(
    matching: Matching, unknown: Mapping[str, Iterable[str]], planned: ImportPlan
) -> Matching:
    """Return *matching* with all that nobody has said yet: what is proposed, else nothing.

    Args:
        matching: what was said.
        unknown: by table the headings that nobody knows.
        planned: what an import comes to by *matching*.
    """
    tables = {name: dict(own) for name, own in matching.tables.items()}
    for name, headings in unknown.items():
        for heading in headings:
            tables.setdefault(name, {})[heading] = ""
    words = {field: dict(said) for field, said in matching.words.items()}
    unsaid = {field: "" for each in planned.blocking
              if (field := each.field or each.heading) == _NEEDED and not each.word}  # fmt: skip
    unsaid |= {each.field: each.proposal for each in planned.strange if not each.word}
    for each in [each for each in planned.strange if each.word][:_MOST_WORDS]:
        words.setdefault(each.field, {}).setdefault(each.word, each.proposal)
    defaults = {**unsaid, **matching.defaults}
    return replace(matching, tables=tables, words=words, defaults=defaults)


def saved_matchings(workspace: Workspace) -> list[Matching]:
    """Return the 对照 of the workspace by name; one that cannot be read is left out."""
    found = []
    for path in _saved(workspace):
        with suppress(MatchingNotUnderstood):  # doctor tells which
            found.append(read_matching(path))
    return found


def read_saved_matchings(workspace: Workspace) -> list[Matching]:
    """Return the same, all of them.

    Raises:
        MatchingNotUnderstood: one is wrong.
    """
    return [read_matching(path) for path in _saved(workspace)]


def fitting(matchings: Iterable[Matching], headings: Iterable[str]) -> Matching:
    """Return which of *matchings* was made for a file with these headings, else an empty one."""
    present = {heading for heading in headings if heading}
    fits = [each for each in matchings if _headings(each) and _headings(each) <= present]
    return max(fits, key=lambda matching: len(_headings(matching)), default=Matching())


def _fault(matching: Matching, found: Mapping[str, Any]) -> str:
    """Return what of a file is no part of a 对照, in words; empty where all of it is."""
    parts = (_NAME, _COLUMNS, _TABLES, _WORDS, _DEFAULTS)
    for name in found:
        if name not in parts:
            right = "、".join(f"[{part}]" for part in parts[1:])
            return f"没有 [{name}] 这一段，可以写的是 {right}"
    known = {field for kind in TableKind for field in fields(kind)}
    columns = (matching.columns, *matching.tables.values())
    named = {field for each in columns for field in each.values() if field}
    for field in (*named, *matching.words, *matching.defaults):
        if field not in known:
            near = "、".join(difflib.get_close_matches(field, known, 3, 0.4))
            return f"没有“{field}”这一栏" + (f"，相近的是 {near}" if near else "")
    for field, said in matching.defaults.items():
        if field in CHOICES and said not in CHOICES[field]:
            return f"{field}没有“{said}”，可以写的是 {'、'.join(CHOICES[field])}"
    return ""


def _headings(matching: Matching) -> set[str]:
    return {*matching.columns}.union(*matching.tables.values())


def _saved(workspace: Workspace) -> list[Path]:
    return sorted(_folder(workspace).glob("*.toml"))


def _folder(workspace: Workspace) -> Path:
    return workspace.root / "import"


def _texts(found: Mapping[str, Any]) -> dict[str, str]:
    texts = dict(found.items())
    if not all(isinstance(value, str) for value in texts.values()):
        raise TypeError(found)
    return texts


def _said(found: Mapping[str, Any]) -> dict[str, str]:
    return {word: ours for word, ours in _texts(found).items() if ours}
