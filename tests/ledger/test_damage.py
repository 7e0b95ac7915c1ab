"""A file that a bad disk or a torn copy has changed is told as that, whatever is asked of it."""

import dataclasses
import math
import random
import sqlite3
from contextlib import closing, suppress

import pytest

from hotline_desk.domain.calls import Caller, CallState, Gender
from hotline_desk.domain.casework.letters import Letter
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Span
from hotline_desk.domain.staff import Staff
from hotline_desk.domain.utterances import Edit
from hotline_desk.errors import LedgerError, NotALedger
from hotline_desk.ledger import Ledger
from hotline_desk.ledger.examination import caption_faults
from tests.ledger import office_writer
from tests.ledger.records import AT, EPISODE, TAKE, a_call, a_question, heard

HEARD = [heard(f"第{at}句说的是工资和加班", at * 3.0) for at in range(60)]
USES = [
    lambda ledger: ledger.episodes(),
    lambda ledger: ledger.calls(),
    lambda ledger: ledger.earlier_calls("138 0000 5678"),
    lambda ledger: ledger.questions(),
    lambda ledger: ledger.question_numbered("GHFL-2026-190-01"),
    lambda ledger: ledger.cases(),
    lambda ledger: ledger.kept(Staff),
    lambda ledger: ledger.kept(Letter),
    lambda ledger: ledger.has_unit("东港区"),
    lambda ledger: ledger.history("calls", 1),
    lambda ledger: ledger.history("cases", 1),
    lambda ledger: ledger.takes(),
    lambda ledger: ledger.counted_questions(),
    lambda ledger: ledger.utterances(TAKE),
    lambda ledger: ledger.edits(TAKE),
    lambda ledger: ledger.search("工资"),
    lambda ledger: ledger.search("加班 两个月"),
    lambda ledger: ledger.examine(),
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a ledger with a few records of every kind."""
    path = tmp_path_factory.mktemp("sound") / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.save_episode(EPISODE, by="甲")
        caller = Caller(name="王芳", title=Gender.WOMAN, phone="13800005678", employer="某厂")
        call = ledger.add_call(a_call(caller=caller, take=TAKE, began=1.0), by="甲")
        ledger.set_state(call.id, CallState.ANSWERED, at=AT, by="甲")
        asked = Span(line="来电", start=1.0, end=9.0)
        for category in Category:
            question = ledger.add_question(
                a_question(call_id=call.id, take=TAKE, asked=asked, text="拖欠两个月工资"), by="甲"
            )
            ledger.save_question(
                dataclasses.replace(question, category=category, answer="依法可以申请"), by="乙"
            )
        for kind, _ in office_writer.WRITES:
            if kind is not office_writer.captions:
                kind(ledger, office_writer.word(1))
        ledger.add_take(TAKE, EPISODE.number, AT)
        ledger.copy_utterances(TAKE, HEARD)
        ledger.add_edit(TAKE, Edit("来电", 3.0, "加班，两个月"), by="甲")
        assert ledger.examine() == []
    return path.read_bytes()


def with_one_byte_changed(sound, chance):
    """Return *sound* with a byte changed: anywhere, in the first pages, or where something is."""
    changed = bytearray(sound)
    place = chance.choice(
        [
            chance.randrange(len(sound)),
            chance.randrange(100),
            chance.randrange(3 * 4096),
            chance.choice([at for at in range(0, len(sound), 7) if sound[at]]),
        ]
    )
    changed[place] = (changed[place] + chance.randrange(1, 256)) % 256
    return bytes(changed)


def use_everything(content, path):
    """Ask everything of a ledger that holds *content*: only our own errors may come of it."""
    path.write_bytes(content)
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    with suppress(LedgerError), Ledger.open(path) as ledger:
        for use in USES:
            with suppress(LedgerError):
                use(ledger)


@pytest.mark.slow
def test_a_changed_byte_is_never_taken_for_a_fault_of_the_program(sound, tmp_path):
    chance = random.Random(2026)
    for _ in range(250):
        use_everything(with_one_byte_changed(sound, chance), tmp_path / "ledger.db")


@pytest.fixture
def path(sound, tmp_path):
    path = tmp_path / "ledger.db"
    path.write_bytes(sound)
    return path


def damaged(path, sql, *values):
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA writable_schema = ON")
        file.execute("PRAGMA ignore_check_constraints = ON")
        file.execute("DROP TRIGGER history_values_are_never_changed")
        file.execute(sql, values)


def faults_of(path):
    with Ledger.open(path) as ledger:
        return {name: faults for name, faults in ledger.examination() if faults}


def refuses(path, use):
    with Ledger.open(path) as ledger, pytest.raises(NotALedger) as error:
        use(ledger)
    return error.value.path == path


def test_a_search_index_of_no_known_format_is_named(path):
    damaged(path, "UPDATE utterances_fts_config SET v = 0 WHERE k = 'version'")

    assert refuses(path, lambda ledger: ledger.search("工资"))
    assert faults_of(path)["检索"] == ["字幕的检索与内容不符，请用 doctor --rebuild 重建"]


@pytest.mark.parametrize("value", [b"{", b"[1]", b"7", b'"\xe5\x88"'])
def test_a_changed_value_of_the_history_is_named_with_what_comes_after(path, value):
    damaged(path, "UPDATE history_values SET after = CAST(? AS TEXT) WHERE history = 1", value)

    assert {"历史", "与历史相符"} <= faults_of(path).keys()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE questions SET category = '工伤x' WHERE id = 3",
        "UPDATE questions SET at = '2026-1x-25T10:03:20+08:00' WHERE id = 3",
        "UPDATE questions SET text = CAST(x'e58822' AS TEXT) WHERE id = 3",
    ],
)
def test_a_record_that_makes_no_sense_is_damage(path, sql):
    damaged(path, sql)

    assert refuses(path, lambda ledger: ledger.questions())
    assert "记录" in faults_of(path)


def test_a_text_that_cannot_be_indexed_anew_is_damage(path):
    damaged(path, "UPDATE questions SET text = CAST(x'e58822' AS TEXT) WHERE id = 3")

    assert refuses(path, lambda ledger: ledger.rebuild_search())


def test_a_table_that_has_lost_a_column_is_named(path):
    damaged(
        path,
        "UPDATE sqlite_master SET sql = replace(sql, 'confirmed', 'confirmee')"
        " WHERE name = 'answers'",
    )

    assert refuses(path, lambda ledger: ledger.questions())
    assert "answers 的结构不是建立时的样子" in faults_of(path)["台账文件"]


def test_a_fault_of_the_program_stays_one(path):
    with Ledger.open(path) as ledger:
        with pytest.raises(sqlite3.OperationalError), ledger._read() as db:
            db.execute("SELECT nothing_of_this_name FROM questions")
        with pytest.raises(ValueError, match="甲"), ledger._read():
            raise ValueError("甲")


def copied(path):
    with Ledger.open(path) as ledger:
        return ledger.utterances(TAKE, start=-math.inf)


def test_copies_are_like_their_captions_whatever_follows_or_is_edited(path):
    half = b"\xe5".decode("utf-8", "surrogateescape")
    with Ledger.open(path) as ledger:
        ledger.copy_utterances(TAKE, [heard(half, 500.0, line=half)])

    assert caption_faults([*HEARD, heard(half, 500.0, line=half)], copied(path)) == []
    later = [heard("还没有收进来", 600.0), heard("同一时刻又一句", 500.0, line=half)]
    assert caption_faults([*HEARD, heard(half, 500.0, line=half), *later], copied(path)) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE utterances SET began = 3.5 WHERE id = 2",
        "UPDATE utterances SET ended = ended + 0.5 WHERE id = 2",
        "UPDATE utterances SET began = -3.0, ended = -1.0 WHERE id = 2",
        "UPDATE utterances SET line = '演播室' WHERE id = 2",
        "UPDATE utterances SET text = '加薪' WHERE id = 2",
    ],
)
def test_a_changed_copy_is_unlike_its_caption(path, sql):
    damaged(path, sql)

    assert caption_faults(HEARD, copied(path)) == [
        "台账里有 1 句字幕与录音里的不符，请用 doctor --rebuild 重建"
    ]
