"""Which models there are, and what happens to whole, broken and foreign ones."""

import argparse
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import vosk

from hotline_desk import settings as office
from hotline_desk.errors import (
    ModelBroken,
    ModelBuiltIn,
    ModelExists,
    ModelMissing,
    WorkspaceUnwritable,
)
from hotline_desk.paths import Workspace
from hotline_desk.speech import install, models
from hotline_desk.speech.recogniser import load, load_for_files


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "w").mkdir()
    return Workspace(tmp_path / "w")


@pytest.fixture
def downloaded(tmp_path):
    """A model as it is downloaded: another than the demonstration model by one byte."""
    folder = tmp_path / "下载" / "vosk-model-x-cn"
    shutil.copytree(models.demo_model().path, folder)
    with (folder / "am" / "final.mdl").open("ab") as file:
        file.write(b"\n")
    return folder


@pytest.fixture(autouse=True)
def nothing_installed():
    yield
    shutil.rmtree(models.own_folder(), ignore_errors=True)


def _install(source, workspace):
    return list(install.install_model(argparse.Namespace(source=source, workspace=workspace)))


def test_without_a_choice_the_demonstration_model_is_used_and_says_so():
    model = models.chosen(office.Settings())

    assert (model.name, model.is_demo) == ("demo-cn", True)
    assert "演示模型" in models.DEMO_NOTICE
    assert "model install" in models.DEMO_NOTICE


def test_a_copy_of_the_demonstration_model_is_still_one(tmp_path):
    copy = tmp_path / "vosk-model-cn-0.22"
    shutil.copytree(models.demo_model().path, copy)

    assert models.model_at(copy).is_demo


def test_an_installed_folder_is_listed_chosen_and_removed(downloaded, workspace):
    _install(downloaded, workspace)

    assert [model.name for model in models.installed()] == ["demo-cn", "vosk-model-x-cn"]
    chosen = models.chosen(office.load(workspace.settings))
    assert (chosen.name, chosen.is_demo) == ("vosk-model-x-cn", False)

    list(install.remove_model(argparse.Namespace(name="vosk-model-x-cn")))

    assert [model.name for model in models.installed()] == ["demo-cn"]


def test_a_zip_is_installed_under_an_ascii_name(downloaded, workspace, tmp_path):
    packed = tmp_path / "模型.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in downloaded.rglob("*"):
            archive.write(path, f"中文模型v2/{path.relative_to(downloaded)}")

    _install(packed, workspace)

    assert [model.name for model in models.installed()] == ["demo-cn", "v2"]


@pytest.mark.parametrize("name", ["../am/final.mdl", "/m/am/final.mdl", "m/../../x", "C:\\m\\x"])
def test_a_zip_that_reaches_out_of_its_folder_is_refused(downloaded, workspace, tmp_path, name):
    packed = tmp_path / "m.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in downloaded.rglob("*"):
            archive.write(path, f"m/{path.relative_to(downloaded)}")
        archive.writestr(name, "x")

    with pytest.raises(ModelBroken):
        _install(packed, workspace)

    assert not [path for path in models.own_folder().rglob("*") if path.is_file()]


def test_a_second_model_of_the_same_name_is_refused(downloaded, workspace):
    _install(downloaded, workspace)

    with pytest.raises(ModelExists):
        _install(downloaded, workspace)


@pytest.mark.parametrize("kept", [0, 100, 500_000])
def test_a_model_that_is_cut_short_is_not_installed(downloaded, workspace, kept):
    acoustic = downloaded / "am" / "final.mdl"
    acoustic.write_bytes(acoustic.read_bytes()[:kept])

    with pytest.raises(ModelBroken):
        _install(downloaded, workspace)

    assert list(models.own_folder().iterdir()) == []


def test_a_folder_without_a_model_is_told_apart_from_a_broken_one(tmp_path, workspace):
    with pytest.raises(ModelMissing):
        models.model_at(tmp_path)
    with pytest.raises(ModelMissing):
        _install(tmp_path, workspace)


