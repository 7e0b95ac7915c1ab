"""Installing and removing the models that a user has downloaded."""

from __future__ import annotations

import dataclasses
import re
import shutil
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.errors import (
    ModelBroken,
    ModelBuiltIn,
    ModelExists,
    ModelMissing,
    ModelNotCopied,
    WorkspaceUnwritable,
)
from hotline_desk.output import Line
from hotline_desk.speech.models import ACOUSTIC, DEMO_NAME, is_whole, own_folder
from hotline_desk.speech.recogniser import loads_in_a_child

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

_NOT_ASCII_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def install_model(args: argparse.Namespace) -> Iterator[Line]:
    """Copy the model in the folder or zip ``args.source`` and make it the one in use.

    It is copied beside the others under a name of its own, tried in a child process, and only
    then named: a copy that failed leaves nothing.

    Raises:
        ModelMissing: there is no model in it.
        ModelBroken: a part is missing, or it does not load.
        ModelExists: one of this name is there already.
        ModelNotCopied: the folder of models cannot be written.
        WorkspaceUnwritable: it is installed, but cannot be put into the settings.
    """
    source: Path = args.source.absolute()
    with _drafts(own_folder()) as draft:
        model = _unpacked(source, draft) if source.is_file() else _copied(source, draft)
        place = own_folder() / _ascii_name(model.name)
        if place.exists():
            raise ModelExists(place)
        if not is_whole(model) or not loads_in_a_child(model):
            raise ModelBroken(source)
        model.rename(place)
    yield Line(f"已安装：{place.name}  {place}", {"name": place.name, "path": str(place)})
    if args.workspace.root.is_dir():
        settings = office.load(args.workspace.settings)
        try:
            office.save(dataclasses.replace(settings, model=place.name), args.workspace.settings)
        except OSError as error:
            raise WorkspaceUnwritable(args.workspace.root) from error
        yield Line(f"已设为使用中：{place.name}", {"in_use": place.name})


def remove_model(args: argparse.Namespace) -> Iterator[Line]:
    """Delete the installed model ``args.name``; the demonstration model stays.

    Raises:
        ModelBuiltIn: it comes with the program.
        ModelMissing: none of this name was installed.
        ModelNotCopied: its files cannot be deleted.
    """
    place = own_folder() / args.name
    # a name with ".." or a separator in it, whatever the system's is, is no entry of the folder
    if args.name.startswith(".") or place not in _entries(own_folder()):
        if args.name == DEMO_NAME:
            raise ModelBuiltIn(args.name)
        raise ModelMissing(place)
    try:
        shutil.rmtree(place)
    except OSError as error:
        raise ModelNotCopied(place) from error
    yield Line(f"已删除：{args.name}", {"removed": args.name})


def _entries(folder: Path) -> list[Path]:
    return [entry for entry in folder.iterdir() if entry.is_dir()] if folder.is_dir() else []


@contextmanager
def _drafts(folder: Path) -> Iterator[Path]:
    """Give a new folder among the models, which is gone afterwards."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as draft:
            yield Path(draft)
    except OSError as error:
        raise ModelNotCopied(folder) from error


def _copied(source: Path, draft: Path) -> Path:
    if not source.is_dir():
        raise ModelMissing(source)
    roots = [source, *(path for path in sorted(source.iterdir()) if path.is_dir())]
    model = next((root for root in roots if (root / ACOUSTIC).is_file()), None)
    if model is None:
        raise ModelMissing(source)
    return Path(shutil.copytree(model, draft / model.name))


def _unpacked(source: Path, draft: Path) -> Path:
    """Unpack the model of a zip; members that would leave *draft* are a broken model's."""
    try:
        with zipfile.ZipFile(source) as archive:
            if any(_leaves(name) for name in archive.namelist()):
                raise ModelBroken(source)
            root = _root_in(archive)
            if root is None:
                raise ModelMissing(source)
            target = draft / (root.name or source.stem)
            for member in archive.infolist():
                inside = _inside(member.filename, root)
                if inside is None or member.is_dir():
                    continue
                place = target.joinpath(*inside.parts)
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as packed, place.open("wb") as file:
                    shutil.copyfileobj(packed, file)
    # what zipfile lets through for damaged, cut, encrypted or strangely packed members
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise ModelBroken(source) from error
    return target


def _leaves(name: str) -> bool:
    """Return whether a member of this name would be written outside its folder."""
    path = _posix(name)
    return path.is_absolute() or ".." in path.parts or ":" in name


def _root_in(archive: zipfile.ZipFile) -> PurePosixPath | None:
    """Return the folder of *archive* that holds ``am/final.mdl``."""
    for name in archive.namelist():
        path = _posix(name)
        if path.match(ACOUSTIC):
            return path.parent.parent
    return None


def _inside(name: str, root: PurePosixPath) -> PurePosixPath | None:
    path = _posix(name)
    return path.relative_to(root) if path.is_relative_to(root) else None


def _posix(name: str) -> PurePosixPath:
    return PurePosixPath(name.replace("\\", "/"))


def _ascii_name(name: str) -> str:
    """Return a model's name in letters that every system's libvosk can open."""
    return _NOT_ASCII_NAME.sub("-", name).strip("-.") or "model"
