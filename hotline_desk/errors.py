"""Every failure we foresee, in one tree; each has its sentence in messages.py.

HotlineDeskError
├── WrongUsage
│   └── LineNotUnderstood · RoleNotUnderstood · RoleWithoutLine · PeriodReversed ·
│       StatisticsNotAsked · UnitNotFound · WordNotUnderstood · WordMissing
├── WorkspaceError
│   └── WorkspaceNotFound · WorkspaceUnwritable · WorkspaceFull · WorkspaceSynchronised ·
│       CalendarNotUnderstood · LapsesNotUnderstood · ArticlesNotUnderstood ·
│       WindowAlreadyOpen · RecorderAlreadyRunning
├── RecordingError
│   └── RecorderFailed · RecorderLost · ChannelNotFound · DeviceNotFound · DeviceRefused ·
│       NoInputDevice · LinesNotChosen · SoundLibraryMissing · SoundServerMissing · TakeLost ·
│       TakeExists · TakeNotFound · TakeUnsound · NoRoomForFlac · FlacFailed · SegmentDiffers ·
│       SegmentHeld
├── SoundFileError
│   └── SoundFileNotFound · SoundFileNotPcm · UndecodableSound · SoundDamaged · SoundFilesUnusable ·
│       SoundFilesLeftOut · FfmpegMissing
├── SpeechModelError
│   └── ModelMissing · ModelBroken · ModelBuiltIn · ModelExists · ModelNotCopied · CaptionerRunning
├── LedgerError
│   └── LedgerBusy · LedgerFromNewerVersion · NotALedger · LedgerUnwritable · BackupFailed ·
│       RestoreFailed · BackupNotFound · BackupUnusable · EpisodeNotFound · EpisodeExists ·
│       CallNotFound · QuestionNotFound · CaseNotFound · QuestionHasCase · RecordNotFound ·
│       StepNotAllowed · ClockRefused · CourseRefused · ConflictOfInterest · ConflictUnchecked ·
│       NumberTaken · LetterNumberTaken · NameTaken · NameInUse · PointInUse ·
│       MonthClosed · MonthNotOver · MonthOutOfOrder · MonthBeforeFirst · PublicationRefused ·
│       NothingToUndo · LedgerUnsound
├── DeletionError
│   └── PersonRetained · DeletionNotNow · DeletionNotConfirmed · DeletionUnfinished · TakeInUse
├── TableError
│   └── TableNotFound · TableOldExcel · TableProtected · TableUnknown · TableDamaged ·
│       TableTooLarge · TableTextBroken · TableEmpty · TextEmpty · MatchingNotUnderstood ·
│       LedgerChanged · ImportBlocked
├── PrintError
│   └── ChineseFontMissing · PdfUnwritable · ExportUnwritable · NoRoomForFile · NoPdfViewer ·
│       PrinterUnusable
├── NoDisplay
├── SystemLibraryMissing
└── PlaybackError
    └── PreListenNotChosen · PreListenIsLine · PreListenLost · RecordingRefused · SoundPurged

An error carries what happened as attributes, never a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path


class HotlineDeskError(Exception):
    """A failure that the environment, the user or a device can cause."""


class Cancelled(Exception):
    """Somebody asked for the work to stop; no error, and nothing is shown."""


class _PathError(HotlineDeskError):
    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class _FaultsError(HotlineDeskError):
    def __init__(self, path: Path, faults: int) -> None:
        super().__init__(f"{path}: {faults}")
        self.path = path
        self.faults = faults


class _NameError(HotlineDeskError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _NamesError(HotlineDeskError):
    def __init__(self, names: str) -> None:
        super().__init__(names)
        self.names = names


class _NumberError(HotlineDeskError):
    def __init__(self, number: int | str) -> None:
        super().__init__(str(number))
        self.number = number


class _DeviceError(HotlineDeskError):
    def __init__(self, device: str) -> None:
        super().__init__(device)
        self.device = device


class _DeedError(HotlineDeskError):
    def __init__(self, deed: str, fault: str) -> None:
        super().__init__(f"{deed}: {fault}")
        self.deed = deed
        self.fault = fault


class WrongUsage(HotlineDeskError):
    """What was asked for makes no sense, whatever there is; the exit code says so."""


class LineNotUnderstood(WrongUsage):
    """What stands behind ``--line`` is not NAME=DEVICE."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class RoleNotUnderstood(WrongUsage):
    """What stands behind ``--role`` is not NAME=ROLE with one of *roles*."""

    def __init__(self, text: str, roles: str) -> None:
        super().__init__(text)
        self.text = text
        self.roles = roles


