"""A caller as a person: the full number is shown and noted, everything is deleted when asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hotline_desk.domain.times import received_text, studio_now
from hotline_desk.errors import DeletionNotNow, HotlineDeskError
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.live.recording_view_model import RecordingViewModel
    from hotline_desk.workflows.delete_person import Proposal


class PersonViewModel(ViewModel):
    """State of what is done with a caller's own information."""

    proposed = Signal(object, tuple)
    """What a deletion would do (Proposal), and the same in words, a line each."""
    weighed = Signal(object, tuple)
    """The same once more, after something about it was chosen."""
    expired_found = Signal(object, tuple)
    """The same of the 临时 rows that are old enough."""
    busy_changed = Signal(bool)
    deleted = Signal()
    shown = Signal(int)
    """A call whose caller's full number may be shown: who sees it was noted."""

    def __init__(
        self, office: Office, recording: RecordingViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(office, parent)
        self._recording = recording

    def propose(self, call_id: int) -> None:
        """Find what deleting the caller of a call would do."""
        self._look(call_id, own_only=False, found=self.proposed.emit)

    def weigh(self, proposal: Proposal, *, own_only: bool) -> None:
        """Find what it would do where a number of many stays in the records of others, or not."""
        self._look(proposal.person.calls[0], own_only=own_only, found=self.weighed.emit)

    def _look(self, call_id: int, *, own_only: bool, found: Callable[..., None]) -> None:
        if self._recording.recording or self._recording.busy:
            self.failed.emit(DeletionNotNow())
            return
        self.busy_changed.emit(True)
        self._office.jobs.run(
            Lane.FILES,
            partial(_propose, self._office.workspace, call_id, own_only=own_only),
            owner=self,
            then=partial(self._found, found),
            on_error=self._failed,
        )

    def look_for_expired(self) -> None:
        """Find which 临时（不归档） rows are old enough, and what purging them would do."""
        if self._recording.recording or self._recording.busy:
            self.failed.emit(DeletionNotNow())
            return
        days = self._office.settings.temporary_days
        self._office.jobs.run(
            Lane.FILES,
            partial(_expired, self._office.workspace, days),
            owner=self,
            then=self._found_expired,
            on_error=self.failed.emit,
        )

    def delete(self, proposal: Proposal, *, files: bool, backups: bool) -> None:
        """Do what *proposal* says; a part that cannot be done now is done later, and said."""
        ask = partial(_delete, files=files, backups=backups)
        self._do(ask, proposal, self.tr("个人信息已删除（匿名化），问题和统计数字都在"))

    def purge(self, proposal: Proposal) -> None:
        """Purge the rows that *proposal* names; their numbers and figures stay."""
        words = self.tr("已清除 {n} 条临时（不归档）记录的内容，编号和统计数字都在")
        self._do(_purge, proposal, words.format(n=len(proposal.plan.questions)))

    def _do(self, work: Callable[..., str], proposal: Proposal, words: str) -> None:
        self.busy_changed.emit(True)
        self._office.jobs.run(
            Lane.FILES,
            partial(work, self._office.workspace, proposal, who=self._office.by),
            owner=self,
            then=lambda kept: self._deleted(words + kept),
            on_error=self._failed,
        )

    def show_number(self, call_id: int) -> None:
        """Let the full number of a call be shown, and note who has seen it."""
        self._office.ask(
            partial(_seen, call_id, self._office.by),
            owner=self,
            then=lambda _: self.shown.emit(call_id),
            on_error=self.failed.emit,
        )

    def answer(self, call_id: int, field: str, answer: bool | None) -> None:
        """Note what the caller of a call agrees to; say what has to be withdrawn for it."""
        self._office.ask(
            partial(_answer, call_id, field, answer, self._office.by),
            owner=self,
            then=self._answered,
            on_error=self.failed.emit,
        )

    def _answered(self, count: int) -> None:
        if count:
            words = self.tr("有 {n} 处已经发布的应当撤下，清单在归档的发布与撤下（Ctrl+B）。")
            self.warned.emit(words.format(n=count))
        self._office.rows_changed.emit()

    def _found(self, tell: Callable[..., None], found: tuple[Proposal, tuple[str, ...]]) -> None:
        self.busy_changed.emit(False)
        tell(*found)

    def _found_expired(self, found: tuple[Proposal | None, tuple[str, ...]]) -> None:
        proposal, lines = found
        if proposal is None:
            words = self.tr("没有超过 {n} 天的临时（不归档）记录可以清除").format(
                n=self._office.settings.temporary_days
            )
            self.told.emit("；".join([words, *lines]))
        else:
            self.expired_found.emit(proposal, lines)

    def _deleted(self, words: str) -> None:
        self.busy_changed.emit(False)
        self.deleted.emit()
        self.told.emit(words)
        self._office.rows_changed.emit()

    def _failed(self, error: HotlineDeskError) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(error)
        self._office.rows_changed.emit()


def _propose(
    workspace: Workspace, call_id: int, *, own_only: bool
) -> tuple[Proposal, tuple[str, ...]]:
    """Look on a connection of its own, so that the desk's keys never wait for it."""
    from hotline_desk.ledger.deleting import DeletingLedger  # noqa: PLC0415  in the lane
    from hotline_desk.workflows.delete_person import propose  # noqa: PLC0415  the same

    with DeletingLedger.open(workspace.ledger) as ledger:
        person = ledger.person_of_call(call_id, own_only=own_only)
        proposal = propose(ledger, workspace, person)
    return proposal, tuple(proposal.told(workspace))


def _delete(
    workspace: Workspace, proposal: Proposal, *, who: str, files: bool, backups: bool
) -> str:
    from hotline_desk.ledger.deleting import DeletingLedger  # noqa: PLC0415  in the lane
    from hotline_desk.workflows.delete_person import delete  # noqa: PLC0415  the same
    from hotline_desk.workflows.remove_copies import told_kept  # noqa: PLC0415  the same

    with DeletingLedger.open(workspace.ledger) as ledger:
        delete(ledger, workspace, proposal, who=who, files=files, backups=backups)
    return told_kept(proposal.backups_there) if backups else ""


def _expired(workspace: Workspace, days: int) -> tuple[Proposal | None, tuple[str, ...]]:
    from hotline_desk.ledger.deleting import DeletingLedger  # noqa: PLC0415  in the lane
    from hotline_desk.workflows.keep_classes import expired, staying  # noqa: PLC0415  the same

    with DeletingLedger.open(workspace.ledger) as ledger:
        found, proposal = expired(ledger, workspace, days=days, today=studio_now().date())
    goes = () if proposal is None else proposal.told(workspace)
    return proposal, (*goes, *staying(found))


def _purge(workspace: Workspace, proposal: Proposal, *, who: str) -> str:
    from hotline_desk.ledger.deleting import DeletingLedger  # noqa: PLC0415  in the lane
    from hotline_desk.workflows.keep_classes import purge  # noqa: PLC0415  the same

    with DeletingLedger.open(workspace.ledger) as ledger:
        purge(ledger, workspace, proposal, who=who)
    return ""


def _answer(call_id: int, field: str, answer: bool | None, by: str, ledger: Ledger) -> int:
    from hotline_desk.workflows.publications import answer_consent  # noqa: PLC0415  in the lane

    return answer_consent(ledger, call_id, {field: answer}, by=by)


def _seen(call_id: int, who: str, ledger: Ledger) -> None:
    from hotline_desk.workflows.accesses import note_access  # noqa: PLC0415  in the lane

    call = ledger.call(call_id)
    note_access(ledger, f"查看 {received_text(call.at)} 通话的完整号码", who=who)
