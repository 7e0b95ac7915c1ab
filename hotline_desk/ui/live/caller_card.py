"""Who calls, as far as the operator knows; written down as soon as a field is left."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.domain.calls import Call, Channel, Gender
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import KeyButton, label
from hotline_desk.ui.kit.record_form import RecordForm
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.row_fields import MORE_OF_CALLER, caller_texts
from hotline_desk.ui.kit.text_fields import Choice, OneLine

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hotline_desk.domain.proposals import Proposals
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.live.earlier_calls import EarlierCallsLine

_PHONE = re.compile(r"\+?\d{7,13}")
_IDENTITY = re.compile(r"\d{17}[\dXx]")
_PROPOSED = {"name": "surname", "district": "district", "employer": "employer"}


class CallerCard(QWidget):
    """The caller of the selected call."""

    written = Signal(int, dict)
    """The call's id and what was written, by field."""
    channel_chosen = Signal(Call, Channel)
    left = Signal()

    def __init__(
        self,
        refuse: QAction,
        earlier: EarlierCallsLine,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._earlier = earlier
        self._call: Call | None = None
        self._declined: set[tuple[int, str]] = set()
        self._title = label(role="section")
        self._secret = label(self.tr("对单位保密"), "secret")
        self._secret.setToolTip(self.tr("来电人没有同意向用人单位披露身份"))
        self._refused = label(self.tr("不同意录音"), "secret")
        self._refused.setToolTip(self.tr("来电人不同意录音：字幕、导出和播放里都没有这通电话"))
        self._fields = {
            name: OneLine(appearance)
            for name in ("name", "phone", "district", "employer", "occupation", "point")
        }
        self._doubt = label(role="warning", wrap=True)
        self._fold = QToolButton()
        self._fold.setProperty("kind", "fold")
        self._fold.setCheckable(True)
        self._fold.setToolTip(self.tr("人员标签、行业、可否回拨和留言、留存"))
        self._fold.toggled.connect(self._turn_more)
        self.more = RecordForm(MORE_OF_CALLER, appearance)
        self.more.column.setContentsMargins(0, 0, 0, 0)
        self.more.title.hide()
        self.more.facts.hide()
        self.more.left.connect(self.left)
        self._address = Choice(appearance)
        self._address.addItems([str(gender) for gender in Gender])
        self._address.chosen.connect(self._write)
        self._address.left.connect(self.left)
        self._address.setAccessibleName(self.tr("称呼"))
        self._channel = Choice(appearance)
        self._channel.addItems([str(channel) for channel in Channel])
        self._channel.chosen.connect(self._choose_channel)
        self._channel.left.connect(self.left)
        self._channel.setAccessibleName(self.tr("来源渠道"))
        self._channel.setToolTip(self.tr("不是节目渠道来的，不属于哪一期"))
        for name, field in self._fields.items():
            field.setObjectName(f"caller_{name}")
            field.editingFinished.connect(self._write)
            field.editingFinished.connect(partial(field.setCursorPosition, 0))  # its beginning
            field.left.connect(self.left)
            field.accepted.connect(self._accept)
            field.declined.connect(self._decline)
        self._fields["district"].editingFinished.connect(self._ask_about_district)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SPACE)
        column.setSpacing(tokens.SMALL)
        first = QHBoxLayout()
        first.addWidget(self._title)
        first.addWidget(self._refused)
        first.addStretch(1)
        first.addWidget(self._secret)
        first.addWidget(KeyButton(refuse, words=self.tr("不录")))
        column.addLayout(first)
        column.addWidget(earlier)
        self._usual = QWidget()
        self._usual.setLayout(self._grid())
        column.addWidget(self._usual)
        column.addWidget(self._doubt)
        column.addWidget(self._fold)
        column.addWidget(self.more)
        self._turn_more(False)
        self._in_order()
        self.show_call(None)

    def _in_order(self) -> None:
        """Let Tab go in reading order."""
        fields = self._fields
        order = [fields["name"], self._address, fields["phone"], fields["occupation"],
                 fields["district"], fields["employer"], fields["point"],
                 self._channel]  # fmt: skip
        for one, other in pairwise([*order, self._fold, *self.more.widgets.values()]):
            QWidget.setTabOrder(one, other)

    def _grid(self) -> QGridLayout:
        words = {
            "name": self.tr("姓名"), "phone": self.tr("电话"), "district": self.tr("区县"),
            "employer": self.tr("单位"), "occupation": self.tr("工种"), "point": self.tr("要点"),
        }  # fmt: skip
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SMALL)
        grid.setVerticalSpacing(tokens.SMALL)
        for name, text in words.items():
            self._fields[name].setAccessibleName(text)
        for row, (one, other) in enumerate(
            (("name", None), ("phone", None), ("occupation", "district"))
        ):
            grid.addWidget(label(words[one], "quiet"), row, 0)
            wide = 3 if other is None and one != "name" else 1
            grid.addWidget(self._fields[one], row, 1, 1, wide)
            if other is not None:
                grid.addWidget(label(words[other], "quiet"), row, 2)
                grid.addWidget(self._fields[other], row, 3)
        grid.addWidget(label(self.tr("称呼"), "quiet"), 0, 2)
        grid.addWidget(self._address, 0, 3)
        for row, name in ((3, "employer"), (4, "point")):
            grid.addWidget(label(words[name], "quiet"), row, 0)
            grid.addWidget(self._fields[name], row, 1, 1, 3)
        grid.addWidget(label(self.tr("渠道"), "quiet"), 5, 0)
        grid.addWidget(self._channel, 5, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    @Slot(object)
    def show_call(self, call: Call | None) -> None:
        """Show *call*; what is being typed in its fields is left alone."""
        if call is None or self._call is None or call.id != self._call.id:
            self._write()
            self._call = call
            for field in self._fields.values():
                field.setModified(False)
                field.propose("")
        self._call = call
        self._earlier.look_up(call)
        self.setVisible(call is not None)
        if call is None:
            self.more.write_all()
            return
        set_text(self._title, self.tr("来电人 · {state}").format(state=call.state))
        self._refused.setVisible(call.consent.record is False)
        self._title.setVisible(call.consent.record is not False)
        self._secret.setVisible(call.consent.secret_from_employer)
        for name, field in self._fields.items():
            field.show_text(self._told(name))
            if field.text() == self._told(name):
                field.setModified(False)
        self._address.show_text(str(call.caller.title))
        self._channel.show_text(str(call.channel))
        self.more.show_record(call.id, "", "", caller_texts(call))
        self._ask_about_district()

    @Slot(int, object)
    def take_on(self, shown: int, call: Call) -> None:
        """Let *call* be the one that was shown under the id *shown*; what is typed stays."""
        if self._call is not None and self._call.id == shown:
            self._call = call
            self.more.take_on(call.id)
            for name, field in self._fields.items():
                field.setModified(field.text() != self._told(name))

    @Slot(bool)
    def _turn_more(self, on: bool) -> None:
        self.more.setVisible(on)
        self._usual.setVisible(not on)  # both leave the calls no room in a small window
        self._fold.setText(self.tr("收起 ▴") if on else self.tr("标签、行业、回拨 ▾"))

    @Slot(object, object)
    def propose(self, call_id: int | None, proposals: Proposals) -> None:
        """Propose what the captions say of the caller of a call, if it is this one."""
        if self._call is None or self._call.id != call_id:
            return
        for name, proposed in _PROPOSED.items():
            declined = (self._call.id, name) in self._declined
            self._fields[name].propose("" if declined else getattr(proposals, proposed))

    @Slot()
    def _ask_about_district(self) -> None:
        """Ask beneath the fields about a number that no district has."""
        written = re.sub(r"[\s-]", "", self._fields["district"].text())
        doubt = ""
        if _IDENTITY.fullmatch(written):
            doubt = self.tr("区县里写的像身份证号，要改吗？")
        elif _PHONE.fullmatch(written):
            doubt = self.tr("区县里写的像电话号码，要写到“电话”一栏吗？")
        set_text(self._doubt, doubt)
        self._doubt.setVisible(bool(doubt))

    def begin(self) -> None:
        """Put the focus where a new caller's name goes."""
        self._fold.setChecked(False)
        self._fields["name"].setFocus()

    @property
    def holds_focus(self) -> bool:
        """Whether somebody is writing here."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def write(self) -> None:
        """Write down what stands in the fields, if it differs."""
        self._write()
        self.more.write_all()

    def _accept(self) -> None:
        field = self.sender()
        if isinstance(field, OneLine):
            field.setText(field.proposal)
            field.setModified(True)
            self._write()

    def _decline(self) -> None:
        field = self.sender()
        if isinstance(field, OneLine) and self._call is not None:
            self._declined.add((self._call.id, field.objectName().removeprefix("caller_")))
            field.propose("")

    def _choose_channel(self, channel: str) -> None:
        if self._call is not None:
            self.channel_chosen.emit(self._call, Channel(channel))

    def _write(self, _text: str = "") -> None:
        if self._call is None:
            return
        texts = {name: field.text().strip() for name, field in self._fields.items()}
        texts["title"] = self._address.currentText()
        written = {name: text for name, text in texts.items() if text != self._told(name)}
        if written:
            for field in self._fields.values():
                field.setModified(False)
            self.written.emit(self._call.id, written)

    def _told(self, name: str) -> str:
        """Return what the call that is shown has in a field."""
        call = self._call
        return "" if call is None else str(getattr(call if name == "point" else call.caller, name))