class RoleWithoutLine(WrongUsage, _NameError):
    """``--role`` names a line that no ``--line`` does."""


class PeriodReversed(WrongUsage):
    """The last day lies before the first."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(f"{since} {until}")
        self.since = since
        self.until = until


class StatisticsNotAsked(WrongUsage):
    """``stats`` is to tell *what*, and was not given the *options* for its days."""

    def __init__(self, what: str, options: str) -> None:
        super().__init__(f"{what} {options}")
        self.what = what
        self.options = options


class UnitNotFound(WrongUsage, _NameError):
    """No 填报单位 is called *name*."""


class WordMissing(WrongUsage):
    """The step needs the *option*, one of the words *allowed*."""

    def __init__(self, option: str, allowed: str) -> None:
        super().__init__(option)
        self.option = option
        self.allowed = allowed


class WordNotUnderstood(WrongUsage):
    """*text* is none of the words that may stand there, *allowed*."""

    def __init__(self, text: str, allowed: str) -> None:
        super().__init__(text)
        self.text = text
        self.allowed = allowed


class WorkspaceError(HotlineDeskError):
    """Something is wrong with the workspace folder."""


class WorkspaceNotFound(WorkspaceError, _PathError):
    """Neither a ledger nor a recording was ever kept there."""


class WorkspaceUnwritable(WorkspaceError, _PathError):
    """The folder cannot be created or written."""


class WorkspaceFull(WorkspaceError, _PathError):
    """There is no room left for a recording."""


class WorkspaceSynchronised(WorkspaceError, _PathError):
    """The folder lies in a cloud's folder or on a network drive."""


class CalendarNotUnderstood(WorkspaceError, _PathError):
    """The office's calendar is not what a calendar file says, or contradicts itself."""


class ArticlesNotUnderstood(WorkspaceError, _PathError):
    """The list of articles of law (法条索引) at *path* is not as it should be."""


class LapsesNotUnderstood(WorkspaceError, _PathError):
    """The office's list of the law's time limits is not what such a file says."""


class WindowAlreadyOpen(WorkspaceError, _PathError):
    """Another window has this workspace."""


class RecorderAlreadyRunning(WorkspaceError, _PathError):
    """Another recorder has this workspace."""


class RecordingError(HotlineDeskError):
    """Recording cannot go on as asked."""


class RecorderFailed(RecordingError):
    """The recorder ended before its first block; *reason* is the sentence it left."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RecorderLost(RecordingError, _PathError):
    """The recorder died in the middle of a take; what it had recorded is kept."""


class ChannelNotFound(RecordingError):
    """A sound file has *channels* alone."""

    def __init__(self, device: str, channels: int) -> None:
        super().__init__(f"{device}: {channels}")
        self.device = device
        self.channels = channels


class DeviceNotFound(RecordingError, _DeviceError):
    """No input has this name."""


class DeviceRefused(RecordingError, _DeviceError):
    """The input is there, and cannot be opened."""


class NoInputDevice(RecordingError):
    """The machine has no input at all."""


class LinesNotChosen(RecordingError):
    """The settings name no line to record."""


class SoundLibraryMissing(RecordingError):
    """PortAudio is not installed."""


class SoundServerMissing(RecordingError):
    """The demo's own sound server cannot be started."""


class TakeLost(RecordingError, _PathError):
    """The take's folder went away while the recorder wrote there."""


class TakeExists(RecordingError, _PathError):
    """The folder already holds a take."""


class TakeNotFound(RecordingError, _PathError):
    """The folder holds no take."""


class TakeUnsound(RecordingError, _FaultsError):
    """The health sheet of a take tells of *faults*."""


class NoRoomForFlac(RecordingError, _PathError):
    """The disk has no room for a line's FLAC beside its segments, which stay."""


class FlacFailed(RecordingError, _PathError):
    """The FLAC was not written, or is not sample for sample what the segments are; they stay."""


class SegmentDiffers(RecordingError, _PathError):
    """A segment is no longer what its FLAC was made of; both stay."""


class SegmentHeld(RecordingError, _PathError):
    """A segment whose FLAC is whole cannot be deleted yet."""


class SoundFileError(HotlineDeskError):
    """A sound file cannot be used."""


class SoundFileNotFound(SoundFileError, _PathError):
    """There is no such file."""


class SoundFileNotPcm(SoundFileError, _PathError):
    """A WAV file of another kind than a line can be: PCM of 16, 24 or 32 bits."""


class UndecodableSound(SoundFileError, _PathError):
    """The file holds no sound that can be read."""


class SoundDamaged(SoundFileError, _PathError):
    """The file is cut off, or a part of it cannot be read; the rest was."""


