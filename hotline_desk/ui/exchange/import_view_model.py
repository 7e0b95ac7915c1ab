"""导入: which file, which column is which, what is wrong, and the import itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from hotline_desk.domain.importing.choices import kept_columns, known_columns, matched_columns
from hotline_desk.domain.importing.headings import as_kind
from hotline_desk.domain.importing.tables import Matching
from hotline_desk.ui.exchange import import_steps as steps
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.message_bar import error_text
from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from hotline_desk.domain.importing.choices import MatchedColumn, StrangeWord
    from hotline_desk.domain.importing.plan import ImportPlan
    from hotline_desk.domain.importing.reading import Incoming
    from hotline_desk.domain.importing.tables import Table, TableKind
    from hotline_desk.errors import HotlineDeskError
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.live.recording_view_model import RecordingViewModel
    from hotline_desk.workflows.import_ledger import TakenIn
    from hotline_desk.workflows.import_plan import Rules

_SETTLING_MILLISECONDS = 250


class ImportViewModel(ViewModel):
    """State of an import; nothing is written before :meth:`take_in`."""

    file_changed = Signal()
    """Another file is open, or none, or its tables are read otherwise."""
    plan_changed = Signal()
    """What the import would come to."""
    busy_changed = Signal(str)
    """What is being done, in words; empty when nothing is."""
    progressed = Signal(int, int)
    taken = Signal(object)
    """What came in (TakenIn)."""
    over = Signal(str)
    """What was said of a file does not hold of the one that is open now."""

    def __init__(
        self, office: Office, recording: RecordingViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(office, parent)
        self._recording = recording
        self.path: Path | None = None
        self.tables: tuple[Table, ...] = ()
        self.matching = Matching()
        self.plan: ImportPlan | None = None
        self.busy = ""
        self.skips = False
        """Whether rows that stand in the way are left out, because somebody said so."""
        self.rows: tuple[int, ...] = ()
        """The ids of what came in last."""
        self._decided: set[tuple[str, str]] = set()
        """Names of tables, and headings of theirs."""
        self._words: dict[tuple[str, str], StrangeWord] = {}
        """By field and word what nobody knew, also once somebody has said what it is."""
        self._left: frozenset[int] = frozenset()
        """Tables that are not imported, by their place."""
        self._rules: Rules | None = None
        self._incoming: Incoming | None = None
        self._refused = ""
        """Why the last file could not be opened, in words."""
        self._stop = Event()
        self._round = 0
        self._settling = QTimer(self, interval=_SETTLING_MILLISECONDS, singleShot=True)
        self._settling.timeout.connect(self._read)

    # The file

    def open(self, path: Path) -> None:
        """Read the file at *path*."""
        if self.busy:
            return
        self._begin(self.tr("正在读文件"))
        self._office.jobs.run(
            Lane.FILES,
            partial(steps.open_file, path, self._office.workspace, self._stop),
            owner=self,
            then=partial(self._opened, path),
            on_error=self._failed,
        )

    def paste(self, text: str) -> None:
        """Read *text*: a work order of another platform, or cells of a spreadsheet."""
        if self.busy:
            return
        self._begin(self.tr("正在读粘贴的内容"))
        self._office.jobs.run(
            Lane.FILES,
            partial(steps.read_text, text, self._office.workspace),
            owner=self,
            then=partial(self._opened, Path(self.tr("粘贴的内容"))),
            on_error=self._failed,
        )

    def close(self) -> None:
        """Let the file go; nothing was written of it."""
        self.cancel()
        self.path, self.tables, self.plan, self._incoming = None, (), None, None
        self.matching, self.skips = Matching(), False
        self._decided.clear()
        self._words.clear()
        self._left = frozenset()
        self.file_changed.emit()

    def cancel(self) -> None:
        """Stop what is being done; nothing is written."""
        self._stop.set()
        self._settling.stop()
        self._round += 1
        self._end()

    # What is what

    def chosen_tables(self) -> list[Table]:
        """Return the tables that are imported."""
        return [table for at, table in enumerate(self.tables) if at not in self._left]

    def is_left(self, at: int) -> bool:
        """Return whether the table at this place is not imported."""
        return at in self._left

    def choose_kind(self, at: int, kind: TableKind | None) -> None:
        """Read the table at this place as *kind*; None leaves it out."""
        if kind is None:
            self._left |= {at}
        else:
            self._left -= {at}
            table = as_kind(self.tables[at], kind)
            self.tables = (*self.tables[:at], table, *self.tables[at + 1 :])
            undecided = {heading: field for heading, field in known_columns(table).items()
                         if (table.name, heading) not in self._decided}  # fmt: skip
            self._match_columns(table, {**self.matching.columns_of(table), **undecided})
        self._words.clear()
        self.file_changed.emit()
        self._later()

    def columns(self, table: Table) -> list[MatchedColumn]:
        """Return the columns of *table*, with what they are and what they might be."""
        decided = [heading for name, heading in self._decided if name == table.name]
        return matched_columns(table, self.matching, decided)

    def decide_column(self, table: Table, heading: str, field: str) -> None:
        """Take the column of *table* for *field*; an empty one is not imported."""
        self._decided.add((table.name, heading))
        others = {
            each: "" if known == field else known
            for each, known in self.matching.columns_of(table).items()
        }
        self._match_columns(table, {**others, heading: field})
        self._words.clear()  # other words may be asked for
        self._later()

    def strange(self) -> list[StrangeWord]:
        """Return the words of the file that no field knows, or knew before somebody said."""
        return list(self._words.values())

    def meaning(self, word: StrangeWord) -> str:
        """Return which of ours *word* was taken for; nothing as long as nobody has said."""
        if not word.word:
            return self.matching.defaults.get(word.field, "")
        return self.matching.words.get(word.field, {}).get(word.word, "")

    def decide_word(self, field: str, word: str, ours: str) -> None:
        """Take a word of the file for one of ours, for none again where that is empty.

        An empty *word* is what the file does not say: then *ours* holds there.
        """
        if not word:
            self.decide_default(field, ours)
            return
        known = self.matching.words.get(field, {})
        # what was taken for a word that has left the register since goes with it
        said = {each: ours if of == word else of for each, of in known.items()} | {word: ours}
        kept = {each: of for each, of in said.items() if of}
        self._match(words={**self.matching.words, field: kept})
        self._later()

    def decide_default(self, field: str, ours: str) -> None:
        """Let *ours* hold where the file says nothing for *field*."""
        defaults = {**self.matching.defaults, field: ours}
        self._match(defaults={each: said for each, said in defaults.items() if said})
        self._later()

    def proposals(self) -> int:
        """Return how many proposals wait to be taken."""
        columns = sum(
            bool(column.proposal)
            for table in self.chosen_tables()
            for column in self.columns(table)
        )
        words = (word for word in self.strange() if not self.meaning(word))
        return columns + sum(bool(word.proposal) for word in words)

    def take_proposals(self) -> None:
        """Take everything that is proposed for columns and words."""
        waiting = [
            (table, column) for table in self.chosen_tables() for column in self.columns(table)
        ]
        for table, column in waiting:
            if column.proposal:
                self.decide_column(table, column.heading, column.proposal)
        for word in self.strange():
            if word.proposal and not self.meaning(word):
                self.decide_word(word.field, word.word, word.proposal)
        self.file_changed.emit()

    def skip(self, *, skips: bool) -> None:
        """Leave the rows out that stand in the way, or no longer."""
        self.skips = skips
        self._ask_ledger()

    def keep_matching(self, name: str) -> None:
        """Keep how columns and words are matched, for the next file of this kind."""
        if not name.strip():
            self.warned.emit(self.tr("给这份列对照起个名字，例如“12345 平台”。"))
            return
        kept = replace(kept_columns(self.matching, self.chosen_tables()), name=name.strip())
        self._office.jobs.run(
            Lane.FILES,
            partial(steps.keep, kept, self._office.workspace),
            owner=self,
            then=lambda _: self._kept(kept.name),
            on_error=self.failed.emit,
        )

    def _kept(self, name: str) -> None:
        words = self.tr("列对照“{name}”已保存，下次打开同样的表自动用上。")
        self.told.emit(words.format(name=name))

    # The import

    @property
    def can_take_in(self) -> bool:
        """Whether nothing stands in the way, and there is something new."""
        plan = self.plan
        return bool(plan and not self.busy and not plan.blocking and plan.brings)

    def take_in(self) -> None:
        """Write what was planned, all of it or nothing."""
        if not self.can_take_in or self.plan is None or self._rules is None:
            return
        if self._recording.recording:
            self.warned.emit(self.tr("正在录音。导入会让台账忙上一会儿，请录完再导入。"))
            return
        self._begin(self.tr("正在导入"))
        self._office.ask(
            partial(
                steps.take_in,
                self.plan,
                self._rules,
                self._office.by,
                self._office.jobs.on_gui(self.progressed.emit),
                self._stop,
            ),
            owner=self,
            then=self._taken_in,
            on_error=self._failed,
        )

    def _opened(self, path: Path, opened: steps.Opened) -> None:
        if self._refused:
            self.over.emit(self._refused)
        self.path = path
        self.tables, saved, self._rules = opened
        self._left = frozenset()
        self._words.clear()
        self.skips, self.plan = False, None
        said = {table.name: saved.columns_of(table) for table in self.tables}
        self._decided = {(name, heading) for name, own in said.items() for heading in own}
        columns = {table.name: {**known_columns(table), **said[table.name]}
                   for table in self.tables}  # fmt: skip
        self.matching = replace(saved, columns={}, tables=columns)
        self._end()
        self.file_changed.emit()
        if saved.name:
            words = self.tr("用了存过的列对照“{name}”。")
            self.told.emit(words.format(name=saved.name))
        self._settling.start()  # the window shows the file before a lane takes its time

    def _later(self) -> None:
        self.plan = None
        self.plan_changed.emit()
        self._settling.start()

    def _read(self) -> None:
        """Read the rows with the columns as they are matched now."""
        if self.path is None or self._rules is None:
            return
        self._stop.set()
        self._round += 1
        self._begin(self.tr("正在检查"))
        self._office.jobs.run(
            Lane.FILES,
            partial(
                steps.read_rows,
                tuple(self.chosen_tables()),
                self.matching,
                self._rules,
                self._office.jobs.on_gui(self.progressed.emit),
                self._stop,
            ),
            owner=self,
            then=partial(self._have_read, self._round),
            on_error=self._failed,
        )

    def _have_read(self, round_: int, incoming: Incoming) -> None:
        if round_ == self._round:
            self._incoming = incoming
            self._ask_ledger()

    def _ask_ledger(self) -> None:
        if self._incoming is None or self._rules is None:
            return
        self._office.ask(
            partial(steps.plan, self._incoming, self._rules, self.skips),
            owner=self,
            then=partial(self._planned, self._round),
            on_error=self._failed,
        )

    def _planned(self, round_: int, plan: ImportPlan) -> None:
        if round_ == self._round and self.path is not None:
            self.plan = plan
            self._words |= {(each.field, each.word): each for each in plan.strange}
            self._end()
            self.plan_changed.emit()

    def _taken_in(self, answer: tuple[TakenIn, tuple[int, ...]]) -> None:
        done, self.rows = answer
        self.close()
        self._office.rows_changed.emit()
        self.taken.emit(done)

    def _match(self, **changed: object) -> None:
        self.matching = replace(self.matching, **changed)  # type: ignore[arg-type]  # each of its field's type

    def _match_columns(self, table: Table, columns: dict[str, str]) -> None:
        self._match(tables={**self.matching.tables, table.name: columns})

    def _begin(self, words: str) -> None:
        self._stop = Event()
        self.busy = words
        self.busy_changed.emit(words)
        self.progressed.emit(0, 0)

    def _end(self) -> None:
        if self.busy:
            self.busy = ""
            self.busy_changed.emit("")

    def _failed(self, error: HotlineDeskError) -> None:
        self._end()
        self._refused = error_text(error)
        self.failed.emit(error)
