"""The wheel brings all it needs: installed alone, it does the main job."""

import subprocess
import sys
import sysconfig

import pytest

from tests.e2e.desk_runs import ROOT
from tests.packaging.programs import does_the_main_job, environment, resources_of, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder of an environment with the wheel in it; its libraries are those of this one."""
    folder = tmp_path_factory.mktemp("wheel")
    for arguments in (
        ("hatchling", "build", "-t", "wheel", "-d", str(folder)),
        ("venv", "--without-pip", str(folder / "environment")),
    ):
        subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, check=True)
    where = {"base": str(folder / "environment"), "platbase": str(folder / "environment")}
    libraries = sysconfig.get_path("purelib")
    own = sysconfig.get_path("purelib", vars=where)
    with open(f"{own}/libraries.pth", "w", encoding="utf-8") as file:  # noqa: PTH123  one line
        file.write(libraries + "\n")
    (wheel,) = folder.glob("*.whl")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(folder / "environment"), "install", "-q",
         "--no-deps", "--no-index", str(wheel)],
        check=True,
    )  # fmt: skip
    return folder / "environment"


def program(installed, name):
    return installed / ("Scripts" if sys.platform == "win32" else "bin") / name


def test_the_installed_program_is_not_the_checkout_and_has_every_resource(installed, tmp_path):
    where = run(
        program(installed, "python"), "-c",
        "from hotline_desk.paths import resource; print(resource('.'))", folder=tmp_path,
    ).strip()  # fmt: skip

    assert where.startswith(str(installed))
    assert environment().get("PYTHONPATH") is None
    shipped = resources_of(installed.parent / where)
    assert shipped == resources_of(ROOT / "resources")


def test_the_installed_program_does_the_main_job(installed, tmp_path):
    does_the_main_job(program(installed, "hotline-desk"), tmp_path)