class SoundFilesUnusable(SoundFileError, _NamesError):
    """None of several files could be transcribed."""


class SoundFilesLeftOut(SoundFileError, _NamesError):
    """Some of several files could not be transcribed; the others were."""


class FfmpegMissing(SoundFileError):
    """There is no usable ffmpeg."""


class SpeechModelError(HotlineDeskError):
    """The speech model cannot be used."""


class ModelMissing(SpeechModelError, _PathError):
    """There is no speech model there."""


class ModelBroken(SpeechModelError, _PathError):
    """The speech model does not load."""


class ModelBuiltIn(SpeechModelError, _NameError):
    """The model comes with the program and cannot be removed."""


class ModelExists(SpeechModelError, _PathError):
    """A model of this name is installed already."""


class ModelNotCopied(SpeechModelError, _PathError):
    """The folder of the installed models cannot be written; nothing was left there."""


class CaptionerRunning(SpeechModelError, _PathError):
    """Another captioner follows this take already."""


class LedgerError(HotlineDeskError):
    """The ledger refuses."""


class LedgerBusy(LedgerError, _PathError):
    """Another program holds the ledger."""


class LedgerFromNewerVersion(LedgerError):
    """A later version of the program has upgraded the ledger."""

    def __init__(self, path: Path, steps: Sequence[str]) -> None:
        super().__init__(f"{path}: {', '.join(steps)}")
        self.path = path
        self.steps = tuple(steps)


class NotALedger(LedgerError, _PathError):
    """The file is damaged, or something else."""


class LedgerUnwritable(LedgerError, _PathError):
    """The disk is full or read-only; nothing was changed."""


class BackupFailed(LedgerError, _PathError):
    """The daily copy of the ledger was not made; the ledger itself is well."""


class RestoreFailed(LedgerError, _PathError):
    """The disk does not let a copy take the ledger's place; the ledger is still there."""


class BackupNotFound(LedgerError, _PathError):
    """There is no such file; nothing was changed."""


class BackupUnusable(LedgerError, _PathError):
    """The file is damaged, or no copy of a ledger; nothing was changed."""


class EpisodeNotFound(LedgerError, _NumberError):
    """No episode has this number."""


class EpisodeExists(LedgerError, _NumberError):
    """An episode with the number *number* is in the ledger already."""


class CallNotFound(LedgerError):
    """No call has this id."""

    def __init__(self, call_id: int) -> None:
        super().__init__(str(call_id))
        self.call_id = call_id


class QuestionNotFound(LedgerError, _NumberError):
    """No question has this number."""


class CaseNotFound(LedgerError, _NumberError):
    """No case has this number."""


class QuestionHasCase(LedgerError, _NumberError):
    """The question *number* belongs to another case already."""


class RecordNotFound(LedgerError, _NameError):
    """The register *name* has no such record (any more)."""


class StepNotAllowed(LedgerError):
    """The desk's rules forbid this change of state."""

    def __init__(self, present: str, wanted: str) -> None:
        super().__init__(f"{present} -> {wanted}")
        self.present = present
        self.wanted = wanted


class ClockRefused(LedgerError, _DeedError):
    """The rules of the time limits forbid *deed*; *fault* says which one."""


class CourseRefused(LedgerError, _DeedError):
    """The course of a case forbids *deed*; *fault* says why."""


class ConflictOfInterest(LedgerError):
    """*owner* advises *unit*, which is or may be (*likeness*) the employer of case *number*."""

    def __init__(self, number: str, owner: str, unit: str, likeness: str) -> None:
        super().__init__(f"{number}: {likeness}")
        self.number = number
        self.owner = owner
        self.unit = unit
        self.likeness = likeness


class ConflictUnchecked(LedgerError):
    """Whether *owner* has a conflict of interest in case *number* cannot be looked up: *fault*."""

    def __init__(self, number: str, owner: str, fault: str) -> None:
        super().__init__(f"{number}: {fault}")
        self.number = number
        self.owner = owner
        self.fault = fault


class NumberTaken(LedgerError, _NumberError):
    """Another record has the *number* that one is to be filed under."""


class LetterNumberTaken(LedgerError, _NumberError):
    """The 文号 *number* is another paper's."""


class NameTaken(LedgerError, _NameError):
    """Another record of the register has this name already."""


class NameInUse(LedgerError, _NameError):
    """Cases or rows say this name: it cannot become another."""


class PointInUse(LedgerError, _NameError):
    """Others stand below the service point, or rows say its name: it cannot leave."""


class _MonthError(HotlineDeskError):
    def __init__(self, month: str) -> None:
        super().__init__(month)
        self.month = month


