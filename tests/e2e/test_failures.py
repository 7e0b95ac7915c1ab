"""Each failure we foresee as a user meets it: exit code 1, one Chinese sentence, no harm done.

What a machine must lack (fonts, room, the right to write) is hidden or mounted in a namespace
that the command alone lives in.
"""

import os
import shutil
import sqlite3
import subprocess
from datetime import date
from pathlib import Path

import imageio_ffmpeg
import pytest

from hotline_desk.domain.episodes import Episode
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.paths import Workspace, resource
from hotline_desk.speech.models import DEMO_NOTICE
from tests.e2e.desk_runs import command, environment
from tests.e2e.namespaces import namespaces

pytestmark = pytest.mark.slow

SAMPLE = min(resource("samples").glob("call-*.wav"))
SYSTEM_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")
LINE = f"来电=file:{SAMPLE}?speed=8"


@pytest.fixture
def workspace(tmp_path):
    """A workspace with an episode in its ledger."""
    root = tmp_path / "工作"
    root.mkdir()
    with Ledger.open(Workspace(root).ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25)), by="测试")
    return root


def complaint(*arguments, workspace, mounts="", **variables):
    """Return the sentence with which a command fails; *mounts* is what it finds mounted."""
    words = command(*arguments, workspace=workspace)
    if mounts:
        words = [*namespaces("--mount"), "sh", "-c", f'set -e; {mounts}; "$@"', "sh", *words]
    done = subprocess.run(
        words, env=environment(**variables), cwd=workspace.parent, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1, (done.stdout, done.stderr)
    said = done.stderr.removeprefix(DEMO_NOTICE + "\n")  # which model is at work is told first
    assert said.count("\n") == 1, said
    sentence = said.rstrip("\n")
    assert sentence.endswith("。"), sentence
    assert any("\u4e00" <= char <= "\u9fff" for char in sentence)
    assert "Error" not in sentence
    assert "Errno" not in sentence
    return sentence


def empty_over(*folders):
    return "; ".join(
        f"if [ -d '{folder}' ]; then mount -t tmpfs tmpfs '{folder}'; fi" for folder in folders
    )


def contents(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith((".lock", ".log", "-shm", "-wal"))
    }


def test_a_missing_library_of_the_system_is_named_with_what_to_install(workspace):
    library = next(Path("/usr/lib").glob("*/libEGL.so.1"), None)
    if library is None:
        pytest.skip("a system of another kind")

    sentence = complaint(workspace=workspace, mounts=f"mount --bind /dev/null {library.resolve()}")

    assert "libEGL.so.1" in sentence
    assert "apt-get install libgl1 libegl1" in sentence


def test_a_missing_model_is_named(tmp_path, workspace):
    nowhere = tmp_path / "没有模型"

    sentence = complaint("transcribe", str(SAMPLE), "--model", str(nowhere), workspace=workspace)

    assert str(nowhere) in sentence


@pytest.mark.parametrize("arguments", [("transcribe", str(SAMPLE)), ("model", "check")])
def test_without_any_model_the_command_says_so(workspace, arguments):
    sentence = complaint(*arguments, workspace=workspace, mounts=empty_over(resource("models")))

    assert "语音模型" in sentence


@pytest.mark.parametrize("words", [("transcribe", str(SAMPLE), "--model"), ("model", "check")])
def test_a_broken_model_takes_nothing_with_it(tmp_path, workspace, words):
    (model,) = [path for path in resource("models").iterdir() if path.is_dir()]
    broken = tmp_path / "broken-model"
    shutil.copytree(model, broken)
    (broken / "am" / "final.mdl").write_bytes(os.urandom(4096))

    sentence = complaint(*words, str(broken), workspace=workspace)

    assert str(broken) in sentence


def test_captions_with_a_broken_model_leave_the_take_as_it_is(tmp_path, workspace):
    take = tmp_path / "take"
    recorded = subprocess.run(
        command("record", "--line", LINE, "--take", str(take), "--for", "2", workspace=workspace),
        env=environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert recorded.returncode == 0, recorded.stderr
    before = contents(take)
    broken = tmp_path / "broken-model"
    (broken / "am").mkdir(parents=True)
    (broken / "am" / "final.mdl").write_bytes(b"not a model")

    complaint("caption", str(take), "--model", str(broken), workspace=workspace)

    assert {name: bytes_ for name, bytes_ in contents(take).items() if bytes_} == before


def test_an_input_that_is_not_there_leaves_no_take(tmp_path, workspace):
    take = tmp_path / "take"

    complaint("record", "--line", "来电=没有这个话筒", "--take", str(take), workspace=workspace)

    assert not take.exists()


def test_a_sound_file_that_is_not_there_leaves_no_take(tmp_path, workspace):
    take, sound = tmp_path / "take", tmp_path / "没有.wav"

    sentence = complaint(
        "record", "--line", f"来电=file:{sound}", "--take", str(take), workspace=workspace
    )

    assert str(sound) in sentence
    assert not take.exists()


@pytest.mark.parametrize(
    "arguments", [("demo", "--headless"), ("record", "--line", LINE, "--take", "take")]
)
def test_a_file_in_place_of_the_workspace_is_left_alone(tmp_path, arguments):
    (tmp_path / "工作").write_text("一个文件", encoding="utf-8")

    sentence = complaint(*arguments, workspace=tmp_path / "工作")

    assert "工作" in sentence
    assert (tmp_path / "工作").read_text(encoding="utf-8") == "一个文件"


@pytest.mark.parametrize(
    "arguments", [("demo", "--headless"), ("record", "--line", LINE, "--take", "{workspace}/take")]
)
def test_a_workspace_that_cannot_be_written_is_named(workspace, arguments):
    before = contents(workspace)
    read_only = f"mount --bind '{workspace}' '{workspace}'; mount -o remount,ro,bind '{workspace}'"

    sentence = complaint(
        *(word.format(workspace=workspace) for word in arguments),
        workspace=workspace, mounts=read_only,
    )  # fmt: skip

    assert str(workspace) in sentence
    assert contents(workspace) == before


@pytest.mark.parametrize(
    "arguments", [("demo", "--headless"), ("record", "--line", LINE, "--take", "{workspace}/take")]
)
def test_a_full_disk_is_told_before_anything_is_recorded(tmp_path, arguments):
    workspace = tmp_path / "工作"
    workspace.mkdir()
    left = tmp_path / "left"
    full = (
        f"mount -t tmpfs -o size=200k tmpfs '{workspace}';"
        f" trap \"find '{workspace}' -type f > '{left}'\" EXIT"
    )

    sentence = complaint(
        *(word.format(workspace=workspace) for word in arguments), workspace=workspace, mounts=full
    )

    assert str(workspace) in sentence
    assert ".wav" not in left.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments", [("search", "工资"), ("summary", "190", "-o", "190.pdf"), ("doctor",)]
)
def test_a_ledger_from_a_newer_version_is_left_alone(workspace, arguments):
    ledger = Workspace(workspace).ledger
    with sqlite3.connect(ledger) as db:
        db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " select migration_set, 'm999_later', applied_at from _sqlite_migrations limit 1"
        )
    db.close()
    before = contents(workspace)

    sentence = complaint(*arguments, workspace=workspace)

    assert str(ledger) in sentence
    assert "升级" in sentence
    assert contents(workspace) == before


