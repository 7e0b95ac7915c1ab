"""Imports point down only, each library has one home, and the linter that says so can say no."""

import graphlib
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "hotline_desk"

HOMES = {
    "PySide6": {"app", "ui"},
    "shiboken6": {"app", "ui"},
    "sqlite3": {"ledger"},
    "sqlite_utils": {"ledger"},
    "sounddevice": {"capture"},
    "vosk": {"speech"},
    "reportlab": {"reports"},
    "xlsxwriter": {"reports"},
    "openpyxl": {"reports"},
    "pydub": {"media"},
    "imageio_ffmpeg": {"media"},
}
STANDARD_LIBRARY_ONLY = {
    "domain",
    "take",
    "errors",
    "messages",
    "output",
    "paths",
    "processes",
    "system",
}

FORBIDDEN = (
    ("domain/calls.py", "hotline_desk.ledger"),
    ("take/take.py", "hotline_desk.media"),
    ("take/take.py", "hotline_desk.capture"),
    ("media/ffmpeg.py", "hotline_desk.speech"),
    ("ledger/ledger.py", "hotline_desk.reports"),
    ("capture/keeper.py", "hotline_desk.speech"),
    ("speech/captioner.py", "hotline_desk.ledger"),
    ("reports/summary.py", "hotline_desk.workflows"),
    ("workflows/find.py", "hotline_desk.ui"),
    ("workflows/find.py", "hotline_desk.cli"),
    ("ui/window.py", "hotline_desk.app"),
    ("ui/kit/lists.py", "hotline_desk.ui.cases"),
    ("domain/casework/cases.py", "hotline_desk.domain.statistics"),
    ("cli.py", "hotline_desk.app"),
    ("errors/base.py", "hotline_desk.messages"),
    ("system.py", "hotline_desk.paths"),
    ("processes.py", "hotline_desk.system"),
    ("workflows/find.py", "PySide6.QtCore"),
    ("cli.py", "PySide6.QtWidgets"),
)


@pytest.fixture(scope="module")
def imports():
    return grimp.build_graph(PACKAGE, include_external_packages=True, cache_dir=None)


@pytest.fixture
def empty_house(tmp_path):
    """The same modules with nothing in them, under the same contracts."""
    for module in (ROOT / PACKAGE).rglob("*.py"):
        bare = tmp_path / module.relative_to(ROOT)
        bare.parent.mkdir(parents=True, exist_ok=True)
        bare.touch()
    (tmp_path / PACKAGE / "app.py").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder):
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()",
         "--no-cache", "--no-logo"],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_house_keeps_its_contracts():
    linted = lint(ROOT)

    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_an_empty_house_breaks_no_contract(empty_house):
    linted = lint(empty_house)

    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.parametrize(("module", "imported"), FORBIDDEN)
def test_a_forbidden_import_breaks_a_contract(empty_house, module, imported):
    offender = empty_house / PACKAGE / module
    offender.parent.mkdir(exist_ok=True)
    offender.write_text(f"import {imported}\n", encoding="utf-8")

    linted = lint(empty_house)

    assert linted.returncode == 1
    assert "BROKEN" in linted.stdout
    assert imported.removeprefix("hotline_desk.").split(".")[0] in linted.stdout


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_known_in_its_home_only(imports, library):
    importers = (
        imports.find_modules_that_directly_import(library) if library in imports.modules else set()
    )

    homes = {importer.split(".")[1] for importer in importers}

    assert homes <= HOMES[library]


def test_the_lowest_layers_need_the_standard_library_alone(imports):
    strangers = {
        (module, imported)
        for module in imports.modules
        if module.startswith(f"{PACKAGE}.") and module.split(".")[1] in STANDARD_LIBRARY_ONLY
        for imported in imports.find_modules_directly_imported_by(module)
        if imported.split(".")[0] not in {PACKAGE, *sys.stdlib_module_names}
    }

    assert not strangers


def test_the_parts_of_a_take_stand_in_no_circle(imports):
    parts = {module for module in imports.modules if module.startswith(f"{PACKAGE}.take.")}
    needed = {part: imports.find_modules_directly_imported_by(part) & parts for part in parts}

    order = list(graphlib.TopologicalSorter(needed).static_order())

    assert set(order) == parts
