"""Columns side by side: what a file calls them, what stands in them, which field each is."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from hotline_desk.domain.importing.choices import CHOICES
from hotline_desk.domain.importing.headings import NOT_IMPORTED, fields
from hotline_desk.domain.importing.tables import TableKind
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import hairline, label
from hotline_desk.ui.kit.text_fields import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hotline_desk.domain.importing.choices import MatchedColumn, StrangeWord
    from hotline_desk.domain.importing.tables import Table
    from hotline_desk.ui.exchange.import_view_model import ImportViewModel
    from hotline_desk.ui.kit.style import Appearance

_FIELD, _HEADING = 190, 150
_A_TURN = 4
"""Columns that are put in at once."""
_MOST_WORDS = 25
"""More at once take the window too long; as words are matched, others come up."""
_NEEDED = ("来源渠道",)
"""Fields for which a table without such a column has to be given a word."""


class ImportColumns(QScrollArea):
    """What is to be said before an import: tables, columns, words."""

    def __init__(
        self, model: ImportViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._appearance = appearance
        self._columns: dict[tuple[str, str], Choice] = {}
        self._defaults: dict[str, Choice] = {}
        self.words: dict[tuple[str, str], Choice] = {}
        """What each word that nobody knew is taken for, by field and word."""
        self._words_shown: list[StrangeWord] | None = None
        self._filling: Iterator[None] = iter(())
        self._page = QWidget()
        self._pages = QVBoxLayout(self._page)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._sheet, self._words = QWidget(), QWidget()
        self._pages.addWidget(self._sheet)
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.file_changed.connect(self._show_file)
        model.plan_changed.connect(self._show_plan)

    @Slot()
    def _show_file(self) -> None:
        """Show the tables of another file."""
        self._columns.clear()
        self._defaults.clear()
        self.words.clear()
        filling: list[Iterator[None]] = []
        # each has its place before anything is put into it, else all of that is styled anew
        sheet = QWidget(self._page)
        self._words, self._words_shown = QWidget(sheet), None
        column = QVBoxLayout(sheet)
        column.setContentsMargins(tokens.WIDE, tokens.SPACE, tokens.WIDE, tokens.SPACE)
        column.setSpacing(tokens.SPACE)
        for at, table in enumerate(self._model.tables):
            if at:
                column.addWidget(hairline())
            part = QWidget(sheet)
            column.addWidget(part)
            filling.append(self._fill(part, at, table))
        column.addWidget(self._words)
        column.addStretch(1)
        self._pages.replaceWidget(self._sheet, sheet)
        self._sheet.hide()
        self._sheet.deleteLater()  # what was chosen in it may be why this is called
        self._sheet = sheet
        self._filling = itertools.chain.from_iterable(filling)
        self._show_plan()
        self._fill_more()

    def _fill_more(self) -> None:
        """Put in as many columns as the window has time for, then the others."""
        if list(itertools.islice(self._filling, _A_TURN)):
            QTimer.singleShot(0, self._sheet, self._fill_more)
        self._show_columns()

    def _fill(self, part: QWidget, at: int, table: Table) -> Iterator[None]:
        """Put the columns of *table* into *part*, one at a time."""
        grid = _grid(part)
        rows = self.tr("{n} 行").format(n=f"{len(table.rows):,}")
        grid.addWidget(label(table.name, "emphasis"), 0, 0)
        grid.addWidget(label(rows, "meta"), 0, 1)
        words = self.tr("“{name}”是什么表").format(name=table.name)
        kind = self._choice(part, [NOT_IMPORTED, *TableKind], words)
        left = self._model.is_left(at)
        kind.show_text(NOT_IMPORTED if left else table.kind)
        kind.chosen.connect(partial(self._choose_kind, at))
        grid.addWidget(kind, 0, 2)
        if left:
            return
        offered = [NOT_IMPORTED, *fields(table.kind)]
        row = 1
        for place, column in self._headed(table):
            grid.addWidget(_name(column.heading), row, 0)
            samples = label("；".join(table.samples(place))[:80], "meta", wrap=True)
            samples.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(samples, row, 1)
            choice = self._choice(part, ["", *offered], column.heading)
            choice.accepted.connect(partial(self._take, table, column.heading))
            choice.chosen.connect(partial(self._decide, table, column.heading))
            self._columns[table.name, column.heading] = choice
            grid.addWidget(choice, row, 2)
            row += 1
            yield
        if table.kind is TableKind.QUESTIONS:
            for field in _NEEDED:
                self._add_default(part, grid, row, field)
                row += 1

    def _headed(self, table: Table) -> Iterator[tuple[int, MatchedColumn]]:
        places = [place for place, heading in enumerate(table.headings) if heading]
        yield from zip(places, self._model.columns(table), strict=True)

    def _add_default(self, part: QWidget, grid: QGridLayout, row: int, field: str) -> None:
        words = self.tr("没有写{field}的行").format(field=field)
        grid.addWidget(_name(words), row, 0)
        grid.addWidget(label(self.tr("一律记为"), "meta"), row, 1)
        choice = self._choice(part, ["", *CHOICES[field]], words)
        choice.chosen.connect(partial(self._model.decide_default, field))
        self._defaults[field] = choice
        grid.addWidget(choice, row, 2)

    @Slot()
    def _show_plan(self) -> None:
        """Show what the columns are now, and the words that nobody knows."""
        self._show_columns()
        if self._model.plan is not None or not self._model.tables:
            self._show_words(self._words_to_show())
        for word in self._words_shown or ():
            self.words[word.field, word.word].show_text(self._model.meaning(word))

    def _show_columns(self) -> None:
        for table in self._model.chosen_tables():
            for column in self._model.columns(table):
                choice = self._columns.get((table.name, column.heading))
                if choice is not None:
                    nothing = "" if column.proposal else NOT_IMPORTED
                    choice.propose(column.proposal)
                    choice.show_text(column.field or nothing)
        for field, choice in self._defaults.items():
            choice.show_text(self._model.matching.defaults.get(field, ""))

    def _words_to_show(self) -> list[StrangeWord]:
        """Return what waits for a word and what has one, as many of each as anybody reads."""
        words: tuple[list[StrangeWord], list[StrangeWord]] = [], []
        for word in self._model.strange():
            words[bool(self._model.meaning(word))].append(word)
        shown = {id(word) for group in words for word in group[:_MOST_WORDS]}
        return [word for word in self._model.strange() if id(word) in shown]

    def _show_words(self, words: list[StrangeWord]) -> None:
        if words == self._words_shown:
            return
        self._words_shown = words
        held = next((key for key, choice in self.words.items() if choice.hasFocus()), None)
        self.words.clear()
        fresh = QWidget(self._sheet)
        if words:
            grid = _grid(fresh)
            grid.addWidget(label(self.tr("没见过的词、没写的栏"), "emphasis"), 0, 0, 1, 3)
            for row, word in enumerate(words, 1):
                rows = self.tr("{field} · {n} 行").format(field=word.field, n=f"{word.rows:,}")
                says = word.word or self.tr("没有写{field}的行").format(field=word.field)
                grid.addWidget(_name(says), row, 0)
                grid.addWidget(label(rows, "meta"), row, 1)
                choice = self._choice(fresh, ["", *word.choices], says)
                choice.propose(word.proposal)
                choice.accepted.connect(
                    partial(self._model.decide_word, word.field, word.word, word.proposal)
                )
                choice.chosen.connect(partial(self._model.decide_word, word.field, word.word))
                self.words[word.field, word.word] = choice
                grid.addWidget(choice, row, 2)
        layout = self._sheet.layout()
        if layout is not None:
            layout.replaceWidget(self._words, fresh)
        self._words.hide()
        self._words.deleteLater()
        self._words = fresh
        if held in self.words:
            self.words[held].setFocus()

    def _choose_kind(self, at: int, words: str) -> None:
        self._model.choose_kind(at, None if words == NOT_IMPORTED else TableKind(words))

    def _decide(self, table: Table, heading: str, field: str) -> None:
        self._model.decide_column(table, heading, "" if field == NOT_IMPORTED else field)

    def _take(self, table: Table, heading: str) -> None:
        for column in self._model.columns(table):
            if column.heading == heading and column.proposal:
                self._model.decide_column(table, heading, column.proposal)

    def _choice(self, part: QWidget, words: Sequence[str], name: str) -> Choice:
        made = Choice(self._appearance, part)
        made.addItems([str(word) for word in words])
        made.setFixedWidth(_FIELD)
        made.setAccessibleName(name)
        return made


def _grid(part: QWidget) -> QGridLayout:
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(tokens.SPACE)
    grid.setVerticalSpacing(tokens.TINY)
    grid.setColumnMinimumWidth(0, _HEADING)
    grid.setColumnStretch(1, 1)
    return grid


def _name(words: str) -> QWidget:
    made = label(words, wrap=True)
    made.setFixedWidth(_HEADING)
    return made
