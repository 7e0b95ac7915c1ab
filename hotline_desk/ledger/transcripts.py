"""Transcripts: copies of what lies in the takes, made findable; only edits are the ledger's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.ledger.connection import row, rows
from hotline_desk.ledger.search import indexed, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from hotline_desk.domain.utterances import Edit, Utterance


def add_take(db: Database, folder: str, episode: int | None, started_at: str | None) -> None:
    """Note a take, or what is now known of it; what is None stays as it was."""
    db.conn.execute(
        "INSERT INTO takes (folder, episode, started_at) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET episode = coalesce(excluded.episode, episode),"
        " started_at = coalesce(excluded.started_at, started_at)",
        (folder, episode, started_at),
    )


def takes(db: Database, episode: int | None) -> dict[str, int]:
    """Return the folders of takes by name, and how many bytes of captions were copied."""
    found = rows(
        db,
        "SELECT folder, captions_read FROM takes WHERE ?1 IS NULL OR episode = ?1 ORDER BY folder",
        (episode,),
    )
    return {each["folder"]: each["captions_read"] for each in found}


def copy(db: Database, take: str, utterances: Iterable[Utterance], read_to: int) -> int:
    """Add those *utterances* that are not there yet; return how many were new."""
    add_take(db, take, None, None)
    laid = {
        (found["line"], found["began"]): found["text"]
        for found in rows(
            db, "SELECT line, began, text FROM edits WHERE take = ? AND removed = 0", (take,)
        )
    }
    added = db.conn.executemany(
        "INSERT INTO utterances (take, line, began, ended, text, searched, initials)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            (
                take,
                heard.line,
                heard.start,
                heard.end,
                heard.text,
                *indexed(laid.get((heard.line, heard.start), heard.text)).values(),
            )
            for heard in utterances
        ),
    )
    db.conn.execute(
        "UPDATE takes SET captions_read = max(captions_read, ?) WHERE folder = ?", (read_to, take)
    )
    return added.rowcount


def replace(db: Database, take: str, utterances: Iterable[Utterance], read_to: int) -> int:
    """Put *utterances* in the place of all copies of a take; return how many there are."""
    db.conn.execute("DELETE FROM utterances WHERE take = ?", (take,))
    db.conn.execute("UPDATE takes SET captions_read = 0 WHERE folder = ?", (take,))
    return copy(db, take, utterances, read_to)


def edit_id(db: Database, take: str, edit: Edit) -> int | None:
    """Return which edit lies over the same utterance, taken back or not."""
    found = row(
        db,
        "SELECT id FROM edits WHERE take = ? AND line = ? AND began = ?",
        (take, edit.line, edit.start),
    )
    return found["id"] if found else None


def rebuild_search(db: Database) -> None:
    """Index every text anew."""
    from hotline_desk.ledger import schema  # noqa: PLC0415  sqlite-utils is slow to load

    db.conn.create_function("spaced", -1, spaced, deterministic=True)
    # first the indexes as such: on a damaged one the updates below would fail
    for index in schema.SEARCHED_BY:
        db.conn.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608  ours
    db.conn.execute(
        "UPDATE utterances SET searched = anew, initials = letters FROM (SELECT utterances.id"
        " AS found, spaced(coalesce(edits.text, utterances.text)) AS anew,"
        " lettered(coalesce(edits.text, utterances.text)) AS letters FROM utterances"
        " LEFT JOIN edits ON edits.take = utterances.take AND edits.line = utterances.line"
        " AND edits.began = utterances.began AND edits.removed = 0)"
        " WHERE id = found AND (searched <> anew OR initials <> letters)"
    )
    db.conn.execute(
        "UPDATE questions SET searched = anew, initials = letters FROM (SELECT id AS found,"
        " spaced(point, questions.text, answers.text) AS anew,"
        " lettered(point, questions.text, answers.text) AS letters FROM questions"
        " JOIN answers ON question_id = id)"
        " WHERE id = found AND (searched <> anew OR initials <> letters)"
    )