@pytest.mark.parametrize("damage", ["am/final.mdl", "graph/HCLG.fst", "conf/mfcc.conf"])
def test_a_damaged_model_is_one_sentence_whatever_vosk_does(downloaded, tmp_path, damage):
    part = downloaded / damage
    part.write_bytes(part.read_bytes()[: part.stat().st_size // 2] + b"\0\xff" * 50)

    done = subprocess.run(
        [sys.executable, "-m", "hotline_desk", "transcribe", str(tmp_path), "--model", downloaded],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == f"语音模型“{downloaded}”打不开，请重新安装这个模型；录音不受影响。\n"


def test_a_model_is_tried_in_a_child_once(downloaded, monkeypatch):
    tried = []
    real = subprocess.Popen.__init__

    def noted(self, *arguments, **options):
        tried.append(arguments)
        real(self, *arguments, **options)

    monkeypatch.setattr(subprocess.Popen, "__init__", noted)

    load(models.model_at(downloaded))
    load(models.model_at(downloaded))

    assert len(tried) == 1


def test_listing_models_does_not_load_vosk():
    code = (
        "import sys, hotline_desk.speech.models as m; m.installed(); print('vosk' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_the_shipped_model_is_opened_from_a_place_with_an_ascii_path(tmp_path):
    shipped = models.demo_model().path
    chinese = Path(shutil.copytree(shipped, tmp_path / "热线台" / "demo-cn"))
    place = tmp_path / "shared"

    assert models.in_ascii_place(shipped, place) == shipped
    assert not place.exists()
    copy = models.in_ascii_place(chinese, place)
    assert copy == place / "demo-cn"
    assert models.model_at(copy).is_demo
    (chinese / models.ACOUSTIC).write_bytes(b"a newer one")
    assert models.in_ascii_place(chinese, place) == copy
    assert (copy / models.ACOUSTIC).read_bytes() == b"a newer one"
    assert [entry.name for entry in place.iterdir()] == ["demo-cn"]


def test_the_shipped_model_cannot_be_removed_and_that_is_said():
    with pytest.raises(ModelBuiltIn):
        list(install.remove_model(argparse.Namespace(name="demo-cn")))


@pytest.mark.parametrize("name", ["..", ".", "", "..\\..\\x", "vosk-model-x-cn/am", "vosk/.."])
def test_only_an_installed_model_can_be_removed(downloaded, workspace, name):
    _install(downloaded, workspace)
    beside = models.own_folder().parent / "notes.txt"
    beside.touch()

    with pytest.raises(ModelMissing):
        list(install.remove_model(argparse.Namespace(name=name)))

    assert beside.exists()
    assert [model.name for model in models.installed()] == ["demo-cn", "vosk-model-x-cn"]


def test_nothing_can_be_removed_where_nothing_was_installed():
    with pytest.raises(ModelMissing):
        list(install.remove_model(argparse.Namespace(name="..")))


def _packed(downloaded, place):
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(downloaded.rglob("*")):
            archive.write(path, f"m/{path.relative_to(downloaded)}")
    return place


def test_a_zip_damaged_in_the_middle_is_a_broken_model(downloaded, workspace, tmp_path):
    packed = _packed(downloaded, tmp_path / "m.zip")
    whole = packed.read_bytes()
    packed.write_bytes(whole[: len(whole) // 2] + b"\xff" * 4000 + whole[len(whole) // 2 + 4000 :])

    with pytest.raises(ModelBroken):
        _install(packed, workspace)

    assert list(models.own_folder().iterdir()) == []


def test_an_encrypted_zip_is_a_broken_model(downloaded, workspace, tmp_path):
    packed = _packed(downloaded, tmp_path / "m.zip")
    content = bytearray(packed.read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(header)
        while at >= 0:
            content[at + flags] |= 1  # the bit that says: encrypted
            at = content.find(header, at + 4)
    packed.write_bytes(bytes(content))

    with pytest.raises(ModelBroken):
        _install(packed, workspace)


def test_a_model_that_hangs_while_it_loads_is_broken(downloaded, monkeypatch):
    monkeypatch.setattr("hotline_desk.speech.recogniser._PROBE_SECONDS", 0.001)

    assert not install.loads_in_a_child(downloaded)


def test_settings_that_cannot_be_written_are_one_sentence(downloaded, workspace):
    workspace.settings.with_suffix(".toml.new").mkdir()  # a folder stands where the draft goes

    with pytest.raises(WorkspaceUnwritable):
        _install(downloaded, workspace)


def test_for_whole_files_the_model_is_in_memory_once(monkeypatch):
    loaded = []
    real = vosk.Model.__init__

    def noted(self, path):
        loaded.append(path)
        real(self, path)

    monkeypatch.setattr(vosk.Model, "__init__", noted)

    load_for_files(models.demo_model())

    assert len(loaded) == 1


def test_where_no_links_can_be_made_files_are_heard_with_the_plain_model(monkeypatch):
    def refused(*_arguments, **_options):
        raise OSError

    monkeypatch.setattr(Path, "symlink_to", refused)

    assert load_for_files(models.demo_model())
