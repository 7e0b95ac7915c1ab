"""What the sound server of a Linux desktop (PulseAudio, or PipeWire in its place) has and does."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

from hotline_desk.system import foreign_environment

_PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class PulseSource:
    """One source of the sound server."""

    name: str
    description: str
    rate_hz: int
    channels: int
    monitored_sink: str
    """The sink whose sound this is; empty for a real input."""
    master: str
    """The source this one is made of; empty for most."""


def sources() -> list[PulseSource]:
    """Return the sources, none where no sound server answers."""
    return [_source(found) for found in _listed("sources")]


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


def source_of_process(pid: int) -> str:
    """Return the name of the source that process *pid* records from; empty if from none.

    The server moves a stream to another source when its own vanishes, without a word to it.
    """
    for stream in _listed("source-outputs"):
        if stream.get("properties", {}).get("application.process.id") == str(pid):
            index = stream.get("source")
            return next((str(s["name"]) for s in _listed("sources") if s["index"] == index), "")
    return ""


def follow() -> subprocess.Popen[bytes]:
    """Start a process that prints a line whenever something changes in the server.

    Raises:
        OSError: there is no pactl.
    """
    return subprocess.Popen(
        ["pactl", "subscribe"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


def _listed(kind: str) -> list[dict[str, Any]]:
    try:
        done = subprocess.run(
            ["pactl", "--format=json", "list", kind],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_PATIENCE_SECONDS,
            env=_environment(),
        )
        found = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return []
    return found if isinstance(found, list) else []


def _environment() -> dict[str, str]:
    # pactl's JSON loses what is not ASCII, and its numbers, in other locales
    return foreign_environment() | {"LC_ALL": "C.UTF-8"}


def _source(found: dict[str, Any]) -> PulseSource:
    _, channels, rate = str(found["sample_specification"]).split()
    return PulseSource(
        name=str(found["name"]),
        description=str(found.get("description") or found["name"]),
        rate_hz=int(rate.removesuffix("Hz")),
        channels=int(channels.removesuffix("ch")),
        monitored_sink=str(found.get("monitor_source") or ""),
        master=str(found.get("properties", {}).get("device.master_device", "")),
    )
