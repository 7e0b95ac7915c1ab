"""Lets a process believe that the machine has slept: Python reads this before anything else.

What a suspended machine shows to a process is that the clock which counts sleep has gone on and
the other has not. The file named by SLEPT is as many bytes long as milliseconds were slept.
"""

import os
import time

_real = time.clock_gettime_ns
_descriptor = os.open(os.environ["SLEPT"], os.O_RDONLY)


def _clock_gettime_ns(clock: int) -> int:
    slept_ms = os.fstat(_descriptor).st_size if clock == time.CLOCK_BOOTTIME else 0
    return _real(clock) + slept_ms * 1_000_000


time.clock_gettime_ns = _clock_gettime_ns
