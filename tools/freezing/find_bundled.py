"""Runs first in the frozen program: libraries are looked for in the bundle, then on the system.

sounddevice asks `find_library` for PortAudio, and that knows installed libraries only.
"""

import ctypes.util
import sys
from pathlib import Path

_on_the_system = ctypes.util.find_library


def _find(name: str) -> str | None:
    bundled = sorted(Path(sys._MEIPASS).glob(f"lib{name}.so*"))  # type: ignore[attr-defined]  # noqa: SLF001  PyInstaller's own name
    return str(bundled[0]) if bundled else _on_the_system(name)


ctypes.util.find_library = _find