class MonthClosed(LedgerError, _MonthError):
    """The figures of *month* have been reported and are frozen."""


class MonthNotOver(LedgerError, _MonthError):
    """A month can be closed from the day after its last."""


class MonthBeforeFirst(LedgerError):
    """The *month* lies before the *first* that was ever closed."""

    def __init__(self, month: str, first: str) -> None:
        super().__init__(f"{month} {first}")
        self.month = month
        self.first = first


class MonthOutOfOrder(LedgerError):
    """Months are closed one after the other; *due* is next."""

    def __init__(self, month: str, due: str) -> None:
        super().__init__(f"{month} {due}")
        self.month = month
        self.due = due


class NothingToUndo(LedgerError):
    """There is no change left that could be undone."""


class LedgerUnsound(LedgerError, _FaultsError):
    """The examination of the ledger found what must not be."""


class PublicationRefused(LedgerError):
    """A publication is not written down as it stands; *fault* says why."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class DeletionError(HotlineDeskError):
    """What is to be deleted is not, or not yet all of it."""


class PersonRetained(DeletionError):
    """A *record* of the person has to be kept; nothing was changed."""

    def __init__(self, record: str, why: str) -> None:
        super().__init__(f"{record}: {why}")
        self.record = record
        self.why = why


class DeletionNotNow(DeletionError):
    """Something is being recorded; nothing was changed."""


class DeletionNotConfirmed(DeletionError):
    """Nobody typed the word that says yes; nothing was changed."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class DeletionUnfinished(DeletionError):
    """The rows are clean, and a part of the files is not yet; *left* says which and why."""

    def __init__(self, left: str) -> None:
        super().__init__(left)
        self.left = left


class TakeInUse(DeletionError, _PathError):
    """Another program works on the take, or a part of it is away."""


class TableError(HotlineDeskError):
    """A table that is to be imported cannot be; the ledger is as it was."""


class TableNotFound(TableError, _PathError):
    """There is no such file, or it cannot be opened."""


class TableOldExcel(TableError, _PathError):
    """The file is an Excel file of the old form, .xls."""


class TableProtected(TableError, _PathError):
    """The Excel file opens with a password alone."""


class TableUnknown(TableError, _PathError):
    """The file is neither Excel nor text."""


class TableDamaged(TableError, _PathError):
    """The Excel file is damaged, or a part of it is missing."""


class TableTooLarge(TableError, _PathError):
    """The file unpacks to more than a table can be, or has too many rows."""


class TableTextBroken(TableError):
    """The text of the file breaks off, or is written in no encoding that we know, in *line*."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}: {line}")
        self.path = path
        self.line = line


class TableEmpty(TableError, _PathError):
    """The file holds no row below headings that we know."""


class TextEmpty(TableError):
    """What was pasted is neither cells of a table nor the lines of a work order."""


class MatchingNotUnderstood(TableError, _PathError):
    """The file that says which column is which field is wrong."""


class LedgerChanged(TableError):
    """What the ledger got since an import was planned stands in its way."""


class ImportBlocked(TableError, _FaultsError):
    """Problems stand in the way of an import, and nobody said that their rows are left out."""


class PrintError(HotlineDeskError):
    """Something cannot be printed."""


class ChineseFontMissing(PrintError):
    """No Chinese font that can be put into a PDF was found."""


class PdfUnwritable(PrintError, _PathError):
    """The PDF cannot be written there."""


class ExportUnwritable(PrintError, _PathError):
    """The Excel, CSV or text file cannot be written there."""


class NoRoomForFile(PrintError, _PathError):
    """The disk is full where a PDF, an export or a transcript is written."""


class PrinterUnusable(PrintError, _NameError):
    """The printer takes nothing."""


class NoPdfViewer(PrintError, _PathError):
    """The system has no program for PDF files."""


class NoDisplay(HotlineDeskError):
    """There is no screen to open a window on."""


class SystemLibraryMissing(HotlineDeskError):
    """The window needs a library that the system does not have."""

    def __init__(self, library: str) -> None:
        super().__init__(library)
        self.library = library


class PlaybackError(HotlineDeskError):
    """Sound cannot be played."""


class PreListenNotChosen(PlaybackError):
    """No device is set for listening."""


class PreListenIsLine(PlaybackError, _DeviceError):
    """The listening device is the source of a line: playing would feed the programme."""


class PreListenLost(PlaybackError, _DeviceError):
    """The listening device is gone."""


class RecordingRefused(PlaybackError):
    """The caller does not agree to be recorded: the sound may not be heard."""


class SoundPurged(PlaybackError):
    """The sound of a 坐席 line that no mark claimed is not there any more."""
