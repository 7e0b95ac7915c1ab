"""A take of four lines, as the recorder itself writes it."""

import numpy as np

from hotline_desk.media.sound import open_line
from hotline_desk.take.take import Take
from tests.coded_sound import write_coded
from tests.recorder_process import RecorderProcess

RATE, SECONDS = 4000, 200
CALLER, STUDIO, SEAT, PROGRAMME = "来电", "演播室", "坐席", "节目输出（PGM）"
LINES = (CALLER, STUDIO, SEAT, PROGRAMME)


def record(root):
    """Let the recorder write four lines of coded sound, 200 s at 50 times; return the take."""
    sound = write_coded(root / "sound.wav", [0, 1, 2, 3], seconds=SECONDS, rate_hz=RATE)
    lines = [f"{name}=file:{sound}?channel={n}&speed=50" for n, name in enumerate(LINES, start=1)]
    with RecorderProcess(root, *lines) as recorder:
        assert recorder.wait()[0] == 0
    return recorder.take


def heard(take, name):
    with open_line(Take(take), name) as sound:
        return np.frombuffer(sound.read(0, sound.samples), dtype="<i2")
