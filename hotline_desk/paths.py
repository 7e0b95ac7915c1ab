"""Where things lie: the program's resources, and what a workspace holds."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WORKSPACE_NAME = "工会法律在线"

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_LONGEST_NAME = 235  # UTF-8 bytes: under the 255 of most systems, with room for a suffix


def resource(name: str) -> Path:
    """Return the path of a file or folder of resources/: checkout, installed or frozen."""
    if frozen := getattr(sys, "_MEIPASS", None):
        return Path(frozen) / "resources" / name
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return (installed if installed.is_dir() else package.parent / "resources") / name


def file_name(text: str) -> str:
    """Return *text* as a file name that Windows, Linux and macOS all take.

    Characters and names that Windows forbids are replaced; it is at most 235 bytes long, so that
    a number and a suffix find room behind it.
    """
    whole = text.encode("utf-8", "replace").decode()  # half a character becomes a ?, forbidden too
    encoded = _FORBIDDEN.sub("_", whole).encode()
    name = encoded[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
    if not name:
        return "_"
    return f"_{name}" if _RESERVED.match(name) else name


def _found(given: Path, places: Iterable[Path]) -> Path:
    """Return *given*, unless it is a mere name that only one of *places* knows."""
    if given.exists() or len(given.parts) != 1:
        return given
    return next((place for place in places if place.exists()), given)


@dataclass(frozen=True, slots=True)
class Workspace:
    """One folder with everything of one office; it can be copied to another machine as it is."""

    root: Path

    @classmethod
    def default(cls) -> Workspace:
        """Return the workspace in the user's home."""
        return cls(Path.home() / WORKSPACE_NAME)

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.root / "ledger.db"

    @property
    def episodes(self) -> Path:
        """The folder of the episodes' folders."""
        return self.root / "episodes"

    def keeps(self, take: Path) -> bool:
        """Return whether the folder *take* lies where the desk looks for recordings."""
        return take.resolve().parent.parent == self.episodes.resolve()

    def take_called(self, given: Path) -> Path:
        """Return *given*, or an episode's take that is called so, if that alone is there."""
        return _found(given, (episode / given for episode in sorted(self.episodes.glob("*"))))

    @property
    def backups(self) -> Path:
        """The folder of the ledger's backups."""
        return self.root / "backups"

    def backup_called(self, given: Path) -> Path:
        """Return *given*, or the backup that is called so, if that alone is there."""
        return _found(given, [self.backups / given])

    @property
    def owed(self) -> Path:
        """The note of the deletions that a restored ledger has to repeat."""
        return self.ledger.with_name(f"{self.ledger.name}.deletions")

    @property
    def drafts(self) -> Path:
        """The folder in which files that are exported grow; nothing of it is masked."""
        return self.root / "drafts"

    def paper(self, name: str) -> Path:
        """Return where the PDF called *name* lies unless another place is chosen."""
        return self.root / "reports" / f"{file_name(name)}.pdf"

    @property
    def settings(self) -> Path:
        """The file of the office's settings."""
        return self.root / "settings.toml"

    @property
    def calendar(self) -> Path:
        """The file of the office's own days, and of notices that came after the program."""
        return self.root / "calendar.toml"

    @property
    def recorder_lock(self) -> Path:
        """The file whose lock says that a recorder runs."""
        return self.root / "recorder.lock"

    @property
    def window_lock(self) -> Path:
        """The file whose lock says that a window is open."""
        return self.root / "window.lock"

    @property
    def logs(self) -> Path:
        """The folder of the program's logs."""
        return self.root / "logs"
