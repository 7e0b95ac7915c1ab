"""The frozen program: built here, it does the main job and opens its window."""

import os
import subprocess
import sys

import pytest

from tests.e2e.desk_runs import ROOT
from tests.e2e.namespaces import namespaces
from tests.packaging.programs import does_the_main_job, environment, resources_of, run

pytestmark = pytest.mark.slow

SUFFIX = ".exe" if sys.platform == "win32" else ""


@pytest.fixture(scope="module")
def frozen(tmp_path_factory):
    """The folder of the frozen program."""
    folder = tmp_path_factory.mktemp("frozen")
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=ERROR",
         "--distpath", str(folder), "--workpath", str(folder / "work"), "build.spec"],
        cwd=ROOT, check=True,
    )  # fmt: skip
    return folder / "hotline-desk"


def test_it_has_two_executables_and_every_resource(frozen):
    programs = {path.name for path in frozen.iterdir() if os.access(path, os.X_OK)}

    assert programs - {"_internal"} == {"hotline-desk" + SUFFIX, "hotline-desk-cli" + SUFFIX}
    assert resources_of(frozen / "_internal" / "resources") == resources_of(ROOT / "resources")


def test_it_does_the_main_job(frozen, tmp_path):
    does_the_main_job(frozen / ("hotline-desk-cli" + SUFFIX), tmp_path)


@pytest.mark.parametrize("command", ["--help", "model list", "model check"])
def test_its_commands_find_what_they_load(frozen, tmp_path, command):
    assert run(frozen / ("hotline-desk-cli" + SUFFIX), *command.split(), folder=tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere sounddevice brings its own")
def test_it_brings_its_own_portaudio_and_alsa(frozen, tmp_path):
    bare = "for d in /usr/share/alsa /etc/alsa; do [ -d $d ] && mount -t tmpfs tmpfs $d; done"
    alone = [*namespaces("--mount"), "sh", "-c", f'{bare}; "$@"']

    listed = subprocess.run(
        [*alone, "sh", frozen / "hotline-desk-cli", "devices"],
        env=environment(), cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert listed.returncode in {0, 1}  # 1: a machine without any input says so in a sentence
    assert listed.stderr.count("\n") == listed.returncode, listed.stderr
    assert list((frozen / "_internal").glob("*portaudio*"))


def test_it_opens_its_window(frozen, tmp_path):
    window = subprocess.Popen(
        [frozen / ("hotline-desk" + SUFFIX), "--workspace", str(tmp_path / "工作")],
        env={**environment(), "HOTLINE_DESK_TIMING": "1", "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    with window:
        # the offscreen plugin complains of what it does not support
        said = next(line for line in window.stderr if not line.startswith(b"This plugin"))
        window.terminate()
        said_then = window.stderr.read()

    assert said.startswith(b"window shown "), said + said_then
    assert not said_then
