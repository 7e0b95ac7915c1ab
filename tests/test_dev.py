"""dev.py: pinned, quick the second time, and clear where it may not install."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
RECIPE = ("dev.py", "pyproject.toml", "tools/constraints.txt")
AS_A_USER = """
import os, runpy, sys
os.geteuid = lambda: 1000
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def pins():
    lines = (ROOT / "tools" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {
        canonicalize_name(name): version
        for name, _, version in (line.partition("==") for line in lines if line[:1] != "#")
    }


@pytest.fixture
def copy(tmp_path):
    """A checkout of nothing but what the set-up reads."""
    for name in RECIPE:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def dev(folder, *arguments, **variables):
    return subprocess.run(
        [sys.executable, str(folder / "dev.py"), *arguments],
        env={**os.environ, **variables}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def needed():
    """Return the version of all that the program, its fonts and its tests bring with them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["fonts"], *extras["test"]]
    versions = {}
    while wanted:
        requirement = Requirement(wanted.pop())
        name = canonicalize_name(requirement.name)
        if name in versions or (requirement.marker and not requirement.marker.evaluate()):
            continue
        found = distribution(name)
        versions[name] = found.version
        wanted += found.requires or []
    return versions


def test_everything_installed_is_pinned():
    installed = needed()
    del installed["pip"]  # comes with Python itself

    assert len(installed) > 50
    assert installed.items() <= pins().items()


def test_usage_names_every_command(copy):
    shown = dev(copy)

    assert shown.returncode == 2
    for command in ("demo", "run", "test", "bench", "soak", "build"):
        assert f"  {command} " in shown.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="Debian packages are Linux's")
def test_without_the_right_to_install_what_is_missing_is_named_in_one_line(copy):
    fake = copy / "bin" / "dpkg-query"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\necho installed libgl1\n", encoding="utf-8")
    fake.chmod(0o755)

    told = subprocess.run(
        [sys.executable, "-c", AS_A_USER, str(copy / "dev.py"), "demo"],
        env={**os.environ, "PATH": f"{fake.parent}{os.pathsep}/usr/bin:/bin"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert told.returncode == 1
    (sentence,) = told.stderr.splitlines()
    command, packages = sentence.partition("sudo ")[2].split(" --no-install-recommends ")
    assert command == "apt-get install -y"
    assert "libegl1" in packages.split()
    assert "libgl1" not in packages.split()
    assert not (copy / ".venv").exists()


def test_the_second_time_nothing_is_set_up():
    if not (ROOT / ".venv" / "ready-to-run").exists():
        pytest.skip("this environment was not made by dev.py")

    dev(ROOT, "run", "--version")  # what it reads may have changed since

    shown = dev(ROOT, "run", "--version", PATH="/nowhere", PIP_INDEX_URL="http://192.0.2.1/")

    assert shown.returncode == 0, shown.stderr
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", shown.stdout)
