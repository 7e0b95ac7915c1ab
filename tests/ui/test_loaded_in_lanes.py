"""What a deed needs is loaded in its lane: XlsxWriter or reportlab would hold the window up."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BEGIN_DEEDS = """
import os, sys, threading
from pathlib import Path
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings
from hotline_desk.ui.desk import Desk
from hotline_desk.ui.kit.jobs import Jobs, Lane
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.main_window import MainWindow
from hotline_desk.ui.kit.office import Office
from hotline_desk.ui.kit.style import Appearance
from hotline_desk.workflows.workspace import prepare

class Witness:
    def __init__(self):
        self.loaded = []

    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is threading.main_thread():
            self.loaded.append(name)

def wait(signal, begin):
    loop = QEventLoop()
    signal.connect(loop.quit)
    begin()
    loop.exec()

folder = Path(sys.argv[1])
application = QApplication([])
jobs = Jobs()
office = Office(prepare(Workspace(folder / "desk")), Settings(), jobs)
desk = Desk(office)
window = MainWindow(desk, Appearance(application, "light"))
window.show()
wait(office.opened, office.open_ledger)
for page in (Verb.ARCHIVE, Verb.LEDGER):
    window.open_page(page)
wait(desk.statistics.counted, lambda: window.open_page(Verb.STATISTICS))
wait(desk.daily.shown, desk.daily._choose)
wait(desk.monthly.shown, desk.monthly._choose)

deeds = {
    "export": lambda: desk.outgoing.export_shown(folder / "1.xlsx", internal=False, why=""),
    "print figures": desk.statistics.print_,
    "export figures": lambda: desk.statistics.export(str(folder / "2.xlsx")),
    "print a day": desk.daily.print_,
    "export a day": lambda: desk.daily.export(str(folder / "3.xlsx")),
    "print a month": desk.monthly.print_,
    "export a month": lambda: desk.monthly.export(str(folder / "4.xlsx")),
    "print a register": lambda: desk.registers.print_(internal=False, why=""),
    "export a register": lambda: desk.registers.export("5.xlsx", internal=False, why=""),
    "print by owner": window.ledger._list._print_lists,
    "print withdrawals": lambda: window.archive._print_withdrawals(()),
    "import": lambda: desk.incoming.open(folder / "6.xlsx"),
    "paste": lambda: desk.incoming.paste("x"),
}
busy = threading.Event()
for lane in Lane:  # nothing that is loaded from now on is loaded by a lane first
    jobs.run(lane, busy.wait, owner=window)
sys.meta_path.insert(0, witness := Witness())
for name, begin in deeds.items():
    before = len(witness.loaded)
    begin()
    print(repr((name, witness.loaded[before:])))
sys.stdout.flush()
os._exit(0)
"""
"""A window of its own: here some test has loaded everything before."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """What the window's own thread loads when it begins a deed, by the deed."""
    command = [sys.executable, "-c", BEGIN_DEEDS, str(tmp_path_factory.mktemp("deeds"))]
    done = subprocess.run(
        command, cwd=ROOT, timeout=60, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(map(ast.literal_eval, done.stdout.splitlines()))


def test_no_deed_is_loaded_by_the_window(loaded):
    assert len(loaded) == 13

    assert {name: modules for name, modules in loaded.items() if modules} == {}
