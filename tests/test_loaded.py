"""Each process loads what it needs and no more: read from sys.modules of the real ones."""

import ast
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples"

WITNESS = """
import atexit, os, sys

def testify(folder=os.environ["WITNESS_FOLDER"]):
    peak = 0
    if sys.platform == "linux":
        with open("/proc/self/status") as status:
            peak = int(status.read().partition("VmHWM:")[2].split()[0]) * 1024
    with open(f"{folder}/{os.getpid()}", "w", encoding="utf-8") as file:
        file.write(repr((sys.argv, sorted(sys.modules), peak)))

atexit.register(testify)
"""
"""Becomes sitecustomize of the program and of all its children."""

NOT_OURS = {"sitecustomize", "_distutils_hack"}
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Process:
    arguments: list[str]
    modules: set[str]
    peak_bytes: int


@pytest.fixture(scope="module")
def processes(tmp_path_factory):
    """What each process held at its end, by its command, of a thread through the program."""
    folder = tmp_path_factory.mktemp("processes")
    (folder / "witness").mkdir()
    (folder / "witness" / "sitecustomize.py").write_text(WITNESS, encoding="utf-8")
    (folder / "said").mkdir()
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(folder / "witness"), str(ROOT))),
        "WITNESS_FOLDER": str(folder / "said"),
    }
    sound = min(SAMPLES.glob("call-*.wav"))
    take = str(folder / "工作" / "episodes" / "期" / "take")
    for arguments, codes in (
        (["devices"], {0, 1}),  # a machine without a sound card has no device to list
        (["record", "--line", f"来电=file:{sound}?speed=8", "--take", take, "--for", "3"], {0}),
        (["caption", take], {0}),
        (["transcribe", str(sound)], {0}),
        (["search", "工资"], {0}),
        (["model", "list"], {0}),
        (["doctor"], {0}),
        (["summary", "190", "-o", str(folder / "190.pdf")], {0, 1}),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "hotline_desk", "--workspace", str(folder / "工作"), *arguments],
            env=environment, cwd=folder, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode in codes, (arguments, done.stderr)
    return [_heard(said) for said in (folder / "said").iterdir()]


def _heard(said):
    arguments, modules, peak = ast.literal_eval(said.read_text(encoding="utf-8"))
    return Process(arguments, set(modules), peak)


def of_command(processes, command):
    found = [process for process in processes if command in process.arguments]
    assert found, command
    return found


def of(library, process):
    return {name for name in process.modules if name == library or name.startswith(f"{library}.")}


def test_no_command_loads_qt(processes):
    assert len(processes) > 8  # the commands and their children

    assert not {str(process.arguments) for process in processes if of("PySide6", process)}


@pytest.mark.parametrize(
    ("command", "strangers"),
    [
        ("record", ("reportlab", "vosk", "sqlite3", "numpy", "sounddevice", "hotline_desk.ledger")),
        ("capture-child", ("reportlab", "vosk", "sqlite3", "hotline_desk.ledger")),
        ("caption", ("reportlab", "sqlite3", "sounddevice", "hotline_desk.ledger")),
        ("transcribe", ("reportlab", "sqlite3", "sounddevice", "hotline_desk.ledger")),
        ("search", ("reportlab", "vosk", "sounddevice")),  # sqlite_utils takes numpy by itself
        ("summary", ("vosk", "sounddevice")),
        ("devices", ("reportlab", "vosk", "sqlite3")),
    ],
)
def test_a_command_loads_what_it_needs_only(processes, command, strangers):
    for process in of_command(processes, command):
        assert not {name for stranger in strangers for name in of(stranger, process)}


def test_the_recorder_is_written_with_the_standard_library_alone(processes):
    for process in of_command(processes, "record"):
        tops = {name.partition(".")[0] for name in process.modules}
        assert tops - NOT_OURS - set(sys.stdlib_module_names) <= {"hotline_desk", "__main__"}


@pytest.mark.skipif(sys.platform != "linux", reason="peaks are read from /proc")
@pytest.mark.parametrize(("command", "megabytes"), [("record", 20), ("capture-child", 45)])
def test_the_recorder_stays_small(processes, command, megabytes):
    for process in of_command(processes, command):
        assert process.peak_bytes < megabytes * MEGABYTE
