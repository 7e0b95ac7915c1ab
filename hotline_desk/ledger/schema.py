"""The ledger's schema: released steps that are never edited, and how a file is brought up to date.

A step is a fossil: it imports nothing of ours. Money is in fen, take time in seconds, a moment is
text of one zone and one length (2026-11-25T10:03:20+08:00), so that its order is that of time.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

migrations = Migrations("ledger")


@migrations()
def m001_tables_of_the_desk(db: Database) -> None:
    """Make every table that the desk works with."""
    db.executescript("""
        CREATE TABLE episodes (
            number INTEGER PRIMARY KEY CHECK (number > 0),
            day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
            starts TEXT NOT NULL,
            ends TEXT NOT NULL,
            topic TEXT NOT NULL DEFAULT '',
            host TEXT NOT NULL DEFAULT '',
            producer TEXT NOT NULL DEFAULT '',
            listeners INTEGER CHECK (listeners >= 0),
            listeners_source TEXT NOT NULL DEFAULT '',
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;

        CREATE TABLE guests (
            episode INTEGER NOT NULL REFERENCES episodes (number),
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            unit TEXT NOT NULL DEFAULT '',
            post TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (episode, position)
        ) STRICT;

        CREATE TABLE people (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL DEFAULT ''
        ) STRICT;

        CREATE TABLE numbers (
            id INTEGER PRIMARY KEY,
            phone TEXT NOT NULL UNIQUE,
            digits TEXT NOT NULL
        ) STRICT;
        CREATE INDEX numbers_by_digits ON numbers (digits);

        CREATE TABLE takes (
            folder TEXT PRIMARY KEY CHECK (folder <> ''),
            episode INTEGER REFERENCES episodes (number),
            started_at TEXT CHECK (started_at GLOB '????-??-??T??:??:??+08:00'),
            captions_read INTEGER NOT NULL DEFAULT 0 CHECK (captions_read >= 0)
        ) STRICT;

        CREATE TABLE calls (
            id INTEGER PRIMARY KEY,
            episode INTEGER REFERENCES episodes (number),
            channel TEXT NOT NULL,
            line TEXT NOT NULL DEFAULT '',
            person_id INTEGER REFERENCES people (id),
            number_id INTEGER REFERENCES numbers (id),
            district TEXT NOT NULL DEFAULT '',
            employer TEXT NOT NULL DEFAULT '',
            occupation TEXT NOT NULL DEFAULT '',
            caller_kind TEXT NOT NULL,
            point TEXT NOT NULL DEFAULT '',
            take TEXT REFERENCES takes (folder),
            began REAL,
            ended REAL,
            at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??+08:00'),
            state TEXT NOT NULL,
            state_since TEXT NOT NULL CHECK (state_since GLOB '????-??-??T??:??:??+08:00'),
            consent_record INTEGER CHECK (consent_record IN (0, 1)),
            consent_broadcast INTEGER CHECK (consent_broadcast IN (0, 1)),
            consent_replay INTEGER CHECK (consent_replay IN (0, 1)),
            consent_pass_on INTEGER CHECK (consent_pass_on IN (0, 1)),
            name_to_employer INTEGER NOT NULL DEFAULT 0 CHECK (name_to_employer IN (0, 1)),
            urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
            notes TEXT NOT NULL DEFAULT '',
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;
        CREATE INDEX calls_by_episode ON calls (episode);
        CREATE INDEX calls_by_take ON calls (take);
        CREATE INDEX calls_by_state ON calls (state);
        CREATE INDEX calls_by_person ON calls (person_id);
        CREATE INDEX calls_by_number ON calls (number_id);

        CREATE TABLE cases (
            id INTEGER PRIMARY KEY,
            number TEXT NOT NULL UNIQUE,
            year INTEGER NOT NULL,
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            received TEXT NOT NULL CHECK (received GLOB '????-??-??'),
            reflected TEXT CHECK (reflected GLOB '????-??-??'),
            employer TEXT NOT NULL DEFAULT '',
            matter TEXT NOT NULL DEFAULT '',
            people INTEGER CHECK (people >= 0),
            claimed_fen INTEGER CHECK (claimed_fen >= 0),
            route TEXT NOT NULL DEFAULT '',
            owner TEXT NOT NULL DEFAULT '',
            helpers TEXT NOT NULL DEFAULT '',
            course TEXT NOT NULL,
            -- contacts, grades, plan, pauses, extension, closing, as JSON
            events TEXT NOT NULL CHECK (json_valid(events)),
            closing TEXT NOT NULL DEFAULT '',
            finish TEXT NOT NULL DEFAULT '',
            finished_on TEXT CHECK (finished_on GLOB '????-??-??'),
            agreed_fen INTEGER NOT NULL DEFAULT 0 CHECK (agreed_fen >= 0),
            pay_by TEXT CHECK (pay_by GLOB '????-??-??'),
            received_fen INTEGER NOT NULL DEFAULT 0 CHECK (received_fen >= 0),
            basis TEXT NOT NULL DEFAULT '',
            results TEXT NOT NULL DEFAULT '',
            called_back_on TEXT CHECK (called_back_on GLOB '????-??-??'),
            satisfaction TEXT NOT NULL DEFAULT '',
            notes TEXT NOT NULL DEFAULT '',
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
            UNIQUE (year, sequence)
        ) STRICT;
        CREATE INDEX cases_by_course ON cases (removed, course);
        CREATE INDEX cases_by_received ON cases (removed, received DESC);

        CREATE TABLE parties (
            case_id INTEGER NOT NULL REFERENCES cases (id),
            position INTEGER NOT NULL,
            person_id INTEGER REFERENCES people (id),
            name TEXT NOT NULL DEFAULT '',
            claimed_fen INTEGER CHECK (claimed_fen >= 0),
            received_fen INTEGER CHECK (received_fen >= 0),
            received_on TEXT CHECK (received_on GLOB '????-??-??'),
            PRIMARY KEY (case_id, position)
        ) STRICT;
        CREATE INDEX parties_by_person ON parties (person_id);

        CREATE TABLE questions (
            id INTEGER PRIMARY KEY,
            number TEXT NOT NULL UNIQUE,
            series TEXT NOT NULL,
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            episode INTEGER REFERENCES episodes (number),
            call_id INTEGER REFERENCES calls (id),
            case_id INTEGER REFERENCES cases (id),
            channel TEXT NOT NULL,
            category TEXT NOT NULL,
            kind TEXT NOT NULL,
            point TEXT NOT NULL DEFAULT '',
            text TEXT NOT NULL DEFAULT '',
            text_typed INTEGER NOT NULL DEFAULT 0 CHECK (text_typed IN (0, 1)),
            employer TEXT NOT NULL DEFAULT '',
            people INTEGER CHECK (people >= 0),
            amount_fen INTEGER CHECK (amount_fen >= 0),
            handling TEXT NOT NULL,
            take TEXT REFERENCES takes (folder),
            asked_line TEXT,
            asked_start REAL,
            asked_end REAL,
            at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??+08:00'),
            day TEXT NOT NULL GENERATED ALWAYS AS (substr(at, 1, 10)) STORED,
            searched TEXT NOT NULL DEFAULT '',
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
            UNIQUE (series, sequence),
            CHECK ((asked_line IS NULL) = (asked_start IS NULL))
        ) STRICT;
        -- each ends in the row's id by itself; with removed in it no row is read to choose
        CREATE INDEX questions_by_day ON questions (removed, day DESC);
        CREATE INDEX questions_by_episode ON questions (removed, episode);
        CREATE INDEX questions_by_category ON questions (removed, category, day DESC);
        CREATE INDEX questions_by_call ON questions (call_id);
        CREATE INDEX questions_by_case ON questions (case_id);
        CREATE INDEX questions_by_take ON questions (take, asked_start);

        CREATE TABLE answers (
            question_id INTEGER PRIMARY KEY REFERENCES questions (id),
            text TEXT NOT NULL DEFAULT '',
            typed INTEGER NOT NULL DEFAULT 0 CHECK (typed IN (0, 1)),
            answered_by TEXT NOT NULL DEFAULT '',
            line TEXT,
            began REAL,
            ended REAL,
            confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1)),
            CHECK ((line IS NULL) = (began IS NULL))
        ) STRICT;

        CREATE TABLE articles (
            question_id INTEGER NOT NULL REFERENCES questions (id),
            position INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (question_id, position)
        ) STRICT;

        CREATE TABLE marks (
            id INTEGER PRIMARY KEY,
            take TEXT NOT NULL REFERENCES takes (folder),
            kind TEXT NOT NULL,
            at REAL NOT NULL,
            wall TEXT NOT NULL CHECK (wall GLOB '????-??-??T??:??:??+08:00'),
            call_id INTEGER REFERENCES calls (id),
            question_id INTEGER REFERENCES questions (id),
            UNIQUE (take, kind, at)
        ) STRICT;
        CREATE INDEX marks_by_call ON marks (call_id);
        CREATE INDEX marks_by_question ON marks (question_id);

        CREATE TABLE utterances (
            id INTEGER PRIMARY KEY,
            take TEXT NOT NULL REFERENCES takes (folder),
            line TEXT NOT NULL,
            began REAL NOT NULL,
            ended REAL NOT NULL,
            text TEXT NOT NULL,
            searched TEXT NOT NULL,
            UNIQUE (take, line, began)
        ) STRICT;

        CREATE TABLE edits (
            id INTEGER PRIMARY KEY,
            take TEXT NOT NULL REFERENCES takes (folder),
            line TEXT NOT NULL,
            began REAL NOT NULL,
            text TEXT NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
            UNIQUE (take, line, began)
        ) STRICT;

        CREATE TABLE history (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            change INTEGER NOT NULL REFERENCES history (id),
            at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??+08:00'),
            who TEXT NOT NULL CHECK (who <> ''),
            what TEXT NOT NULL,
            row INTEGER NOT NULL,
            field TEXT NOT NULL,
            before TEXT NOT NULL CHECK (length(before) = 64),
            after TEXT NOT NULL CHECK (length(after) = 64),
            undoes INTEGER REFERENCES history (id),
            previous TEXT NOT NULL CHECK (length(previous) = 64),
            hash TEXT NOT NULL CHECK (length(hash) = 64)
        ) STRICT;
        CREATE INDEX history_by_record ON history (what, row);
        CREATE INDEX history_by_who ON history (who, change);
        CREATE INDEX history_by_undone ON history (undoes) WHERE undoes IS NOT NULL;
        CREATE INDEX history_by_change ON history (change);

        CREATE TABLE history_values (
            history INTEGER PRIMARY KEY REFERENCES history (id),
            before_salt BLOB NOT NULL,
            before TEXT NOT NULL,
            after_salt BLOB NOT NULL,
            after TEXT NOT NULL
        ) STRICT;

        CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history
        BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
        CREATE TRIGGER history_is_never_deleted BEFORE DELETE ON history
        BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
        CREATE TRIGGER history_values_are_never_changed BEFORE UPDATE ON history_values
        BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
    """)
    for table in ("questions", "utterances"):
        db.executescript(f"""
            CREATE VIRTUAL TABLE {table}_fts USING fts5 (
                searched, content='{table}', content_rowid='id', columnsize=0,
                tokenize='unicode61 remove_diacritics 0'
            );
            CREATE TRIGGER {table}_fts_added AFTER INSERT ON {table} BEGIN
                INSERT INTO {table}_fts (rowid, searched) VALUES (new.id, new.searched);
            END;
            CREATE TRIGGER {table}_fts_removed AFTER DELETE ON {table} BEGIN
                INSERT INTO {table}_fts ({table}_fts, rowid, searched)
                VALUES ('delete', old.id, old.searched);
            END;
            CREATE TRIGGER {table}_fts_changed AFTER UPDATE OF searched ON {table}
            WHEN old.searched <> new.searched BEGIN
                INSERT INTO {table}_fts ({table}_fts, rowid, searched)
                VALUES ('delete', old.id, old.searched);
                INSERT INTO {table}_fts (rowid, searched) VALUES (new.id, new.searched);
            END;
        """)  # noqa: S608  the two names above


@migrations()
def m002_the_office_all_week(db: Database) -> None:
    """Add what the office keeps of its work beyond the hour: facts, registers, closed months."""
    db.executescript("""
        ALTER TABLE calls ADD COLUMN industry TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN labels TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN may_call_back INTEGER CHECK (may_call_back IN (0, 1));
        ALTER TABLE calls ADD COLUMN may_message INTEGER CHECK (may_message IN (0, 1));
        ALTER TABLE calls ADD COLUMN retained TEXT NOT NULL DEFAULT '';

        ALTER TABLE questions ADD COLUMN external_number TEXT NOT NULL DEFAULT '';
        ALTER TABLE questions ADD COLUMN unit TEXT NOT NULL DEFAULT '';
        ALTER TABLE questions ADD COLUMN other_categories TEXT NOT NULL DEFAULT '';
        ALTER TABLE questions ADD COLUMN recorded_by TEXT NOT NULL DEFAULT '';
        ALTER TABLE questions ADD COLUMN notes TEXT NOT NULL DEFAULT '';
        ALTER TABLE questions ADD COLUMN keeping TEXT NOT NULL DEFAULT '10 年';
        CREATE INDEX questions_by_external_number ON questions (external_number)
            WHERE external_number <> '';
        CREATE INDEX questions_by_unit ON questions (removed, unit, day DESC);

        ALTER TABLE cases ADD COLUMN unit TEXT NOT NULL DEFAULT '';
        ALTER TABLE cases ADD COLUMN external_number TEXT NOT NULL DEFAULT '';
        ALTER TABLE cases ADD COLUMN keeping TEXT NOT NULL DEFAULT '10 年';
        ALTER TABLE cases ADD COLUMN retained TEXT NOT NULL DEFAULT '';
        ALTER TABLE cases ADD COLUMN agreed_on TEXT CHECK (agreed_on GLOB '????-??-??');
        -- when money came, what was done beside the course, days that start a limit of the law and
        -- what interrupted it, the rounds before the present one: lists, as JSON
        ALTER TABLE cases ADD COLUMN payments TEXT NOT NULL DEFAULT '[]'
            CHECK (json_valid(payments));
        ALTER TABLE cases ADD COLUMN actions TEXT NOT NULL DEFAULT '[]'
            CHECK (json_valid(actions));
        ALTER TABLE cases ADD COLUMN days TEXT NOT NULL DEFAULT '[]'
            CHECK (json_valid(days));
        ALTER TABLE cases ADD COLUMN interruptions TEXT NOT NULL DEFAULT '[]'
            CHECK (json_valid(interruptions));
        ALTER TABLE cases ADD COLUMN earlier TEXT NOT NULL DEFAULT '[]'
            CHECK (json_valid(earlier));
        ALTER TABLE cases ADD COLUMN merged_into INTEGER REFERENCES cases (id);

        CREATE TABLE staff (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL CHECK (name <> ''),
            kind TEXT NOT NULL,
            team TEXT NOT NULL,
            unit TEXT NOT NULL,
            post TEXT NOT NULL,
            phone TEXT NOT NULL,
            expertise TEXT NOT NULL,
            advises TEXT NOT NULL,
            active INTEGER NOT NULL CHECK (active IN (0, 1)),
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;

        CREATE TABLE points (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL CHECK (name <> ''),
            parent TEXT NOT NULL,
            district TEXT NOT NULL,
            address TEXT NOT NULL,
            phone TEXT NOT NULL,
            hours TEXT NOT NULL,
            active INTEGER NOT NULL CHECK (active IN (0, 1)),
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;

        CREATE TABLE letters (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            number TEXT NOT NULL,
            case_id INTEGER REFERENCES cases (id),
            recipient TEXT NOT NULL,
            sent_on TEXT NOT NULL CHECK (sent_on GLOB '????-??-??'),
            answer_by TEXT CHECK (answer_by GLOB '????-??-??'),
            subject TEXT NOT NULL,
            answered_on TEXT CHECK (answered_on GLOB '????-??-??'),
            answer TEXT NOT NULL,
            notes TEXT NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;
        CREATE INDEX letters_by_case ON letters (case_id);

        CREATE TABLE publications (
            id INTEGER PRIMARY KEY,
            item TEXT NOT NULL CHECK (item <> ''),
            episode INTEGER REFERENCES episodes (number),
            question_id INTEGER REFERENCES questions (id),
            place TEXT NOT NULL,
            published_on TEXT NOT NULL CHECK (published_on GLOB '????-??-??'),
            version TEXT NOT NULL,
            link TEXT NOT NULL,
            approved_by TEXT NOT NULL,
            withdrawn_on TEXT CHECK (withdrawn_on GLOB '????-??-??'),
            reason TEXT NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;
        CREATE INDEX publications_by_episode ON publications (episode);
        CREATE INDEX publications_by_question ON publications (question_id);

        CREATE TABLE accesses (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??+08:00'),
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            why TEXT NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;

        -- who and what was deleted by ids, never by names; unfinished until all files are clean
        CREATE TABLE deletions (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??+08:00'),
            who TEXT NOT NULL,
            reason TEXT NOT NULL,
            plan TEXT NOT NULL CHECK (json_valid(plan)),
            finished_at TEXT CHECK (finished_at GLOB '????-??-??T??:??:??+08:00'),
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;

        CREATE TABLE openings (
            id INTEGER PRIMARY KEY,
            figure TEXT NOT NULL,
            value INTEGER NOT NULL,
            source TEXT NOT NULL,
            as_of TEXT CHECK (as_of GLOB '????-??-??'),
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;

        CREATE TABLE published_categories (
            id INTEGER PRIMARY KEY,
            category TEXT NOT NULL,
            published TEXT NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;

        CREATE TABLE month_closings (
            id INTEGER PRIMARY KEY,
            month TEXT NOT NULL CHECK (month GLOB '????-??'),
            unit TEXT NOT NULL,
            figures TEXT NOT NULL CHECK (json_valid(figures)),
            prepared_by TEXT NOT NULL,
            reviewed_by TEXT NOT NULL,
            signed_by TEXT NOT NULL,
            reported_on TEXT NOT NULL CHECK (reported_on GLOB '????-??-??'),
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;

        CREATE TABLE views (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL CHECK (name <> ''),
            shows TEXT NOT NULL CHECK (json_valid(shows)),
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;
    """)
    for table in ("questions", "utterances"):
        db.executescript(f"""
            -- the pinyin initial of each character; filled by `fill`, which knows how to spell
            ALTER TABLE {table} ADD COLUMN initials TEXT NOT NULL DEFAULT '';
            CREATE VIRTUAL TABLE {table}_initials USING fts5 (
                initials, content='{table}', content_rowid='id', columnsize=0, detail=none,
                tokenize='trigram'
            );
            -- so that it knows the rows that the triggers take out of it
            INSERT INTO {table}_initials ({table}_initials) VALUES ('rebuild');
            CREATE TRIGGER {table}_initials_added AFTER INSERT ON {table} BEGIN
                INSERT INTO {table}_initials (rowid, initials) VALUES (new.id, new.initials);
            END;
            CREATE TRIGGER {table}_initials_removed AFTER DELETE ON {table} BEGIN
                INSERT INTO {table}_initials ({table}_initials, rowid, initials)
                VALUES ('delete', old.id, old.initials);
            END;
            CREATE TRIGGER {table}_initials_changed AFTER UPDATE OF initials ON {table}
            WHEN old.initials <> new.initials BEGIN
                INSERT INTO {table}_initials ({table}_initials, rowid, initials)
                VALUES ('delete', old.id, old.initials);
                INSERT INTO {table}_initials (rowid, initials) VALUES (new.id, new.initials);
            END;
        """)  # noqa: S608  the two names above


SEARCHED_BY = {
    "utterances_fts": "字幕",
    "questions_fts": "问题",
    "utterances_initials": "字幕首字母",
    "questions_initials": "问题首字母",
}
"""The indexes that are searched, and what people call what is in them."""


def fill(db: Database) -> None:
    """Fill what the steps have made of old rows and only our function ``lettered`` can fill."""
    db.execute(
        "UPDATE utterances SET initials = lettered(coalesce((SELECT edits.text FROM edits"
        " WHERE edits.take = utterances.take AND edits.line = utterances.line"
        " AND edits.began = utterances.began AND edits.removed = 0), text)) WHERE initials = ''"
    )
    db.execute(
        "UPDATE questions SET initials = lettered(point, text, (SELECT answers.text FROM answers"
        " WHERE question_id = questions.id)) WHERE initials = ''"
    )


def is_empty(db: Database) -> bool:
    """Return whether the file holds nothing yet."""
    return not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def is_ledger(db: Database) -> bool:
    """Return whether the file has been through one of our steps."""
    return bool(migrations.applied(db))


def changed(db: Database) -> Sequence[str]:
    """Return the names of what is not as our steps make it: tables, indexes and triggers."""
    present = dict(db.execute("SELECT name, sql FROM sqlite_master").fetchall())
    return sorted(name for name, sql in _made_by(migrations).items() if present.get(name) != sql)


@functools.cache
def _made_by(steps: Migrations) -> Mapping[str, str]:
    with Database(memory=True, execute_plugins=False) as empty:
        steps.apply(empty)
        # how SQLite itself lays out its search tables is its own affair
        made = empty.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " AND name NOT IN ('_sqlite_migrations', 'sqlite_sequence')"
            " AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')"
        )
        return dict(made.fetchall())


def unknown_steps(db: Database) -> Sequence[str]:
    """Return the steps in the file that this version does not know."""
    with Database(memory=True, execute_plugins=False) as empty:
        known = {step.name for step in migrations.pending(empty)}
    return sorted({step.name for step in migrations.applied(db)} - known)


def pending_steps(db: Database) -> Sequence[str]:
    """Return the steps that the file has not been through, in order."""
    return [step.name for step in migrations.pending(db)]
