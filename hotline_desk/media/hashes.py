"""Whether a FLAC is still what it was when it was verified.

Apart from `hotline_desk.take`: the recorder reads takes, too, and is to stay small without OpenSSL.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.take.consolidated import Consolidated

_CHUNK_BYTES = 1 << 20


def is_damaged(made: Consolidated) -> bool:
    """Whether the file is no longer what it was; reads all of it.

    Raises:
        OSError: it cannot be read.
    """
    return made.path.stat().st_size != made.file_bytes or sha256(made.path) != made.file_sha256


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes.

    Raises:
        OSError: it cannot be read.
    """
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            found.update(chunk)
    return found.hexdigest()
