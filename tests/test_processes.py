"""How programs are started: this one as a child, those that are not ours, what one pastes."""

import subprocess
import sys
from pathlib import Path

import pytest

from hotline_desk import processes

BREAKAWAY = 0x01000000  # CREATE_BREAKAWAY_FROM_JOB
OWN, BEFORE = "/opt/hotline-desk/_internal", "/usr/local/lib"


@pytest.mark.parametrize("name", ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"])
@pytest.mark.parametrize(
    ("frozen", "original", "given"),
    [(True, BEFORE, BEFORE), (True, None, None), (False, None, OWN)],
)
def test_a_foreign_program_gets_its_own_library_path_back(
    monkeypatch, name, frozen, original, given
):
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setenv(name, OWN)
    monkeypatch.delenv(f"{name}_ORIG", raising=False)
    if original is not None:
        monkeypatch.setenv(f"{name}_ORIG", original)

    environment = processes.foreign_environment()

    assert environment.get(name) == given
    assert f"{name}_ORIG" not in environment


def test_a_child_is_started_plainly_where_the_better_way_is_refused(monkeypatch):
    tried = []
    real = subprocess.Popen

    def refusing(*given, creationflags, **named):
        tried.append(creationflags)
        if creationflags == BREAKAWAY:  # as in a job that lets no process leave
            raise PermissionError
        return real(*given, creationflags=creationflags, **named)

    monkeypatch.setattr(processes, "_creation_flags", lambda *, detached: [BREAKAWAY, 0])
    monkeypatch.setattr(subprocess, "Popen", refusing)

    with processes.start_child("--version", detached=True, stdout=subprocess.PIPE) as child:
        said = child.communicate()[0]

    assert child.returncode == 0
    assert said
    assert tried == [BREAKAWAY, 0]


@pytest.mark.skipif(sys.platform == "win32", reason="another shell")
def test_a_command_to_paste_is_one_that_the_shell_takes_apart_again():
    typed = processes.typed_command("--workspace", "/home/我的 工作's")

    words = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {typed}"], capture_output=True, check=True, encoding="utf-8"
    ).stdout.splitlines()

    assert words[0] == "python3"
    assert Path(words[1]).is_file()
    assert words[2:] == ["run", "--workspace", "/home/我的 工作's"]
