"""Every failure we foresee, in one tree; each has its sentence in messages.py.

HotlineDeskError
├── WrongUsage
│   └── LineNotUnderstood · RoleNotUnderstood · RoleWithoutLine · PeriodReversed ·
│       PeriodToCome · StatisticsNotAsked · UnitNotFound · WordNotUnderstood · WordMissing ·
│       InternalWithoutReason
├── WorkspaceError
│   └── WorkspaceNotFound · WorkspaceUnwritable · WorkspaceFull · WorkspaceSynchronised ·
│       SettingsNotUnderstood · CalendarNotUnderstood · LapsesNotUnderstood ·
│       ArticlesNotUnderstood · WindowAlreadyOpen · RecorderAlreadyRunning
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
│   └── LedgerBusy · LedgerNotShared · LedgerFromNewerVersion · NotALedger · LedgerLost ·
│       LedgerUnwritable · BackupFailed · RestoreFailed · BackupNotFound · BackupUnusable ·
│       EpisodeNotFound · EpisodeExists · CallNotFound · QuestionNotFound · CaseNotFound ·
│       QuestionHasCase · QuestionInCase · CaseChangedSince · RecordNotFound · StepNotAllowed ·
│       ClockRefused · CourseRefused · ConflictOfInterest · ConflictUnchecked · NumberTaken ·
│       LetterNumberTaken · NameTaken · NameInUse · PointInUse · MonthClosed · MonthNotOver ·
│       MonthOutOfOrder · MonthBeforeFirst · LaterMonthClosed · PublicationRefused · NothingToUndo ·
│       LedgerUnsound
├── DeletionError
│   └── PersonRetained · DeletionNotNow · DeletionNotConfirmed · RecordNotListed ·
│       DeletionUnfinished · DeletionsOwed · TakeInUse
├── TableError
│   └── TableNotFound · TableOldExcel · TableProtected · TableUnknown · TableDamaged ·
│       TableTooLarge · TableTextBroken · TableEmpty · TextEmpty · MatchingNotUnderstood ·
│       LedgerChanged · ImportBlocked
├── PrintError
│   └── ChineseFontMissing · PdfUnwritable · ExportUnwritable · ExportFailed · NoRoomForFile ·
│       NoPdfViewer · PrinterUnusable
├── NoDisplay
├── OutputUnwritable
├── SystemLibraryMissing
└── PlaybackError
    └── PreListenNotChosen · PreListenIsLine · PreListenLost · RecordingRefused · SoundPurged

An error carries what happened as attributes, never a sentence.
"""

from hotline_desk.errors.base import *  # noqa: F403  every branch of the tree
from hotline_desk.errors.ledger import *  # noqa: F403  every branch of the tree
from hotline_desk.errors.office import *  # noqa: F403  every branch of the tree
from hotline_desk.errors.sound import *  # noqa: F403  every branch of the tree
