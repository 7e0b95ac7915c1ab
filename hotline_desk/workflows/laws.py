"""Read the office's list of articles of law."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from hotline_desk.domain.categories import Category
from hotline_desk.domain.laws import Article
from hotline_desk.errors import ArticlesNotUnderstood
from hotline_desk.paths import resource
from hotline_desk.workflows.written import heading_place, read_written, wrong_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hotline_desk.paths import Workspace

_NAME = "articles.toml"


def read_articles(workspace: Workspace) -> tuple[Article, ...]:
    """Return the office's own list, ``articles.toml`` in the workspace, else the shipped one.

    Raises:
        ArticlesNotUnderstood: the list is wrong.
    """
    own = workspace.root / _NAME
    path = own if own.exists() else resource("laws") / _NAME
    try:
        text = read_written(path)
        laws = tomllib.loads(text)["law"]
    except (OSError, ValueError, KeyError) as error:
        raise ArticlesNotUnderstood(path, wrong_place(path, error)) from error
    found: list[tuple[Article, ...]] = []
    try:
        found.extend(tuple(_articles(law)) for law in laws)
    except (ValueError, KeyError, TypeError, re.error) as error:
        raise ArticlesNotUnderstood(path, heading_place(text, "law", len(found))) from error
    return tuple(article for articles in found for article in articles)


def _articles(law: dict[str, Any]) -> Iterator[Article]:
    for each in law["article"]:
        yield Article(
            law=law["name"],
            number=each["number"],
            category=Category(each["category"]),
            about=each["about"],
            keys=tuple(map(re.compile, each["keys"])),
            since=law["since"],
            amended=law.get("amended"),
            until=law.get("until"),
            checked=each.get("checked", True),
        )
