"""The window: the one place that knows Qt."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12.0 returns None from every method without a result, and True from Signal.emit,
    # without taking the reference that it returns. From Python 3.12 on these two cannot be used
    # up; before, the interpreter aborts within a minute (none_dealloc, bool_dealloc). So they
    # are given more references here than a desk can use up in years.
    for _constant in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_constant)).value += 1 << 40
