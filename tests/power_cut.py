"""What a power cut leaves on a disk: rebuilt from a trace of the real writes and syncs.

A file has what was synced, and of what was written since any beginning, its last write torn
anywhere. A folder has the entries that were there when it was synced, and any beginning of its
changes since. Files and folders are independent of each other.
"""

import re
import subprocess
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CALLS = "openat,write,lseek,ftruncate,fdatasync,fsync,rename,unlink,mkdir,rmdir,close"
_LINE = re.compile(r"^(\d+) +([\d.]+) (.*)$")
_RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$")
_CALL = re.compile(r"^(?P<name>\w+)\((?P<rest>.*)\) += (?P<result>-?\d+)(?:<.*>)?(?: E\w+ .*)?$")
_DESCRIPTOR = re.compile(r"^(?P<number>\d+)<(?P<path>[^>]*)>(?:, )?(?P<rest>.*)$")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_ESCAPE = re.compile(r"\\x([0-9a-f]{2})")

Choose = Callable[[int, int], int]
"""Given how many changes are safe and how many were made, says how many the disk has."""


@dataclass(frozen=True)
class Call:
    """One system call that succeeded."""

    begun: int
    """The trace's line at which it began; what ended before it comes before it."""
    at: float
    """When it began."""
    ended: int
    name: str
    result: int
    path: Path | None
    """Of the descriptor that it is about."""
    number: int
    rest: str
    strings: tuple[bytes, ...]


@dataclass
class _Open:
    file: int
    offset: int
    appends: bool


@dataclass
class Made:
    """A change to a file or folder, in the order in which they were done."""

    thing: int
    """The file or folder."""
    at: float
    sync_of: int | None = None
    """With a sync: how many of the thing's changes it makes safe."""
    offset: int = 0
    data: bytes | None = None
    """What is written; None cuts the file off at the offset, or is about a folder."""
    gone: str | None = None
    """The name that leaves a folder."""
    come: tuple[str, int] | None = None
    """The name that comes to it, and of what."""
    path: Path = Path()


@dataclass
class Trace:
    """The changes that a program made below a folder."""

    root: Path
    made: list[Made] = field(default_factory=list)
    folders: dict[Path, int] = field(default_factory=dict)
    _were_folders: set[int] = field(default_factory=set)
    _names: dict[Path, int] = field(default_factory=dict)
    _things: int = 0
    _open: dict[tuple[int, Path], _Open] = field(default_factory=dict)
    _ends: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _length: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def begin(self) -> None:
        """Take in what is there before anything is traced."""
        self.folders[self.root] = self._new()
        for path in sorted(self.root.rglob("*")):
            thing = self._new()
            come = (path.name, thing)
            self._add_safe(Made(self.folders[path.parent], 0.0, come=come, path=path))
            if path.is_dir():
                self.folders[path] = thing
                self._were_folders.add(thing)
            else:
                self._names[path] = thing
                data = path.read_bytes()
                self._length[thing] = len(data)
                self._add_safe(Made(thing, 0.0, data=data, path=path))

    def _add_safe(self, made: Made) -> None:
        self._ends[made.thing].append(-1)
        self.made += [made, Made(made.thing, 0.0, sync_of=len(self._ends[made.thing]))]

    def rebuild(self, point: int, place: Path, choose: Choose, torn: Choose) -> None:
        """Write into *place* what the disk may have after the first *point* changes.

        Args:
            point: how many changes and syncs were done when the power went.
            place: an empty folder, in the root's stead.
            choose: says for each file and folder how much of its unsynced changes is there.
            torn: says of the last write there is how many bytes of it, of (0, all).
        """
        safe: dict[int, int] = defaultdict(int)
        changes: dict[int, list[Made]] = defaultdict(list)
        for made in self.made[:point]:
            if made.sync_of is None:
                changes[made.thing].append(made)
            else:
                safe[made.thing] = max(safe[made.thing], made.sync_of)
        there = {thing: done[: choose(safe[thing], len(done))] for thing, done in changes.items()}
        self._write_folder(self.folders[self.root], place, there, safe, torn)

    def _write_folder(self, folder, place, there, safe, torn) -> None:
        entries: dict[str, int] = {}
        for made in there.get(folder, []):
            if made.gone is not None:
                entries.pop(made.gone, None)
            if made.come is not None:
                entries[made.come[0]] = made.come[1]
        for name, thing in entries.items():
            if thing in self._were_folders:
                (place / name).mkdir()
                self._write_folder(thing, place / name, there, safe, torn)
            else:
                done = there.get(thing, [])
                (place / name).write_bytes(_content(done, len(done) > safe[thing], torn))

    def add(self, call: Call) -> None:
        """Take in the next call, in the order in which they ended."""
        kind = getattr(self, f"_{call.name}", None)
        if kind is not None and call.result >= 0:
            kind(call)

    def _is_ours(self, path: Path | None) -> bool:
        return path is not None and path.is_relative_to(self.root)

    def _change(self, call: Call, thing: int, **what) -> None:
        self._ends[thing].append(call.ended)
        self.made.append(Made(thing, call.at, **what))

    def _new(self) -> int:
        self._things += 1
        return self._things

    def _openat(self, call: Call) -> None:
        path = Path(call.strings[0].decode())
        if not self._is_ours(path) or path in self.folders:
            return
        thing = self._names.get(path)
        if thing is None:
            if "O_CREAT" not in call.rest:
                return
            thing = self._names[path] = self._new()
            self._change(call, self.folders[path.parent], come=(path.name, thing), path=path)
        if "O_TRUNC" in call.rest and self._length[thing]:
            self._change(call, thing, offset=0, path=path)
            self._length[thing] = 0
        self._open[call.result, path] = _Open(thing, 0, "O_APPEND" in call.rest)

    def _of(self, call: Call) -> _Open | None:
        return self._open.get((call.number, call.path)) if call.path else None

    def _close(self, call: Call) -> None:
        self._open.pop((call.number, call.path), None)

    def _lseek(self, call: Call) -> None:
        if opened := self._of(call):
            opened.offset = call.result

    def _write(self, call: Call) -> None:
        if opened := self._of(call):
            at = self._length[opened.file] if opened.appends else opened.offset
            data = call.strings[0][: call.result]
            self._change(call, opened.file, offset=at, data=data, path=call.path)
            opened.offset = at + len(data)
            self._length[opened.file] = max(self._length[opened.file], opened.offset)

    def _ftruncate(self, call: Call) -> None:
        if opened := self._of(call):
            size = int(call.rest)
            self._change(call, opened.file, offset=size, path=call.path)
            self._length[opened.file] = size

    def _fdatasync(self, call: Call) -> None:
        opened = self._of(call)
        thing = opened.file if opened else self.folders.get(call.path or Path())
        if thing is not None:
            before = sum(ended < call.begun for ended in self._ends[thing])
            self.made.append(Made(thing, call.at, sync_of=before, path=call.path or Path()))

    _fsync = _fdatasync

    def _rename(self, call: Call) -> None:
        old, new = (Path(text.decode()) for text in call.strings)
        if self._is_ours(old) and self._is_ours(new) and old in self._names:
            assert old.parent == new.parent, "moves between folders are not replayed"
            thing = self._names[new] = self._names.pop(old)
            folder = self.folders[new.parent]
            self._change(call, folder, gone=old.name, come=(new.name, thing), path=new)
            for number, path in [key for key in self._open if key[1] == old]:
                self._open[number, new] = self._open.pop((number, path))

    def _unlink(self, call: Call) -> None:
        path = Path(call.strings[0].decode())
        if self._names.pop(path, None) is not None:
            self._change(call, self.folders[path.parent], gone=path.name, path=path)

    def _rmdir(self, call: Call) -> None:
        path = Path(call.strings[0].decode())
        if self.folders.pop(path, None) is not None:
            self._change(call, self.folders[path.parent], gone=path.name, path=path)

    def _mkdir(self, call: Call) -> None:
        path = Path(call.strings[0].decode())
        if self._is_ours(path):
            thing = self.folders[path] = self._new()
            self._were_folders.add(thing)
            self._change(call, self.folders[path.parent], come=(path.name, thing), path=path)


