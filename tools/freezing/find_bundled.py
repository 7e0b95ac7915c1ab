"""Runs first in the frozen program: it finds in the bundle what a bare system lacks.

sounddevice asks `find_library` for PortAudio, and that knows installed libraries only; ALSA ends
the process where it finds no settings at all.
"""

import ctypes.util
import os
import sys
from pathlib import Path

_BUNDLE = Path(sys._MEIPASS)  # type: ignore[attr-defined]  # noqa: SLF001  PyInstaller's own name
_on_the_system = ctypes.util.find_library


def _find(name: str) -> str | None:
    bundled = sorted(_BUNDLE.glob(f"lib{name}.so*"))
    return str(bundled[0]) if bundled else _on_the_system(name)


ctypes.util.find_library = _find
if (_BUNDLE / "alsa").is_dir() and not Path("/usr/share/alsa/alsa.conf").exists():
    os.environ.setdefault("ALSA_CONFIG_DIR", str(_BUNDLE / "alsa"))
