"""A source of the sound server that delivers whatever a test writes, at real time."""

import contextlib
import os
import threading
import time

import numpy as np

_TICK_SECONDS = 0.02
_PARTS = 100  # of a second: the shortest piece


class PipeSource:
    """Delivers `piece` again and again; silence at first."""

    def __init__(self, pipe, rate_hz):
        self.piece = np.zeros(rate_hz // _PARTS, np.int16)
        """A hundredth of a second or a multiple of it."""
        self._pipe = pipe
        self._rate_hz = rate_hz
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    def close(self):
        self._ending.set()
        self._thread.join()

    def _write(self):
        part = self._rate_hz // _PARTS
        began, written, piece = time.monotonic(), 0, self.piece
        left = piece[:0]
        while not self._ending.wait(_TICK_SECONDS):
            due = int((time.monotonic() - began) * _PARTS)
            for _ in range(written, due):
                if piece is not self.piece:
                    piece, left = self.piece, self.piece[:0]
                if not len(left):
                    left = piece
                with contextlib.suppress(BlockingIOError):  # nobody reads: it is not heard
                    os.write(self._pipe, left[:part].tobytes())
                left = left[part:]
            written = due


@contextlib.contextmanager
def pipe_source(load, path, *, rate_hz, name="pipe_line"):
    """Make such a source; *load* loads a module of the server with the arguments given."""
    form = ("format=s16le", f"rate={rate_hz}", "channels=1")
    load("module-pipe-source", f"source_name={name}", f"file={path}", *form)
    pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    source = PipeSource(pipe, rate_hz)
    try:
        yield source
    finally:
        source.close()
        os.close(pipe)