def traced(root: Path, *command: str, trace: Path) -> Trace:
    """Run *command* and return what it changed below *root*; what is there already is safe.

    Skips the test where nobody may trace.
    """
    found = Trace(root)
    found.begin()
    options = ("-f", "-ttt", "-y", "-xx", "-s", "4000000", "-e", f"trace={CALLS}", "-o", str(trace))
    done = subprocess.run(
        ["strace", *options, *command], capture_output=True, text=True, timeout=120, check=False
    )
    if "ptrace" in done.stderr.lower():
        pytest.skip("this system lets nobody trace")
    assert done.returncode == 0, done.stderr
    for call in _calls(trace.read_text(encoding="ascii")):
        found.add(call)
    return found


def _calls(text: str) -> list[Call]:
    found, begun = [], {}
    for number, line in enumerate(text.splitlines()):
        if not (match := _LINE.match(line)):
            continue
        thread, at, said = match[1], float(match[2]), match[3]
        start = number
        if resumed := _RESUMED.match(said):
            if thread not in begun:
                continue
            start, at, first = begun.pop(thread)
            said = first + resumed[1]
        elif said.endswith("<unfinished ...>"):
            begun[thread] = number, at, said.removesuffix("<unfinished ...>").rstrip()
            continue
        if call := _CALL.match(said):
            found.append(_call(call, start, at, number))
    return found


def _call(match: re.Match[str], begun: int, at: float, ended: int) -> Call:
    rest, number, path = match["rest"], -1, None
    if descriptor := _DESCRIPTOR.match(rest):
        number, rest = int(descriptor["number"]), descriptor["rest"]
        path = Path(_bytes(descriptor["path"]).decode().removesuffix(" (deleted)"))
    strings = tuple(_bytes(string) for string in _STRING.findall(rest))
    plain = _STRING.sub("", rest)
    name, result = match["name"], int(match["result"])
    return Call(begun, at, ended, name, result, path, number, plain, strings)


def _bytes(text: str) -> bytes:
    return _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text).encode("latin-1")


def _content(done: list[Made], is_loose: bool, torn: Choose) -> bytes:
    content = bytearray()
    for number, made in enumerate(done, start=1):
        if made.data is None:
            del content[made.offset :]
            content.extend(bytes(made.offset - len(content)))
            continue
        data = made.data
        if is_loose and number == len(done):
            data = data[: torn(0, len(data))]
        content.extend(bytes(max(0, made.offset - len(content))))
        content[made.offset : made.offset + len(data)] = data
    return bytes(content)
