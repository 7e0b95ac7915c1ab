"""The keys: one table of what can be done, from which actions, tooltips and key card are made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence

from hotline_desk.messages import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_ = QT_TRANSLATE_NOOP


class Verb(Enum):
    """What a person can do with one key; its value is the key."""

    KEY_CARD = "F1"
    NEW_CALL = "F2"
    EARLIER = "Shift+F2"
    WAIT = "F3"
    NEXT = "F4"
    ON_AIR = "F5"
    END = "F6"
    QUESTION = "F7"
    ANSWER = "F8"
    URGENT = "F10"
    DUMP = "F12"
    NAMED = "Ctrl+F12"
    REFUSED = "Shift+F12"
    RECORD = "Ctrl+R"
    UNDO = "Ctrl+Z"
    SAVE = "Ctrl+S"
    CONFIRM = "Ctrl+T"
    OPEN_CASE = "Ctrl+J"
    IMPORT = "Ctrl+I"
    EXPORT = "Ctrl+Shift+I"
    COPY_ORDER = "Ctrl+W"
    COPY_INTERNAL = "Ctrl+Shift+W"
    WRITE = "Ctrl+E"
    CALLER = "Ctrl+D"
    NEWEST = "Ctrl+End"
    LISTEN = "Ctrl+L"
    SUMMARY = "Ctrl+P"
    EPISODE = "Ctrl+N"
    HEALTH = "Ctrl+H"
    PUBLISHED = "Ctrl+B"
    SEARCH = "Ctrl+K"
    LIVE = "Ctrl+1"
    LEDGER = "Ctrl+2"
    ARCHIVE = "Ctrl+3"
    STATISTICS = "Ctrl+4"
    SETTINGS = "Ctrl+5"
    DUE = "Ctrl+6"
    CASES = "Ctrl+7"
    REGISTER = "Ctrl+8"


@dataclass(frozen=True, slots=True)
class Words:
    """What a verb is called, and what it does in half a line."""

    title: str
    says: str


WORDS: dict[Verb, Words] = {
    Verb.KEY_CARD: Words(_("keys", "键位卡"), _("keys", "显示或收起全部按键")),
    Verb.NEW_CALL: Words(_("keys", "来电"), _("keys", "登记一个新来电并接听")),
    Verb.EARLIER: Words(_("keys", "往次"), _("keys", "这个号码以前来电问的，在台账里看")),
    Verb.WAIT: Words(_("keys", "待播"), _("keys", "选中的来电排队等待播出")),
    Verb.NEXT: Words(_("keys", "下一位"), _("keys", "等得最久的定为下一位，或用另选的")),
    Verb.ON_AIR: Words(_("keys", "直播"), _("keys", "下一位或选中的来电切入直播")),
    Verb.END: Words(_("keys", "结束"), _("keys", "结束直播中的来电，没有则结束选中的")),
    Verb.QUESTION: Words(_("keys", "标问题"), _("keys", "从来电人这句话的开头开始记一个问题")),
    Verb.ANSWER: Words(_("keys", "标解答"), _("keys", "从演播室这句话的开头开始记解答")),
    Verb.URGENT: Words(_("keys", "紧急"), _("keys", "标为紧急并显示该找谁")),
    Verb.DUMP: Words(_("keys", "删延时"), _("keys", "记下这里按过删延时")),
    Verb.NAMED: Words(_("keys", "点名"), _("keys", "记下这里点了单位或人名")),
    Verb.REFUSED: Words(_("keys", "不同意录音"), _("keys", "来电人不同意录音，再按取消")),
    Verb.RECORD: Words(_("keys", "开始或停止录音"), _("keys", "设置里的线路全部录音")),
    Verb.UNDO: Words(_("keys", "撤销"), _("keys", "退回上一步，通话状态也可以")),
    Verb.SAVE: Words(_("keys", "保存"), _("keys", "把正在写的存进台账")),
    Verb.CONFIRM: Words(_("keys", "解答确认"), _("keys", "律师已核对，可以公开；再按取消")),
    Verb.OPEN_CASE: Words(_("keys", "立案"), _("keys", "台账里选中的问题立案，选几个归一件")),
    Verb.IMPORT: Words(_("keys", "导入"), _("keys", "导入已有的台账，Excel 或 CSV")),
    Verb.EXPORT: Words(_("keys", "导出"), _("keys", "台账导出为 Excel 或 CSV")),
    Verb.COPY_ORDER: Words(_("keys", "复制工单"), _("keys", "选中的问题或案件，脱敏复制")),
    Verb.COPY_INTERNAL: Words(
        _("keys", "复制工单（内部版）"), _("keys", "不脱敏，先写事由，记入访问记录")
    ),
    Verb.WRITE: Words(_("keys", "写问题"), _("keys", "光标到正在写的问题，台账里是选中的")),
    Verb.CALLER: Words(_("keys", "写来电人"), _("keys", "光标到来电人的姓名，台账里是选中的")),
    Verb.NEWEST: Words(_("keys", "回到最新"), _("keys", "字幕跳到最新一句")),
    Verb.LISTEN: Words(_("keys", "播放"), _("keys", "在预听设备上播放，再按停止")),
    Verb.SUMMARY: Words(_("keys", "纪要"), _("keys", "生成本期节目纪要 PDF 并显示")),
    Verb.EPISODE: Words(_("keys", "节目"), _("keys", "填写本期或建立新一期")),
    Verb.HEALTH: Words(_("keys", "体检单"), _("keys", "选中的录音有没有问题；再按收起")),
    Verb.PUBLISHED: Words(_("keys", "发布与撤下"), _("keys", "发布记录和撤下清单；再按收起")),
    Verb.SEARCH: Words(_("keys", "查找"), _("keys", "在问题和字幕里查找")),
    Verb.LIVE: Words(_("keys", "直播台"), _("keys", "接来电、看字幕、记问题")),
    Verb.LEDGER: Words(_("keys", "台账"), _("keys", "全部问题，点一行听那一秒")),
    Verb.ARCHIVE: Words(_("keys", "归档"), _("keys", "历次录音和字幕，查找结果")),
    Verb.STATISTICS: Words(_("keys", "统计"), _("keys", "各项数字、每日台账、每月汇总")),
    Verb.SETTINGS: Words(_("keys", "设置"), _("keys", "线路、预听设备、主题")),
    Verb.DUE: Words(_("keys", "今日待办"), _("keys", "台账里今天要办的")),
    Verb.CASES: Words(_("keys", "案件"), _("keys", "台账里的案件")),
    Verb.REGISTER: Words(_("keys", "登记簿"), _("keys", "一函两书、转办、督办、质检、催办")),
}

BULK_KEY, DEEDS_KEY = "Ctrl+M", "Ctrl+Y"
PRINT_KEY, EXCEL_KEY = "Ctrl+Shift+P", "Ctrl+Shift+E"

FIELD_KEYS: tuple[tuple[str, str], ...] = (
    ("Tab", _("keys", "采纳这一栏的建议，到下一栏")),
    ("Enter", _("keys", "不采纳，到下一栏")),
    ("Esc", _("keys", "收起这一栏的建议，再按回到列表")),
    ("空格", _("keys", "列表里播放选中的一行")),
    ("Enter", _("keys", "列表里打开选中的一行")),
    ("Ctrl+U", _("keys", "今日待办和案件里复制催办文本")),
    ("Ctrl+G", _("keys", "案件里批量转派选中的几件")),
    (DEEDS_KEY, _("keys", "案件里列出能办的每一件事，方向键选")),
    (BULK_KEY, _("keys", "台账里修改选中的几条，再按就改")),
    (f"{PRINT_KEY} E", _("keys", "统计里打印，换成 E 导出 Excel")),
    ("Alt+← →", _("keys", "统计里看前一个、后一个时段")),
    ("Ctrl+C", _("keys", "统计里复制表格，加 Shift 复制图")),
)
"""Keys that belong to a field or a list rather than to the window."""

PAGES = (Verb.LIVE, Verb.LEDGER, Verb.ARCHIVE, Verb.STATISTICS, Verb.SETTINGS)


def title(verb: Verb) -> str:
    """Return what *verb* is called."""
    return QCoreApplication.translate("keys", WORDS[verb].title)


def tip(verb: Verb) -> str:
    """Return the tooltip of *verb*: what it does, and its key."""
    says = QCoreApplication.translate("keys", WORDS[verb].says)
    return f"{title(verb)}（{verb.value}）\n{says}"


def action(verb: Verb, parent: QWidget, done: Callable[[], None]) -> QAction:
    """Return the action of *verb* on the window *parent*, with its key and tooltip."""
    made = QAction(title(verb), parent)
    made.setObjectName(verb.name)
    made.setShortcut(QKeySequence(verb.value))
    made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    made.setAutoRepeat(False)
    made.setToolTip(tip(verb))
    made.triggered.connect(lambda _checked=False: done())
    parent.addAction(made)
    return made
