"""What speech takes: batch against vosk-transcriber, and how far captions are behind the sound."""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np

from hotline_desk.domain.times import duration_text
from hotline_desk.media.ffmpeg import ffmpeg
from hotline_desk.speech.models import demo_model
from hotline_desk.speech.recogniser import Recogniser, load
from hotline_desk.take.take import Take
from tests.recorder_process import RecorderProcess, wait_until
from tests.speech import samples
from tools.demo_model.measure import RATE_HZ, held_out_sentences, speak
from tools.demo_model.voices import HELD_OUT

LONG_SECONDS = 1200
TURNS = 5


def test_batch_against_vosk_transcriber(tmp_path, figure):
    long, said = _long_sound()
    path = samples.write_wav(tmp_path / "long.wav", long, RATE_HZ)
    theirs, ours = [], []
    for _ in range(TURNS):
        theirs.append(_seconds(_vosk_transcriber(path, tmp_path), tmp_path))
        ours.append(_seconds(_transcribe(path, tmp_path), tmp_path))

    their_words = "".join((tmp_path / "theirs.txt").read_text(encoding="utf-8").split())
    lines = (tmp_path / "long.json").read_text(encoding="utf-8").splitlines()
    our_words = "".join(json.loads(line)["text"] for line in lines)

    cores, length = os.cpu_count(), duration_text(len(long) / RATE_HZ)
    median = statistics.median(their / our for their, our in zip(theirs, ours, strict=True))
    figure(
        f"transcribe {length}, {cores} cores, times as fast as vosk-transcriber",
        f"{median:.2f} ({statistics.median(ours):.1f} s against {statistics.median(theirs):.1f} s)",
        "2.2",
    )
    figure(
        "character errors of that, beside vosk-transcriber's",
        f"{samples.error_rate(our_words, said):.2%} / {samples.error_rate(their_words, said):.2%}",
        "no worse",
    )


def test_captions_behind_the_sound(tmp_path, figure):
    """Two lines at real time; each word's end, as its final says, against when it was told."""
    partials, finals = [], []
    for call in samples.CALLS:
        path = samples.sound(call)
        lines = (f"来电=file:{path}?channel=1", f"演播室=file:{path}?channel=2")
        with RecorderProcess(tmp_path / call, *lines) as recorder:
            take = recorder.started()
            told = _captions(take, recorder.take)
        of_words, of_finals = _lags(told, _endpoints(take))
        partials += of_words
        finals += of_finals

    for what, lags in (("partial words", partials), ("final after its endpoint", finals)):
        figure(
            f"captions behind the sound, {what}, p95 of {len(lags)}",
            f"{np.percentile(lags, 95):.2f} s (median {np.median(lags):.2f} s)",
            "0.5 s",
        )


def _long_sound() -> tuple[np.ndarray, str]:
    """Return sentences that no model has learnt, by unseen voices, with pauses; and their words."""
    rng = np.random.default_rng(1)
    spoken = [(sentence, voice) for sentence in held_out_sentences() for voice in HELD_OUT]
    parts, said, length = [], "", 0
    for which in rng.permutation(len(spoken)):
        sentence = speak(*spoken[which], "clean", rng)
        pause = rng.normal(0, 3, int(rng.uniform(0, 0.7) * RATE_HZ)).astype(np.int16)
        parts += [sentence.samples, pause]
        said += sentence.said
        length += len(sentence.samples) + len(pause)
        if length >= LONG_SECONDS * RATE_HZ:
            break
    return np.concatenate(parts), said


def _vosk_transcriber(path: Path, folder: Path) -> list[str]:
    program = Path(sys.executable).with_name("vosk-transcriber")
    model, output = str(demo_model().path), str(folder / "theirs.txt")
    return [str(program), "-m", model, "-i", str(path), "-o", output, "--log-level", "ERROR"]


def _transcribe(path: Path, folder: Path) -> list[str]:
    own = [sys.executable, "-m", "hotline_desk", "transcribe", str(path)]
    return [*own, "--format", "json", "-o", str(folder)]


def _seconds(command: list[str], folder: Path) -> float:
    (folder / "bin").mkdir(exist_ok=True)
    link = folder / "bin" / "ffmpeg"
    if not link.exists():
        link.symlink_to(ffmpeg())
    environment = os.environ | {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - began


def _captions(take: Take, folder: Path) -> list[tuple[float, dict]]:
    """Return what the captioner told, each with the take time that was on the disk then."""
    told: list[tuple[float, dict]] = []
    grown: list[tuple[float, float]] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.01):
            grown.append((time.monotonic(), take.now()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    with subprocess.Popen(
        [sys.executable, "-m", "hotline_desk", "caption", str(folder), "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as captioner:
        told_at = [(time.monotonic(), json.loads(line)) for line in captioner.stdout]
    over.set()
    watcher.join()
    moments = [moment for moment, _ in grown]
    for moment, facts in told_at:
        place = max(0, np.searchsorted(moments, moment) - 1)
        told.append((grown[place][1], facts))
    wait_until(lambda: take.ended)
    return told


def _endpoints(take: Take) -> dict[str, list[float]]:
    """Return the take times at which the recogniser itself ends the utterances of each line."""
    model = load(demo_model())
    found: dict[str, list[float]] = {}
    for line in take.lines:
        recogniser, position = Recogniser(model, line.rate_hz), 0
        while pcm := take.read(line.name, position, line.rate_hz // 20):
            position += len(pcm) // 2
            if recogniser.accept(pcm):
                found.setdefault(line.name, []).append(take.time_at(line.name, position))
        found.setdefault(line.name, []).append(take.time_at(line.name, position))
    return found


def _lags(
    told: list[tuple[float, dict]], endpoints: dict[str, list[float]]
) -> tuple[list[float], list[float]]:
    """Return the lags of words in partials, and of finals behind their endpoint.

    A word is told with the first partial of its utterance that is as long as the text up to it.
    """
    partials: list[float] = []
    finals: list[float] = []
    seen: dict[str, list[tuple[float, str]]] = {}
    for at, facts in told:
        if "partial" in facts:
            seen.setdefault(facts["line"], []).append((at, facts["partial"]))
        elif "words" in facts:
            text = ""
            shown = [*seen.pop(facts["line"], []), (at, facts["text"])]
            for word in facts["words"]:
                text += word["word"]
                first = next(moment for moment, part in shown if len(part) >= len(text))
                partials.append(first - word["end"])
            endpoint = next(end for end in endpoints[facts["line"]] if end >= facts["end"])
            finals.append(at - endpoint)
    return partials, finals
