"""发布与撤下: the register of what was published, and above it what has to be withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.fields import Field, Shape
from hotline_desk.ui.kit.keys import PRINT_KEY
from hotline_desk.ui.kit.panel import hairline, label
from hotline_desk.ui.kit.record_table import Column
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.top_bar import button
from hotline_desk.ui.registers.register_leaf import RegisterLeaf, RegisterSheet
from hotline_desk.workflows.publications import Entry, PublicationRow, withdrawal_list

if TYPE_CHECKING:
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.registers.register_view_model import RegisterViewModel


def _today() -> Entry:
    return Entry(published_on=studio_now().date().isoformat())


PUBLICATIONS: RegisterSheet[PublicationRow] = RegisterSheet(
    title="发布与撤下",
    columns=(
        Column(title="状态", text=lambda row: row.state, width=80),
        Column(title="发布了什么", text=lambda row: row.entry.name, width=150, stretches=True),
        Column(title="期号或台账编号", text=lambda row: row.entry.of, width=150, room=760),
        Column(title="发布到", text=lambda row: row.entry.place, width=110),
        Column(title="发布日期", text=lambda row: row.entry.published_on, width=100),
        Column(title="撤下日期", text=lambda row: row.entry.withdrawn_on, width=100, room=660),
        Column(title="版本", text=lambda row: row.entry.version, width=90, room=860),
    ),
    fields=(
        Field(name="name", title="内容", hint="第 190 期音频"),
        Field(name="of", title="出自", hint="第 190 期，或一个台账编号"),
        Field(name="place", title="发布到", hint="职工大讲堂"),
        Field(name="published_on", title="日期", hint="2026-11-26"),
        Field(name="version", title="版本", hint="公开版 1"),
        Field(name="link", title="链接"),
        Field(name="first_review", title="初审"),
        Field(name="second_review", title="复审", hint="换一个人，同时复核脱敏"),
        Field(name="final_review", title="终审"),
        Field(name="withdrawn_on", title="撤下", hint="撤下那天填写，例如 2026-12-01"),
        Field(name="reason", title="撤下理由", hint="来电人不同意公开", shape=Shape.TEXT, lines=2),
    ),
    empty="还没有发布记录。\n每发布一次，按 Insert 记一条：发布了什么、到哪里、哪个版本。\n"
    "来电人后来不同意公开时，这里会列出要撤下的。",
    new="新的发布",
    record=lambda row: row.entry,
    blank=_today,
    says=lambda row: "；".join(row.why),
)


class PublicationLeaf(QWidget):
    """What has to be withdrawn stands on top until it is."""

    copied = Signal(str)
    """What was copied, in words."""
    print_asked = Signal(tuple)
    """The rows (PublicationRow) of which those are to be printed that have to be withdrawn."""

    def __init__(
        self,
        model: RegisterViewModel[PublicationRow],
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.register = RegisterLeaf(model, PUBLICATIONS, appearance)
        self._words = label(role="warning", wrap=True)
        self.copy = QPushButton(self.tr("复制撤下清单"))
        self.copy.setToolTip(self.tr("复制成文字，可以发给各发布单位"))
        self.copy.clicked.connect(self._copy)
        self.print = button(
            self.tr("打印撤下清单"), self.tr("先做成 PDF 给您看，再选打印机"), self._print,
            key=PRINT_KEY,
        )  # fmt: skip
        self._wanted = QWidget()
        row = QHBoxLayout(self._wanted)
        row.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SMALL)
        row.setSpacing(tokens.SPACE)
        row.addWidget(self._words, 1)
        row.addWidget(self.copy)
        row.addWidget(self.print)
        self._line = hairline()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._wanted)
        column.addWidget(self._line)
        column.addWidget(self.register, 1)
        model.rows_changed.connect(self._show)
        self._show(model.rows)

    @Slot(tuple)
    def _show(self, rows: tuple[PublicationRow, ...]) -> None:
        count = sum(bool(row.why) for row in rows)
        words = self.tr("有 {n} 处应当撤下：来电人不同意播出或公开。撤下后写上日期和理由。")
        set_text(self._words, words.format(n=count))
        self._wanted.setVisible(bool(count))
        self._line.setVisible(bool(count))

    @Slot()
    def _copy(self) -> None:
        text = withdrawal_list(self._model.rows, on=studio_now().date())
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(self.tr("撤下清单已复制"))

    def _print(self) -> None:
        self.print_asked.emit(self._model.rows)
