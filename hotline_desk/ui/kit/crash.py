"""Bugs that nobody caught: into the log, one plain message, and recording goes on."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_log = logging.getLogger(__name__)


def install(tell: Callable[[Exception], None]) -> None:
    """Have bugs logged and handed to *tell*, which may be called from any thread."""

    def caught(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            _log.critical("a bug nobody caught", exc_info=(kind, error, trace))
            tell(error)
        else:
            sys.__excepthook__(kind, error or kind(), trace)

    sys.excepthook = caught
    threading.excepthook = lambda hooked: caught(
        hooked.exc_type, hooked.exc_value, hooked.exc_traceback
    )
