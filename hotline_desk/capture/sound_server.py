"""A private sound server with null sinks: real devices on a machine that has none.

For ``demo --sound-server``; the user's own sound server is neither asked nor touched.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hotline_desk.errors import SoundServerMissing
from hotline_desk.processes import foreign_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PATIENCE_SECONDS = 30.0
_LOOK_SECONDS = 0.05

_WITH_PARENT = """
trap '' INT HUP
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(read -r _ <&3; kill $server 2>/dev/null) </dev/null >/dev/null 2>&1 &
exec 3<&-
wait $server
kill $! 2>/dev/null
"""
"""Runs a server that ends when its standard input closes, however whoever held it has ended."""


@dataclass(frozen=True, slots=True)
class SoundServer:
    """A running sound server."""

    environment: Mapping[str, str]
    """What a process must have added to its own environment to use this server."""
    _players: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def source(self, sink: str) -> str:
        """Return the name of the source that carries what is played into *sink*."""
        return f"{sink}_line"

    def play(self, path: Path, sink: str) -> subprocess.Popen[bytes]:
        """Start to play a sound file into *sink*; it is over when the process ends.

        Raises:
            SoundServerMissing: there is no player.
        """
        player = self._start("paplay", f"--device={sink}", str(path), stdout=subprocess.DEVNULL)
        self._players.append(player)
        return player

    def silence(self) -> None:
        """End whoever still plays, and wait for them."""
        for player in self._players:
            player.kill()
            player.wait()

    def control(self, *arguments: str) -> str:
        """Run pactl on this server and return what it prints.

        Raises:
            SoundServerMissing: there is no pactl, or the server does not answer.
        """
        with self._start("pactl", *arguments, stdout=subprocess.PIPE) as asked:
            try:
                said, _ = asked.communicate(timeout=_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired as error:
                asked.kill()
                raise SoundServerMissing from error
        if asked.returncode != 0:
            raise SoundServerMissing
        return said.decode()

    @contextlib.contextmanager
    def kept_awake(self, sink: str) -> Iterator[None]:
        """Read a sink's sound in small pieces.

        A null sink that nobody asks for less wakes every 2 s: so late would a line's first
        sound come.
        """
        options = (f"--device={sink}.monitor", "--latency-msec=20", "--raw")
        reader = self._start("parec", *options, stdout=subprocess.DEVNULL)
        try:
            yield
        finally:
            reader.kill()
            reader.wait()

    def _start(self, program: str, *arguments: str, stdout: int) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                [program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=subprocess.DEVNULL,
                env=foreign_environment() | dict(self.environment),
            )
        except OSError as error:
            raise SoundServerMissing from error


@contextlib.contextmanager
def sound_server(
    sinks: Sequence[str] = ("caller", "studio"), *, rate_hz: int = 16000, channels: int = 1
) -> Iterator[SoundServer]:
    """Run a sound server of our own, with a null sink and a source of its sound for each name.

    Args:
        sinks: ASCII names.
        rate_hz: of every sink and source.
        channels: of every sink and source.

    Raises:
        SoundServerMissing: pulseaudio cannot be started here.
    """
    folder = Path(tempfile.mkdtemp(prefix="hld-"))  # short: a socket's path has 107 characters
    socket = folder / "native"
    own = {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_SERVER": f"unix:{socket}",
    }
    try:
        with _started(folder, _modules(socket, sinks, rate_hz, channels), own) as process:
            server = SoundServer({name: own[name] for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR")})
            _wait_for(server, process, [server.source(sink) for sink in sinks])
            with contextlib.ExitStack() as stack:
                for sink in sinks:
                    stack.enter_context(server.kept_awake(sink))
                stack.callback(server.silence)
                yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _started(
    folder: Path, modules: list[str], own: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    # with shared memory, PulseAudio 16 aborts when a client dies or a stream is moved
    options += ["--disable-shm=yes", "--enable-memfd=no"]
    try:
        process = subprocess.Popen(
            ["sh", "-c", _WITH_PARENT, "sh", "pulseaudio", *options]
            + [f"--load={module}" for module in modules],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=foreign_environment() | dict(own),
        )
    except OSError as error:
        raise SoundServerMissing from error
    try:
        yield process
    finally:
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _modules(socket: Path, sinks: Sequence[str], rate_hz: int, channels: int) -> list[str]:
    form = f"rate={rate_hz} channels={channels} format=s16le"
    modules = [f"module-native-protocol-unix auth-anonymous=1 socket={socket}"]
    for sink in sinks:
        modules.append(f"module-null-sink sink_name={sink} {form}")
        modules.append(f"module-remap-source source_name={sink}_line master={sink}.monitor")
    return modules


def _wait_for(
    server: SoundServer, process: subprocess.Popen[bytes], sources: Sequence[str]
) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(SoundServerMissing):
            listed = server.control("list", "short", "sources").split()
            if set(sources) <= set(listed):
                return
        time.sleep(_LOOK_SECONDS)
    raise SoundServerMissing
