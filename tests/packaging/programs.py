"""What an installed and a frozen program have to prove alike."""

import json
import os
import subprocess
from pathlib import Path

from tests.e2e.desk_runs import ROOT, pdf_text

FOREIGN = ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME")


def environment():
    """Return an environment that knows nothing of the checkout."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def run(program, *arguments, folder):
    """Return what *program* prints when it is called in *folder*; it must end well."""
    done = subprocess.run(
        [str(program), *arguments], env=environment(), cwd=folder, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout, done.stderr)
    return done.stdout


def does_the_main_job(program, folder):
    """Let *program* go from line to PDF in the empty *folder*, and look at what it left."""
    printed = run(
        program, "demo", "--headless", "--json", "--speed", "32",
        "--workspace", str(folder / "工作"), folder=folder,
    )  # fmt: skip
    facts = {}
    for line in printed.splitlines():
        facts |= json.loads(line)
    assert len(facts["questions"]) == len(list((ROOT / "resources/samples").glob("call-*.wav")))
    assert "节目纪要" in pdf_text(Path(facts["pdf"]))
    assert {path.name for path in folder.iterdir()} == {"工作"}


def resources_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file()
    }
