"""What a speech model takes on this machine: time for two lines at once, and memory."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.errors import ModelBroken
from hotline_desk.media.decode import SAMPLE_BYTES, decode
from hotline_desk.output import Line
from hotline_desk.paths import resource
from hotline_desk.speech.models import DEMO_NOTICE, chosen, model_at
from hotline_desk.speech.recogniser import Recogniser, load
from hotline_desk.system import resident_bytes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    import vosk

LINES = 2
MOST_REAL_TIME = 0.7
"""Above this share of real time a model falls behind as soon as something else runs."""
_RATE_HZ = 16_000
_SAMPLE = "samples/call-1-wages.wav"
_BLOCK_BYTES = _RATE_HZ // 10 * SAMPLE_BYTES
_MEGABYTE = 1 << 20


def check_model(args: argparse.Namespace) -> Iterator[Line]:
    """Measure the model ``args.model``, else the office's, on the sample sound.

    The real-time factor is the time that two lines take at once, fed and asked as the
    captioner does, as a share of the sound's length: above 1 captions fall behind.

    Raises:
        ModelMissing: there is no such model.
        ModelBroken: it does not load.
    """
    if args.model is None:
        model = chosen(office.load(args.workspace.settings))
    else:
        model = model_at(args.model.absolute())
    before = resident_bytes()
    began = time.perf_counter()
    loaded = load(model)
    load_seconds = time.perf_counter() - began
    pcm = b"".join(decode(resource(_SAMPLE), _RATE_HZ))
    began = time.perf_counter()
    with ThreadPoolExecutor(LINES) as pool:
        heard = list(pool.map(lambda _line: _words_heard(loaded, pcm), range(LINES)))
    factor = (time.perf_counter() - began) / (len(pcm) / SAMPLE_BYTES / _RATE_HZ)
    if not all(heard):
        raise ModelBroken(model.path)
    after = resident_bytes()
    memory = None if before is None or after is None else round((after - before) / _MEGABYTE)
    keeps_up = factor <= MOST_REAL_TIME
    verdict = (
        "跟得上两路同时说话" if keeps_up else "跟不上两路同时说话，字幕会越来越晚，请换小一些的模型"
    )
    yield Line(
        f"{model.name}：实时率 {factor:.3f}（两路同时），载入 {load_seconds:.1f} 秒"
        + ("" if memory is None else f"，内存 {memory} MB")
        + f"。本机{verdict}。",
        {
            "name": model.name,
            "demo": model.is_demo,
            "lines": LINES,
            "real_time_factor": round(factor, 4),
            "load_seconds": round(load_seconds, 2),
            "memory_mb": memory,
            "keeps_up": keeps_up,
        },
    )
    if model.is_demo:
        yield Line(DEMO_NOTICE, {"notice": DEMO_NOTICE, "model": model.name}, aside=True)


def _words_heard(model: vosk.Model, pcm: bytes) -> int:
    recogniser = Recogniser(model, _RATE_HZ)
    count = 0
    for start in range(0, len(pcm), _BLOCK_BYTES):
        count += len(recogniser.accept(pcm[start : start + _BLOCK_BYTES]) or [])
        recogniser.partial()
    return count + len(recogniser.finish())
