"""The second step of the ledger's schema; released, it is never edited.

A fossil: it imports nothing of ours. Units are those of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


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
