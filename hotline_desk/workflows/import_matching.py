"""Keep how another platform's columns and words become ours: 对照, one small file each."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import tomli_w

from hotline_desk.domain.importing import Matching
from hotline_desk.errors import ExportUnwritable, MatchingNotUnderstood
from hotline_desk.paths import file_name
from hotline_desk.system import write_whole
from hotline_desk.workflows.written import read_written, wrong_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from hotline_desk.paths import Workspace

_NAME, _COLUMNS, _TABLES = "name", "columns", "tables"
_WORDS, _DEFAULTS = "words", "defaults"


def read_matching(path: Path) -> Matching:
    """Return the 对照 that lies at *path*.

    It is TOML: ``columns`` says which heading is which field (empty: not imported), ``tables``
    the same for one sheet by its name, ``words`` for each field which word is which of ours,
    ``defaults`` what holds where the file says nothing.

    Raises:
        MatchingNotUnderstood: the file is missing or wrong.
    """
    try:
        found = tomllib.loads(read_written(path))
        return Matching(
            name=str(found.get(_NAME, path.stem)),
            columns=_texts(found.get(_COLUMNS, {})),
            tables={name: _texts(own) for name, own in found.get(_TABLES, {}).items()},
            words={field: _texts(words) for field, words in found.get(_WORDS, {}).items()},
            defaults=_texts(found.get(_DEFAULTS, {})),
        )
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise MatchingNotUnderstood(path, wrong_place(path, error)) from error


def save_matching(matching: Matching, workspace: Workspace) -> Path:
    """Write a 对照 into the workspace under its name; return where.

    Raises:
        ExportUnwritable: the workspace cannot be written.
    """
    path = _folder(workspace) / f"{file_name(matching.name)}.toml"
    facts = {
        _NAME: matching.name,
        _COLUMNS: dict(matching.columns),
        _TABLES: {name: dict(own) for name, own in matching.tables.items()},
        _WORDS: {field: dict(words) for field, words in matching.words.items() if words},
        _DEFAULTS: dict(matching.defaults),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, tomli_w.dumps(facts).encode())
    except OSError as error:
        raise ExportUnwritable(path) from error
    return path


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
