"""What the window loads before it is shown: nothing that only its work needs."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HEAVY = (
    "PySide6.QtCharts",
    "PySide6.QtPdf",
    "chinese_calendar",
    "cn2an",
    "hotline_desk.ui.exchange.export_page",
    "hotline_desk.ui.exchange.import_page",
    "numpy",
    "openpyxl",
    "pydub",
    "pypinyin",
    "reportlab",
    "sounddevice",
    "vosk",
    "xlsxwriter",
)

IN_ITS_LANE = ("hotline_desk.ledger", "sqlite_utils")
"""What the ledger's lane loads, while the window comes up or after."""

OPEN_AND_TELL = """
import os, sys

class Witness:
    def write(self, text):
        if text.startswith("window shown"):
            sys.stdout.write(repr(sorted(sys.modules)))
            sys.stdout.flush()
            os._exit(0)
        return sys.__stderr__.write(text)

    def flush(self):
        sys.__stderr__.flush()

sys.stderr = Witness()
from hotline_desk.__main__ import main
main()
"""
"""The program itself, which says when the window is there; it is looked at in that moment."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The names of the modules that were loaded when the window was shown."""
    folder = tmp_path_factory.mktemp("start")
    command = [sys.executable, "-c", OPEN_AND_TELL, "--workspace", str(folder / "工作")]
    shown = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "HOTLINE_DESK_TIMING": "1"}, timeout=60,
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return set(ast.literal_eval(shown.stdout))


def test_it_is_the_whole_window_that_was_looked_at(loaded):
    assert {"PySide6.QtWidgets", "hotline_desk.ui.main_window", "hotline_desk.app"} <= loaded


@pytest.mark.parametrize("package", HEAVY)
def test_the_window_is_shown_without(loaded, package):
    assert not [name for name in loaded if name == package or name.startswith(f"{package}.")]


@pytest.mark.parametrize("package", IN_ITS_LANE)
def test_the_window_itself_does_not_load(package):
    tell = "import sys, hotline_desk.app, hotline_desk.ui.main_window; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", tell], cwd=ROOT, timeout=60, capture_output=True,
        encoding="utf-8", check=True,
    )  # fmt: skip

    assert not [name for name in loaded.stdout.split() if name.startswith(package)]
