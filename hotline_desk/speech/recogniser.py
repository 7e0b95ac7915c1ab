"""The recogniser: the one place that knows Vosk. Whoever imports this loads it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
import vosk

from hotline_desk.domain.utterances import Word
from hotline_desk.errors import ModelBroken
from hotline_desk.output import Line
from hotline_desk.processes import start_child
from hotline_desk.speech.models import model_at
from hotline_desk.system import write_whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from hotline_desk.speech.models import SpeechModel

UNKNOWN = "[unk]"
"""What the recogniser writes for a sound that is no word of its vocabulary."""
_PROBE_SECONDS = 600
"""A model of over a gigabyte loads slowly from a slow disk."""
_PROBE_RATE_HZ = 16_000
_PROBED = "probed-models.json"
_CONFIGURATION = "conf"
_ENDPOINT = "endpoint.rule5"
"""Kaldi's last rule ends an utterance of 20 s wherever it is, inside a word too."""
_FOR_LINES = {f"{_ENDPOINT}.min-trailing-silence": 0.2}
"""Seconds: a long utterance ends at its next short pause instead."""
_FOR_FILES = {"frames-per-chunk": 150, f"{_ENDPOINT}.min-utterance-length": 3600}
"""Frames of 10 ms, a multiple of three, the models' subsampling; files are cut at silences before
they are heard."""


def load(model: SpeechModel) -> vosk.Model:
    """Return *model* loaded; it may be shared by threads.

    A model that was not loaded before is first tried in a child process: Vosk can take its
    whole process with it when a file is damaged.

    Raises:
        ModelBroken: it does not load.
    """
    return _loaded_with(model.path, _FOR_LINES)


def load_for_files(model: SpeechModel) -> vosk.Model:
    """Return *model* loaded for whole files, where nobody waits for the next word.

    Its network then hears in large chunks: the same words in two thirds of the time, but over
    a second late.

    Raises:
        ModelBroken: it does not load.
    """
    return _loaded_with(model.path, _FOR_FILES)


def _loaded_with(path: Path, options: Mapping[str, float]) -> vosk.Model:
    """Return the model in *path* with *options* of our own.

    Where no links can be made (Windows without the right), it is loaded as it is.
    """
    vosk.SetLogLevel(-1)
    if not _is_probed(path):
        if not loads_in_a_child(path):
            raise ModelBroken(path)
        _note_probed(path)
    try:
        with tempfile.TemporaryDirectory() as folder:
            return _loaded(_linked(path, Path(folder), options))
    except (OSError, ModelBroken):
        return _loaded(path)


def _linked(path: Path, folder: Path, options: Mapping[str, float]) -> Path:
    """Make *folder* a model of links to the parts in *path*, but for *options*."""
    for part in path.iterdir():
        if part.name != _CONFIGURATION:
            (folder / part.name).symlink_to(part, target_is_directory=part.is_dir())
    shutil.copytree(path / _CONFIGURATION, folder / _CONFIGURATION)
    with (folder / _CONFIGURATION / "model.conf").open("a", encoding="utf-8") as file:
        file.write("".join(f"\n--{name}={value}" for name, value in options.items()) + "\n")
    return folder


def loads_in_a_child(path: Path) -> bool:
    """Return whether a process of its own can load the model in the folder *path* and use it."""
    child = start_child("model-probe", str(path))
    try:
        return child.wait(timeout=_PROBE_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        child.kill()
        child.wait()


def probe(args: argparse.Namespace) -> Iterator[Line]:
    """Load the model in ``args.model`` and hear silence with it; the child of `load`."""
    vosk.SetLogLevel(-1)
    model = model_at(args.model.absolute())
    recogniser = Recogniser(_loaded(model.path), _PROBE_RATE_HZ)
    recogniser.accept(bytes(_PROBE_RATE_HZ))
    recogniser.finish()
    yield Line(model.name, {"name": model.name})


class Recogniser:
    """Hears one line; belongs to one thread at a time.

    Times are seconds from the first sample it was given.
    """

    def __init__(self, model: vosk.Model, rate_hz: int) -> None:
        self._vosk = vosk.KaldiRecognizer(model, float(rate_hz))
        self._vosk.SetWords(True)

    def accept(self, pcm: bytes) -> list[Word] | None:
        """Hear 16-bit mono samples; return an utterance's words if one ended, else None.

        A long silence ends an utterance without words: an empty list.
        """
        return _words(self._vosk.Result()) if self._vosk.AcceptWaveform(pcm) else None

    def partial(self) -> str:
        """Return the words of the utterance that goes on, without spaces."""
        return joined(json.loads(self._vosk.PartialResult()).get("partial", "").split())

    def finish(self) -> list[Word]:
        """Return the words that are still out; the next sound begins a new utterance."""
        return _words(self._vosk.FinalResult())


def joined(words: list[str]) -> str:
    """Return *words* as one text, what was not understood left out."""
    return "".join(word for word in words if word != UNKNOWN)


def _words(result: str) -> list[Word]:
    found: list[dict[str, Any]] = json.loads(result).get("result", [])
    return [
        Word(word["word"], word["start"], word["end"], word["conf"])
        for word in found
        if word["word"] != UNKNOWN
    ]


def _loaded(path: Path) -> vosk.Model:
    try:
        return vosk.Model(str(path))
    except Exception as error:  # Vosk raises a bare Exception for a model it cannot read
        raise ModelBroken(path) from error


def _is_probed(path: Path) -> bool:
    return _fingerprint(path) in _probed()


def _note_probed(path: Path) -> None:
    """Remember that the model loads; without a place to remember it, it is tried each time."""
    file = _probed_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps([*_probed(), _fingerprint(path)][-20:]).encode())
    except OSError:
        return


def _probed() -> list[str]:
    try:
        found = json.loads(_probed_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return found if isinstance(found, list) else []


def _probed_file() -> Path:
    return platformdirs.user_cache_path("hotline-desk", appauthor=False) / _PROBED


def _fingerprint(path: Path) -> str:
    """Return what changes when a file of the model does."""
    facts = [
        f"{file.relative_to(path)} {file.stat().st_size} {file.stat().st_mtime_ns}"
        for file in sorted(path.rglob("*"))
        if file.is_file()
    ]
    return hashlib.sha256("\n".join([str(path), *facts]).encode()).hexdigest()
