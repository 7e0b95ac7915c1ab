"""The inputs of this machine that can be lines."""

from __future__ import annotations

import dataclasses
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hotline_desk.capture import pulse
from hotline_desk.errors import DeviceNotFound, NoInputDevice, SoundLibraryMissing
from hotline_desk.output import Line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

PULSE = "pulse"
"""PortAudio's name for the sound server; which source it reads is for PULSE_SOURCE to say."""

LEADING_ELSEWHERE = {PULSE, "default"}
"""Not devices of their own: they lead to the sound server, or nowhere."""

# what systems put into a name to tell devices of one make apart: Windows "2- ", ALSA "(hw:1,0)",
# "(2)" or "#2", PulseAudio ".2" before or behind the profile
_TWIN_NUMBER = re.compile(r"\b\d+- | ?\((hw:)?[\d,]+\)$| ?#\d+$|(?<=-\d\d)\.\d+(?=\.)|\.\d+$")
_AMONG_ALIKE = re.compile(r"\d+/\d+")
_ALONE = "1/1"


@dataclass(frozen=True, slots=True)
class InputDevice:
    """One input as it can stand behind ``--line NAME=``."""

    name: str
    description: str
    """For people; as good as the name in ``--line``."""
    channels: int
    rate_hz: int
    """The device's own: lines are recorded at it, unless it changes during a take."""
    index: int | None
    """PortAudio's number; None for a source of the sound server."""
    is_monitor: bool = False
    """Whether it carries what an output plays."""
    channel_map: str = ""
    """The places that the sound server knows for its channels; empty elsewhere."""
    position: str = ""
    """Its path on the bus where the system tells, else ``2/3``: the second of three alike."""

    @property
    def make(self) -> str:
        """What its name is without a twin's number."""
        return make(self.name)


def make(name: str) -> str:
    """Return *name* without the number by which a system tells twins apart."""
    return _TWIN_NUMBER.sub("", name)


def inputs() -> list[InputDevice]:
    """Return the inputs, real ones before monitors; none is no error.

    Raises:
        SoundLibraryMissing: PortAudio is not installed.
    """
    found = [
        InputDevice(
            name=source.name,
            description=source.description,
            channels=source.channels,
            rate_hz=source.rate_hz,
            index=None,
            is_monitor=bool(source.monitored_sink),
            channel_map=source.channel_map,
            position=source.position,
        )
        for source in pulse.sources()
    ]
    found = found or _portaudio_inputs()
    return sorted(_placed(found), key=lambda device: device.is_monitor)


def find_input(name: str, position: str = "", *, others: Sequence[str] = ()) -> InputDevice:
    """Return the input of this name, or of this description.

    Args:
        name: the input's name or description.
        position: `place_now` of the device when it was found first. One that was alone of its
            make may have another number since, and one that had a twin is nowhere else: twins
            that come back alone or in another order have each other's names.
        others: the names of other lines' devices.

    Raises:
        DeviceNotFound: there is none of this name.
        NoInputDevice: there is none at all.
        SoundLibraryMissing: PortAudio is not installed.
    """
    found = inputs()
    if not found:
        raise NoInputDevice
    named = named_inputs(name, found)
    alike = [device for device in found if make(name) in {device.make, make(device.description)}]
    if position and not _AMONG_ALIKE.fullmatch(position):
        named = [device for device in alike if device.position == position]
    elif position == _ALONE and not named and len(alike) == 1:
        named = [device for device in alike if not {device.name, device.description} & {*others}]
    if not named:
        raise DeviceNotFound(name)
    return named[0]


def place_now(device: InputDevice) -> str:
    """Return by what *device* is told from others of its make while they are plugged in."""
    alike = [other for other in inputs() if other.make == device.make]
    return device.position if len(alike) > 1 else _ALONE


def named_inputs(name: str, found: Sequence[InputDevice]) -> list[InputDevice]:
    """Return the inputs of this name, or else of this description."""
    return [device for device in found if device.name == name] or [
        device for device in found if device.description == name
    ]


def list_devices(_args: argparse.Namespace) -> Iterator[Line]:
    """Say what can stand behind ``--line NAME=``.

    Raises:
        NoInputDevice: there is nothing.
        SoundLibraryMissing: PortAudio is not installed.
    """
    found = inputs()
    if not found:
        raise NoInputDevice
    for device in found:
        what = "输出的监听" if device.is_monitor else "输入"
        yield Line(
            f"{device.name}  {device.description}"
            f"（{what}，{device.channels} 声道，{device.rate_hz} Hz）",
            {
                "name": device.name,
                "description": device.description,
                "channels": device.channels,
                "rate_hz": device.rate_hz,
                "monitor": device.is_monitor,
                "position": device.position,
            },
        )


def portaudio() -> Any:  # noqa: ANN401  sounddevice has no types
    """Return the sounddevice module.

    Raises:
        SoundLibraryMissing: PortAudio is not installed, or cannot be set going.
    """
    try:
        # 26 MB that only those who open a device shall carry
        import sounddevice  # noqa: PLC0415
    except Exception as error:  # its own class has no name before it is imported
        raise SoundLibraryMissing from error
    return sounddevice


def relist() -> None:
    """Let PortAudio see what has come and gone since; no stream of this process may be open.

    Raises:
        SoundLibraryMissing: PortAudio is not installed.
    """
    sounddevice = portaudio()
    # PortAudio lists devices when it is initialised and never again
    sounddevice._terminate()  # noqa: SLF001  sounddevice has no public word for it
    sounddevice._initialize()  # noqa: SLF001  as above


def _placed(found: Sequence[InputDevice]) -> list[InputDevice]:
    """Give a place among those alike to each device whose path nobody knows."""
    alike = [[other for other in found if other.make == device.make] for device in found]
    return [
        device
        if device.position
        else dataclasses.replace(device, position=f"{same.index(device) + 1}/{len(same)}")
        for device, same in zip(found, alike, strict=True)
    ]


def _portaudio_inputs() -> list[InputDevice]:
    sounddevice = portaudio()
    interfaces = sounddevice.query_hostapis()
    return [
        InputDevice(
            name=device["name"],
            description=device["name"],
            channels=device["max_input_channels"],
            rate_hz=round(device["default_samplerate"]),
            index=device["index"],
        )
        for device in sounddevice.query_devices()
        if device["max_input_channels"] > 0
        and device["name"] not in LEADING_ELSEWHERE
        and is_usable(interfaces[device["hostapi"]]["name"])
    ]


def is_usable(interface: str) -> bool:
    """Return whether PortAudio reaches devices well by this *interface*."""
    # the other interfaces of Windows resample, cut names to 31 characters, or list devices twice
    return sys.platform != "win32" or interface == "Windows WASAPI"