@pytest.mark.parametrize(
    "arguments",
    [("search", "工资"), ("summary", "190", "-o", "190.pdf"), ("doctor",), ("demo", "--headless")],
)
@pytest.mark.parametrize("damage", ["another kind of file", "torn pages"])
def test_a_damaged_ledger_is_left_alone(workspace, arguments, damage):
    ledger = Workspace(workspace).ledger
    whole = ledger.read_bytes()
    ledger.write_bytes(
        "这不是台账。".encode() * 500
        if damage == "another kind of file"
        else whole[:1024] + os.urandom(len(whole) - 1024)
    )
    before = ledger.read_bytes()

    sentence = complaint(*arguments, workspace=workspace)

    assert str(ledger) in sentence
    assert ledger.read_bytes() == before
    assert not list(workspace.rglob("*.pdf"))


def test_without_a_chinese_font_there_is_no_pdf(tmp_path, workspace):
    pdf = tmp_path / "190.pdf"

    sentence = complaint(
        "summary", "190", "-o", str(pdf), workspace=workspace,
        mounts=empty_over(resource("fonts"), *SYSTEM_FONTS),
    )  # fmt: skip

    assert "字体" in sentence
    assert not pdf.exists()


def test_a_pdf_that_cannot_be_written_is_named(tmp_path, workspace):
    in_the_way = tmp_path / "190.pdf"
    in_the_way.mkdir()

    sentence = complaint("summary", "190", "-o", str(in_the_way), workspace=workspace)

    assert str(in_the_way) in sentence
    assert not list(in_the_way.iterdir())


def test_without_ffmpeg_the_command_says_so(tmp_path, workspace):
    binary = Path(imageio_ffmpeg.get_ffmpeg_exe())
    compressed = tmp_path / "来电.mp3"
    subprocess.run([binary, "-loglevel", "error", "-i", SAMPLE, compressed], check=True)

    sentence = complaint(
        "transcribe", str(compressed), "-o", str(tmp_path), workspace=workspace,
        mounts=empty_over(binary.parent) + "; PATH=/nowhere", IMAGEIO_FFMPEG_EXE="",
    )  # fmt: skip

    assert "ffmpeg" in sentence
    assert not list(tmp_path.glob("*.txt"))


def test_a_file_without_sound_is_named(tmp_path, workspace):
    text = tmp_path / "来电.mp3"
    text.write_text("这不是录音", encoding="utf-8")

    assert str(text) in complaint("transcribe", str(text), workspace=workspace)
