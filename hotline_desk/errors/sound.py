"""Failures of recording, of sound files, of the speech model and of playing."""

from __future__ import annotations

from hotline_desk.errors.base import (
    CarriesDevice,
    CarriesFaults,
    CarriesName,
    CarriesNames,
    CarriesPath,
    HotlineDeskError,
)


class RecordingError(HotlineDeskError):
    """Recording cannot go on as asked."""


class RecorderFailed(RecordingError):
    """The recorder ended before its first block; *reason* is the sentence it left."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RecorderLost(RecordingError, CarriesPath):
    """The recorder died in the middle of a take; what it had recorded is kept."""


class ChannelNotFound(RecordingError):
    """A sound file has *channels* alone."""

    def __init__(self, device: str, channels: int) -> None:
        super().__init__(f"{device}: {channels}")
        self.device = device
        self.channels = channels


class DeviceNotFound(RecordingError, CarriesDevice):
    """No input has this name."""


class DeviceRefused(RecordingError, CarriesDevice):
    """The input is there, and cannot be opened."""


class NoInputDevice(RecordingError):
    """The machine has no input at all."""


class LinesNotChosen(RecordingError):
    """The settings name no line to record."""


class SoundLibraryMissing(RecordingError):
    """PortAudio is not installed."""


class SoundServerMissing(RecordingError):
    """The demo's own sound server cannot be started."""


class TakeLost(RecordingError, CarriesPath):
    """The take's folder went away while the recorder wrote there."""


class TakeExists(RecordingError, CarriesPath):
    """The folder already holds a take."""


class TakeNotFound(RecordingError, CarriesPath):
    """The folder holds no take."""


class TakeUnsound(RecordingError, CarriesFaults):
    """The health sheet of a take tells of *faults*."""


class NoRoomForFlac(RecordingError, CarriesPath):
    """The disk has no room for a line's FLAC beside its segments, which stay."""


class FlacFailed(RecordingError, CarriesPath):
    """The FLAC was not written, or is not sample for sample what the segments are; they stay."""


class SegmentDiffers(RecordingError, CarriesPath):
    """A segment is no longer what its FLAC was made of; both stay."""


class SegmentHeld(RecordingError, CarriesPath):
    """A segment whose FLAC is whole cannot be deleted yet."""


class SoundFileError(HotlineDeskError):
    """A sound file cannot be used."""


class SoundFileNotFound(SoundFileError, CarriesPath):
    """There is no such file."""


class SoundFileNotPcm(SoundFileError, CarriesPath):
    """A WAV file of another kind than a line can be: PCM of 16, 24 or 32 bits."""


class UndecodableSound(SoundFileError, CarriesPath):
    """The file holds no sound that can be read."""


class SoundDamaged(SoundFileError, CarriesPath):
    """The file is cut off, or a part of it cannot be read; the rest was."""


class SoundFilesUnusable(SoundFileError, CarriesNames):
    """None of several files could be transcribed."""


class SoundFilesLeftOut(SoundFileError, CarriesNames):
    """Some of several files could not be transcribed; the others were."""


class FfmpegMissing(SoundFileError):
    """There is no usable ffmpeg."""


class SpeechModelError(HotlineDeskError):
    """The speech model cannot be used."""


class ModelMissing(SpeechModelError, CarriesPath):
    """There is no speech model there."""


class ModelBroken(SpeechModelError, CarriesPath):
    """The speech model does not load."""


class ModelBuiltIn(SpeechModelError, CarriesName):
    """The model comes with the program and cannot be removed."""


class ModelExists(SpeechModelError, CarriesPath):
    """A model of this name is installed already."""


class ModelNotCopied(SpeechModelError, CarriesPath):
    """The folder of the installed models cannot be written; nothing was left there."""


class CaptionerRunning(SpeechModelError, CarriesPath):
    """Another captioner follows this take already."""


class PlaybackError(HotlineDeskError):
    """Sound cannot be played."""


class PreListenNotChosen(PlaybackError):
    """No device is set for listening."""


class PreListenIsLine(PlaybackError, CarriesDevice):
    """The listening device is the source of a line: playing would feed the programme."""


class PreListenLost(PlaybackError, CarriesDevice):
    """The listening device is gone."""


class RecordingRefused(PlaybackError):
    """The caller does not agree to be recorded: the sound may not be heard."""


class SoundPurged(PlaybackError):
    """The sound of a 坐席 line that no mark claimed is not there any more."""
