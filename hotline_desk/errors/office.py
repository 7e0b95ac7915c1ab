"""Failures of what was asked for, of the workspace, of paper and of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.errors.base import CarriesName, CarriesPath, CarriesPlace, HotlineDeskError

if TYPE_CHECKING:
    from datetime import date


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


class RoleWithoutLine(WrongUsage, CarriesName):
    """``--role`` names a line that no ``--line`` does."""


class PeriodReversed(WrongUsage):
    """The last day lies before the first."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(f"{since} {until}")
        self.since = since
        self.until = until


class PeriodToCome(WrongUsage):
    """None of the *days* has come."""

    def __init__(self, days: str) -> None:
        super().__init__(days)
        self.days = days


class StatisticsNotAsked(WrongUsage):
    """``stats`` is to tell *what*, and was not given the *options* for its days."""

    def __init__(self, what: str, options: str) -> None:
        super().__init__(f"{what} {options}")
        self.what = what
        self.options = options


class UnitNotFound(WrongUsage, CarriesName):
    """No 填报单位 is called *name*."""


class InternalWithoutReason(WrongUsage):
    """What is not masked is asked for, and nobody says why."""


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


class WorkspaceNotFound(WorkspaceError, CarriesPath):
    """Neither a ledger nor a recording was ever kept there."""


class WorkspaceUnwritable(WorkspaceError, CarriesPath):
    """The folder cannot be created or written."""


class WorkspaceFull(WorkspaceError, CarriesPath):
    """There is no room left for a recording."""


class WorkspaceSynchronised(WorkspaceError, CarriesPath):
    """The folder lies in a cloud's folder or on a network drive."""


class SettingsNotUnderstood(WorkspaceError, CarriesPlace):
    """Something in the office's settings is not what may stand there; the default holds."""


class CalendarNotUnderstood(WorkspaceError, CarriesPlace):
    """The office's calendar is not what a calendar file says, or contradicts itself."""


class ArticlesNotUnderstood(WorkspaceError, CarriesPlace):
    """The list of articles of law (法条索引) at *path* is not as it should be."""


class LapsesNotUnderstood(WorkspaceError, CarriesPlace):
    """The office's list of the law's time limits is not what such a file says."""


class WindowAlreadyOpen(WorkspaceError, CarriesPath):
    """Another window has this workspace."""


class RecorderAlreadyRunning(WorkspaceError, CarriesPath):
    """Another recorder has this workspace."""


class PrintError(HotlineDeskError):
    """Something cannot be printed."""


class ChineseFontMissing(PrintError):
    """No Chinese font that can be put into a PDF was found."""


class PdfUnwritable(PrintError, CarriesPath):
    """The PDF cannot be written there."""


class ExportUnwritable(PrintError, CarriesPath):
    """The Excel, CSV or text file cannot be written there."""


class ExportFailed(PrintError):
    """The process that writes an export ended without it; *reason* is the sentence it left."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoRoomForFile(PrintError, CarriesPath):
    """The disk is full where a PDF, an export or a transcript is written."""


class PrinterUnusable(PrintError, CarriesName):
    """The printer takes nothing."""


class NoPdfViewer(PrintError, CarriesPath):
    """The system has no program for PDF files."""


class NoDisplay(HotlineDeskError):
    """There is no screen to open a window on."""


class OutputUnwritable(HotlineDeskError):
    """What a command has to say cannot be written where it was sent."""


class SystemLibraryMissing(HotlineDeskError):
    """The window needs a library that the system does not have."""

    def __init__(self, library: str) -> None:
        super().__init__(library)
        self.library = library
