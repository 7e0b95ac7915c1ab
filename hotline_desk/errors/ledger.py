"""Failures of the ledger, of deleting a person, and of tables that are read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.errors.base import (
    CarriesDeed,
    CarriesFaults,
    CarriesMonth,
    CarriesName,
    CarriesNumber,
    CarriesPath,
    CarriesPlace,
    HotlineDeskError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class LedgerError(HotlineDeskError):
    """The ledger refuses."""


class LedgerBusy(LedgerError, CarriesPath):
    """Another program holds the ledger."""


class LedgerNotShared(LedgerError, CarriesPath):
    """The disk had no byte left when the ledger was opened: all others wait until it has."""


class LedgerFromNewerVersion(LedgerError):
    """A later version of the program has upgraded the ledger."""

    def __init__(self, path: Path, steps: Sequence[str]) -> None:
        super().__init__(f"{path}: {', '.join(steps)}")
        self.path = path
        self.steps = tuple(steps)


class NotALedger(LedgerError, CarriesPath):
    """The file is damaged, or something else."""


class LedgerLost(LedgerError, CarriesPath):
    """The file is gone or empty, and copies of it, or its log, are there."""


class LedgerUnwritable(LedgerError, CarriesPath):
    """The disk is full or read-only; nothing was changed."""


class BackupFailed(LedgerError, CarriesPath):
    """The daily copy of the ledger was not made; the ledger itself is well."""


class RestoreFailed(LedgerError, CarriesPath):
    """The disk does not let a copy take the ledger's place; the ledger is still there."""


class BackupNotFound(LedgerError, CarriesPath):
    """There is no such file; nothing was changed."""


class BackupUnusable(LedgerError, CarriesPath):
    """The file is damaged, or no copy of a ledger; nothing was changed."""


class EpisodeNotFound(LedgerError, CarriesNumber):
    """No episode has this number."""


class EpisodeExists(LedgerError, CarriesNumber):
    """An episode with the number *number* is in the ledger already."""


class CallNotFound(LedgerError):
    """No call has this id."""

    def __init__(self, call_id: int) -> None:
        super().__init__(str(call_id))
        self.call_id = call_id


class QuestionNotFound(LedgerError, CarriesNumber):
    """No question has this number."""


class CaseNotFound(LedgerError, CarriesNumber):
    """No case has this number."""


class QuestionHasCase(LedgerError, CarriesNumber):
    """The question *number* belongs to another case already."""


class QuestionInCase(LedgerError):
    """The adding of the question *number* cannot be taken back: the case *case* hangs on it."""

    def __init__(self, number: str, case: str) -> None:
        super().__init__(f"{number}: {case}")
        self.number = number
        self.case = case


class CaseChangedSince(LedgerError, CarriesNumber):
    """A step in the case *number* cannot be taken back: others have gone on from it."""


class RecordNotFound(LedgerError, CarriesName):
    """The register *name* has no such record (any more)."""


class StepNotAllowed(LedgerError):
    """The desk's rules forbid this change of state."""

    def __init__(self, present: str, wanted: str) -> None:
        super().__init__(f"{present} -> {wanted}")
        self.present = present
        self.wanted = wanted


class ClockRefused(LedgerError, CarriesDeed):
    """The rules of the time limits forbid *deed*; *fault* says which one."""


class CourseRefused(LedgerError, CarriesDeed):
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


class NumberTaken(LedgerError, CarriesNumber):
    """Another record has the *number* that one is to be filed under."""


class LetterNumberTaken(LedgerError, CarriesNumber):
    """The 文号 *number* is another paper's."""


class NameTaken(LedgerError, CarriesName):
    """Another record of the register has this name already."""


class NameInUse(LedgerError, CarriesName):
    """Cases or rows say this name: it cannot become another."""


class PointInUse(LedgerError, CarriesName):
    """Others stand below the service point, or rows say its name: it cannot leave."""


class MonthClosed(LedgerError, CarriesMonth):
    """The figures of *month* have been reported and are frozen."""


class MonthNotOver(LedgerError, CarriesMonth):
    """A month can be closed from the day after its last."""


class MonthBeforeFirst(LedgerError):
    """The *month* lies before the *first* that can still be, or was, closed."""

    def __init__(self, month: str, first: str) -> None:
        super().__init__(f"{month} {first}")
        self.month = month
        self.first = first


class LaterMonthClosed(LedgerError):
    """The closing of *month* cannot be taken back: *later* is closed and rests on it."""

    def __init__(self, month: str, later: str) -> None:
        super().__init__(f"{month} {later}")
        self.month = month
        self.later = later


class MonthOutOfOrder(LedgerError):
    """Months are closed one after the other; *due* is next."""

    def __init__(self, month: str, due: str) -> None:
        super().__init__(f"{month} {due}")
        self.month = month
        self.due = due


class NothingToUndo(LedgerError):
    """There is no change left that could be undone."""


class LedgerUnsound(LedgerError, CarriesFaults):
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


class RecordNotListed(DeletionError, CarriesNumber):
    """No record of others that a deletion would change is called *number*; nothing was changed."""


class DeletionUnfinished(DeletionError):
    """The rows are clean, and a part of the files is not yet; *left* says which and why."""

    def __init__(self, left: str) -> None:
        super().__init__(left)
        self.left = left


class DeletionsOwed(DeletionError):
    """Somebody who was deleted is in a restored ledger again, and not deleted again yet."""


class TakeInUse(DeletionError, CarriesPath):
    """Another program works on the take, or a part of it is away."""


class TableError(HotlineDeskError):
    """A table that is to be imported cannot be; the ledger is as it was."""


class TableNotFound(TableError, CarriesPath):
    """There is no such file, or it cannot be opened."""


class TableOldExcel(TableError, CarriesPath):
    """The file is an Excel file of the old form, .xls."""


class TableProtected(TableError, CarriesPath):
    """The Excel file opens with a password alone."""


class TableUnknown(TableError, CarriesPath):
    """The file is neither Excel nor text."""


class TableDamaged(TableError, CarriesPath):
    """The Excel file is damaged, or a part of it is missing."""


class TableTooLarge(TableError, CarriesPath):
    """The file unpacks to more than a table can be, or has too many rows."""


class TableTextBroken(TableError):
    """The text of the file breaks off, or is written in no encoding that we know, in *line*."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}: {line}")
        self.path = path
        self.line = line


class TableEmpty(TableError, CarriesPath):
    """The file holds no row below headings that we know."""


class TextEmpty(TableError):
    """What was pasted is neither cells of a table nor the lines of a work order."""


class MatchingNotUnderstood(TableError, CarriesPlace):
    """The file that says which column is which field is wrong."""


class LedgerChanged(TableError):
    """What the ledger got since an import was planned stands in its way."""


class ImportBlocked(TableError, CarriesFaults):
    """Problems stand in the way of an import, and nobody said that their rows are left out."""
