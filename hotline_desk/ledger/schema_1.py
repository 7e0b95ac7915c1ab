"""The first step of the ledger's schema; released, it is never edited.

A fossil: it imports nothing of ours. Money is in fen, take time in seconds, a moment is text of one
zone and one length (2026-11-25T10:03:20+08:00), so that its order is that of time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


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
