"""Whose case it is and by which route: who may take it on, and why a route is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from hotline_desk.domain.casework.cases import Route
from hotline_desk.ui.cases.assign_panel import AssignPanel
from hotline_desk.ui.cases.case_fields import RouteTick
from hotline_desk.ui.cases.field_sheet import add_row, field_grid
from hotline_desk.ui.kit.chips import Ticks
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import Choice, OneLine

if TYPE_CHECKING:
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ui.cases.case_view_model import CaseViewModel
    from hotline_desk.ui.kit.style import Appearance

_TICKS_ABREAST = 2


class CaseOwner(QWidget):
    """承办人, 分流 and 协办单位 of the case at hand."""

    left = Signal()

    def __init__(
        self, model: CaseViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.people = AssignPanel(appearance)
        self._route = Choice(appearance)
        self._route.addItems(["", *(route.value for route in Route)])
        self._route.setObjectName("route")
        self._route.setAccessibleName(self.tr("分流"))
        self._why = label(role="meta", wrap=True)
        self._ticks = Ticks([tick.value for tick in RouteTick], across=_TICKS_ABREAST)
        self._helpers = OneLine(appearance)
        self._helpers.setObjectName("helpers")
        self._helpers.setAccessibleName(self.tr("协办单位"))
        self._helpers.hint(self.tr("人社、住建……"))
        grid = field_grid(self)
        rows = (
            (self.tr("承办人"), self.people), (self.tr("分流"), self._route), ("", self._why),
            ("", self._ticks), (self.tr("协办单位"), self._helpers),
        )  # fmt: skip
        for row, (title, widget) in enumerate(rows):
            add_row(grid, row, title, widget, grows=widget is self.people)
        self._connect()

    def _connect(self) -> None:
        model = self._model
        self.people.wanted.connect(model.read_candidates)
        self.people.assigned.connect(model.assign)
        self.people.left.connect(self.left)
        model.candidates_read.connect(self.people.show_candidates)
        model.assigned.connect(self._let_go)
        self._route.chosen.connect(lambda text: model.write("route", text))
        self._route.accepted.connect(model.accept_route)
        self._route.declined.connect(model.decline_route)
        self._route.left.connect(self.left)
        self._helpers.editingFinished.connect(self._write_helpers)
        self._helpers.left.connect(self.left)
        self._ticks.finished.connect(self._tick)
        self._ticks.left.connect(self.left)

    @property
    def order(self) -> list[QWidget]:
        """What takes the focus, in reading order."""
        return [*self.people.order, self._route, *self._ticks.marks, self._helpers]

    @property
    def says(self) -> str:
        """Whose it is and by which route, in a few words."""
        case = self._model.case
        if case is None:
            return ""
        owner = case.owner or self.tr("还没有承办人")
        return " · ".join(filter(None, (owner, str(case.route or ""), case.helpers)))

    def show_case(self, case: Case) -> None:
        """Show whose *case* is."""
        self.people.show_owner(case.owner, case.id)
        self._route.show_text(self._model.text("route"))
        proposed = self._model.route
        self._route.propose(proposed.route if proposed else "")
        set_text(self._why, self.tr("建议：{why}").format(why=proposed.reason) if proposed else "")
        self._why.setVisible(proposed is not None)
        self._ticks.setVisible(case.route is None)
        self._ticks.show_text("、".join(tick.value for tick in self._model.ticks))
        self._helpers.show_text(self._model.text("helpers"))

    def write_all(self) -> None:
        """Write what was typed and has not been left yet."""
        if self.people.is_begun:
            self.people.take()
        self._write_helpers()

    @Slot()
    def _tick(self) -> None:
        self._model.tick(map(RouteTick, self._ticks.words))

    @Slot()
    def _let_go(self) -> None:
        self.people.done()
        if self._model.case is not None:
            self.people.show_owner(self._model.case.owner, self._model.case.id)

    @Slot()
    def _write_helpers(self) -> None:
        if self._helpers.isModified():
            self._helpers.setModified(not self._model.write("helpers", self._helpers.text()))
