"""What the sound server of a Linux desktop (PulseAudio, or PipeWire in its place) has and does."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import IO, Any

from hotline_desk.processes import foreign_environment

_LOST = "(null)"  # what pactl 16 writes into JSON for any text that is not ASCII
_PATIENCE_SECONDS = 5.0
_SETTLE_SECONDS = 2.0
_LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class PulseSource:
    """One source of the sound server."""

    name: str
    description: str
    rate_hz: int
    channels: int
    channel_map: str
    """The channels' places: loudspeakers', or ``aux0,aux1`` … of a mixing desk."""
    monitored_sink: str
    """The sink whose sound this is; empty for a real input."""
    master: str
    """The source this one is made of; empty for most."""
    position: str
    """Where it is plugged in, one place for each source; empty where the server does not know."""


def sources() -> list[PulseSource]:
    """Return the sources, none where no sound server answers."""
    listed = _listed("sources")
    lost = any(found.get("description") == _LOST for found in listed)
    names = _descriptions() if lost else {}
    return [_source(found, names) for found in listed]


def sinks() -> list[str]:
    """Return the names of the sinks, none where no sound server answers."""
    return [str(found["name"]) for found in _listed("sinks")]


def sinks_behind(source_names: set[str]) -> set[str]:
    """Return the sinks whose sound comes out of these sources, straight or remapped."""
    known = {source.name: source for source in sources()}
    behind: set[str] = set()
    for name in source_names:
        source = known.get(name)
        while source is not None:
            if source.monitored_sink:
                behind.add(source.monitored_sink)
            source = known.get(source.master)
    return behind


@dataclass(frozen=True, slots=True)
class Kind:
    """The server's words for one direction."""

    streams: str
    places: str
    place: str

    @property
    def word(self) -> bytes:
        """What stands in the server's news of a stream or its place."""
        return self.place.encode()


RECORDING = Kind("source-outputs", "sources", "source")
PLAYING = Kind("sink-inputs", "sinks", "sink")


class StreamWatch:
    """Sees to it that a process's stream stays on the source or sink it was opened on.

    The server moves a stream to another one when its own vanishes, without a word to it.
    """

    def __init__(self, kind: Kind, place: str, *, process: int | None = None) -> None:
        """Begin to watch; the stream is open.

        Args:
            kind: what the stream does.
            place: the source or sink it was opened on.
            process: whose the stream is; this one's unless given.

        Raises:
            LookupError: the server gave it another, or does not answer.
        """
        self.looking = threading.Event()
        """Set while it is not sure where the stream is."""
        self.moved = threading.Event()
        """Set when it is elsewhere, for good."""
        self.blind = threading.Event()
        """Set when the server is gone and nobody can say where the stream is."""
        self._kind = kind
        self._place = place
        self._process = str(process or os.getpid())
        try:
            self._server = subprocess.Popen(
                ["pactl", "subscribe"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        except OSError as error:
            raise LookupError(place) from error
        self._thread = threading.Thread(target=self._watch, name="stream", daemon=True)
        deadline = time.monotonic() + _SETTLE_SECONDS
        while self._found() != place:
            if time.monotonic() > deadline:
                self.close()
                raise LookupError(place)
            time.sleep(_LOOK_SECONDS)
        self._thread.start()

    def is_elsewhere(self) -> bool:
        """Return whether the stream is on another source or sink now."""
        return self._found() not in {"", self._place}

    def close(self) -> None:
        """Watch no more."""
        self._server.kill()
        self._server.wait()
        if self._thread.ident is not None:
            self._thread.join()
        if self._server.stdout is not None:
            self._server.stdout.close()

    def _watch(self) -> None:
        changes: IO[bytes] | tuple[()] = self._server.stdout or ()
        for change in changes:
            if self._kind.word in change:
                self.looking.set()
                if self._found() != self._place:
                    self.moved.set()
                self.looking.clear()
        self.blind.set()

    def _found(self) -> str:
        """Return the source or sink that the process's stream is on; empty without one."""
        for stream in _listed(self._kind.streams):
            if stream.get("properties", {}).get("application.process.id") == self._process:
                index = stream.get(self._kind.place)
                places = _listed(self._kind.places)
                return next((str(p["name"]) for p in places if p["index"] == index), "")
        return ""


def _listed(kind: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(_said("--format=json", "list", kind))
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def _descriptions() -> dict[str, str]:
    """Return what people call each source, by its name."""
    found: dict[str, str] = {}
    name = ""
    for line in _said("list", "sources").splitlines():
        key, _, value = line.strip().partition(": ")
        if key == "Name":
            name = value
        elif key == "Description":
            found[name] = value
    return found


def _said(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["pactl", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_PATIENCE_SECONDS,
            env=_environment(),
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace")


def _environment() -> dict[str, str]:
    # in other languages pactl's words, and the points in its numbers, are others
    return foreign_environment() | {"LC_ALL": "C.UTF-8"}


def _source(found: dict[str, Any], descriptions: dict[str, str]) -> PulseSource:
    name = str(found["name"])
    _, channels, rate = str(found["sample_specification"]).split()
    properties = found.get("properties", {})
    path = properties.get("device.bus_path", "")
    return PulseSource(
        name=name,
        description=descriptions.get(name) or str(found.get("description") or name),
        rate_hz=int(rate.removesuffix("Hz")),
        channels=int(channels.removesuffix("ch")),
        channel_map=str(found.get("channel_map", "")),
        monitored_sink=str(found.get("monitor_source") or ""),
        master=str(properties.get("device.master_device", "")),
        position=f"{path}/{properties.get('device.profile.name', '')}" if path else "",
    )
