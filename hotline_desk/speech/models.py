"""Speech models: where they lie, which one is used, and that the demonstration model is one.

Nothing here loads Vosk, so that windows and lists stay light.
"""

from __future__ import annotations

import filecmp
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from hotline_desk import settings as office
from hotline_desk.errors import ModelBroken, ModelMissing, ModelNotCopied, SpeechModelError
from hotline_desk.output import Line
from hotline_desk.paths import resource

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

DEMO_NAME = "demo-cn"
DEMO_NOTICE = (
    "现在用的是演示模型，只听得懂合成语音，听不懂真人说话；"
    "要识别真人，请先下载中文语音模型，再用 model install 命令安装（写法见 README）。"
)
DEMO_IN_PRINT = (
    "文字由演示模型转写，它只听得懂合成语音，听不懂真人说话；仅供演示，使用前请对照录音核对。"
)
"""The same for those who read what was written, on paper or in a file."""

ACOUSTIC = "am/final.mdl"
"""The part by which a model is found in a folder or a zip."""
_GRAPHS = (("graph/HCLG.fst",), ("graph/HCLr.fst", "graph/Gr.fst"))
_CONFIGURATION = "conf/mfcc.conf"
_PROGRAM = "hotline-desk"


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """One model of speech on this machine."""

    name: str
    path: Path
    is_demo: bool
    """Whether it is the demonstration model, which understands synthetic speech only."""


def demo_model() -> SpeechModel:
    """Return the demonstration model that comes with the program.

    Raises:
        ModelMissing: it is not there.
        ModelBroken: parts of it are.
        ModelNotCopied: libvosk cannot open it where it lies, and it cannot be copied.
    """
    path = model_at(resource("models") / DEMO_NAME).path
    if sys.platform == "win32":
        place = platformdirs.site_data_path(_PROGRAM, appauthor=False) / "shipped"
        path = in_ascii_place(path, place)
    return model_at(path)


def in_ascii_place(model: Path, folder: Path) -> Path:
    """Return the folder *model*, or its copy in *folder* where its path is not ASCII.

    Raises:
        ModelNotCopied: the copy cannot be written.
    """
    copy = folder / model.name
    if str(model).isascii():
        return model
    if is_whole(copy) and filecmp.cmp(model / ACOUSTIC, copy / ACOUSTIC, shallow=False):
        return copy
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as draft:
            shutil.copytree(model, Path(draft) / model.name)
            shutil.rmtree(copy, ignore_errors=True)
            (Path(draft) / model.name).rename(copy)
    except OSError as error:
        if not is_whole(copy):  # another program may have been first
            raise ModelNotCopied(folder) from error
    return copy


def model_at(path: Path) -> SpeechModel:
    """Return the model in the folder *path*, whose parts are all there.

    Raises:
        ModelMissing: there is no model.
        ModelBroken: a part of it is missing or empty.
    """
    if not (path / "am").is_dir() and not (path / "graph").is_dir():
        raise ModelMissing(path)
    if not is_whole(path):
        raise ModelBroken(path)
    return SpeechModel(path.name, path, _is_demo(path))


def is_whole(path: Path) -> bool:
    """Return whether every part that Vosk needs lies in the folder *path*, none of it empty."""
    graphs = any(all(_holds(path / part) for part in graph) for graph in _GRAPHS)
    return graphs and _holds(path / ACOUSTIC) and _holds(path / _CONFIGURATION)


def installed() -> list[SpeechModel]:
    """Return the models on this machine: the demonstration model first, then by name."""
    found: dict[str, SpeechModel] = {}
    for folder in (resource("models"), own_folder()):
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            if path.is_dir() and not path.name.startswith(".") and is_whole(path):
                found.setdefault(path.name, model_at(path))
    return sorted(found.values(), key=lambda model: (not model.is_demo, model.name))


def chosen(settings: office.Settings) -> SpeechModel:
    """Return the model that the office has chosen; the demonstration model while none is.

    Raises:
        ModelMissing: the chosen one is not on this machine.
        ModelBroken: it is not whole.
    """
    if not settings.model:
        return demo_model()
    for model in installed():
        if model.name == settings.model:
            return model
    return model_at(own_folder() / settings.model)


def model_notice(settings: office.Settings) -> str:
    """Return what the desk has to know about the office's speech model; empty for a real one."""
    return DEMO_NOTICE if _demo_is_used(settings) else ""


def printed_notice(settings: office.Settings) -> str:
    """Return what readers have to know about the office's speech model; empty for a real one."""
    return DEMO_IN_PRINT if _demo_is_used(settings) else ""


def _demo_is_used(settings: office.Settings) -> bool:
    """Return whether it is; a model that is gone does not keep an episode from being printed."""
    try:
        return chosen(settings).is_demo
    except SpeechModelError:
        return not settings.model


def for_command(args: argparse.Namespace) -> SpeechModel:
    """Return the model that a command's ``--model`` names, else the office's.

    Raises:
        ModelMissing: there is none.
        ModelBroken: it is not whole.
    """
    if args.model is not None:
        return model_at(args.model.absolute())
    return chosen(office.load(args.workspace.settings))


def own_folder() -> Path:
    """Return the folder of the models that the user has installed; it may not exist yet."""
    folder = platformdirs.user_data_path(_PROGRAM, appauthor=False)
    if sys.platform == "win32" and not str(folder).isascii():
        # libvosk opens ASCII paths only there, and a user's name may be Chinese
        folder = platformdirs.site_data_path(_PROGRAM, appauthor=False)
    return folder / "models"


def list_models(args: argparse.Namespace) -> Iterator[Line]:
    """List the models on this machine, and which one is in use."""
    in_use = office.load(args.workspace.settings).model or DEMO_NAME
    for model in installed():
        marks = ["使用中"] if model.name == in_use else []
        if model.is_demo:
            marks.append("演示模型，只听得懂合成语音")
        words = f"{model.name}（{'；'.join(marks)}）" if marks else model.name
        yield Line(
            f"{words}  {model.path}",
            {
                "name": model.name,
                "path": str(model.path),
                "demo": model.is_demo,
                "in_use": model.name == in_use,
            },
        )
    if in_use == DEMO_NAME:
        yield Line(DEMO_NOTICE, {"notice": DEMO_NOTICE, "model": DEMO_NAME}, aside=True)


def _holds(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _is_demo(path: Path) -> bool:
    """Return whether the model is the shipped one, or a copy of it under whatever name."""
    shipped = resource("models") / DEMO_NAME / ACOUSTIC
    try:
        return filecmp.cmp(shipped, path / ACOUSTIC, shallow=False)
    except OSError:
        return False
