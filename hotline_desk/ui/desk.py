"""The view models of one window, made together and wired to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hotline_desk.ui.archive.after_take import AfterTake
from hotline_desk.ui.archive.archive_view_model import ArchiveViewModel
from hotline_desk.ui.cases.case_list_view_model import CaseListViewModel
from hotline_desk.ui.cases.case_register_view_model import CaseRegisterViewModel
from hotline_desk.ui.cases.case_view_model import CaseViewModel
from hotline_desk.ui.cases.due_view_model import DueViewModel
from hotline_desk.ui.cases.near_cards import NearCards
from hotline_desk.ui.exchange.export_view_model import ExportViewModel
from hotline_desk.ui.exchange.import_view_model import ImportViewModel
from hotline_desk.ui.ledger.bulk_view_model import BulkViewModel
from hotline_desk.ui.ledger.ledger_view_model import LedgerViewModel
from hotline_desk.ui.ledger.person_view_model import PersonViewModel
from hotline_desk.ui.ledger.question_view_model import QuestionViewModel
from hotline_desk.ui.live.live_view_model import LiveViewModel
from hotline_desk.ui.live.playback_view_model import PlaybackViewModel
from hotline_desk.ui.live.recording_view_model import RecordingViewModel
from hotline_desk.ui.live.timetable_view_model import TimetableViewModel
from hotline_desk.ui.papers.summary_view_model import SummaryViewModel
from hotline_desk.ui.registers.register_view_model import RegisterViewModel
from hotline_desk.ui.settings.line_trial import LineTrialViewModel
from hotline_desk.ui.settings.lines_view_model import LinesViewModel
from hotline_desk.ui.settings.settings_view_model import SettingsViewModel
from hotline_desk.ui.statistics.bases_view_model import BasesViewModel
from hotline_desk.ui.statistics.daily_view_model import DailyViewModel
from hotline_desk.ui.statistics.monthly_view_model import MonthlyViewModel
from hotline_desk.ui.statistics.statistics_view_model import StatisticsViewModel
from hotline_desk.workflows import publications, registers
from hotline_desk.workflows.accesses import accesses

if TYPE_CHECKING:
    from hotline_desk.ui.kit.office import Office


class Desk(QObject):
    """What the window shows and does, without a widget in sight."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.recording = RecordingViewModel(office, self)
        self.live = LiveViewModel(office, self)
        self.question = QuestionViewModel(office, self.live, self)
        self.playback = PlaybackViewModel(office, self)
        self.ledger = LedgerViewModel(office, self)
        self.bulk = BulkViewModel(office, lambda: self.recording.recording, self)
        self.due = DueViewModel(office, self)
        self.case = CaseViewModel(office, self)
        self.cases = CaseListViewModel(office, self)
        self.cards = NearCards(office, self.recording, self)
        self.archive = ArchiveViewModel(office, self)
        self.settings = SettingsViewModel(office, self.playback, self)
        self.lines = LinesViewModel(office, self)
        self.trial = LineTrialViewModel(office, self)
        self.after = AfterTake(office, self.recording, self)
        self.timetable = TimetableViewModel(office, self.recording, self.live, self)
        self.summary = SummaryViewModel(office, self)
        self.registers = CaseRegisterViewModel(office, self.summary, self)
        self.statistics = StatisticsViewModel(office, self.summary, self)
        self.daily = DailyViewModel(office, self.statistics, self.summary, self)
        self.monthly = MonthlyViewModel(office, self.statistics, self.summary, self)
        self.bases = BasesViewModel(office, self)
        self.staff = RegisterViewModel(
            office, registers.staff_rows, registers.keep_staff, registers.take_out_staff, self
        )
        self.points = RegisterViewModel(
            office,
            lambda ledger: registers.point_rows(ledger, office.settings.union),
            registers.keep_point,
            registers.take_out_point,
            self,
        )
        self.accesses = RegisterViewModel(office, accesses, parent=self)
        self.person = PersonViewModel(office, self.recording, self)
        self.publications = RegisterViewModel(
            office,
            publications.publication_rows,
            publications.keep_entry,
            publications.take_out_entry,
            self,
        )
        self.incoming = ImportViewModel(office, self.recording, self)
        self.outgoing = ExportViewModel(office, self.ledger, self)
        self.lines.look_asked.connect(self.settings.look)
        self.settings.offered.connect(self.lines.take_offer)
        self.recording.take_changed.connect(self.live.follow)
        self.recording.speaking.connect(self.live.note_speaking)
        self.recording.said.connect(self.live.captions_arrived)
