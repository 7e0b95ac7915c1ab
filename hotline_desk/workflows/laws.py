"""Read the office's list of articles of law."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from hotline_desk.domain.categories import Category
from hotline_desk.domain.laws import Article
from hotline_desk.errors import ArticlesNotUnderstood
from hotline_desk.paths import resource

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
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(article for law in found["law"] for article in _articles(law))
    except (OSError, ValueError, KeyError, TypeError, re.error) as error:
        raise ArticlesNotUnderstood(path) from error


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
