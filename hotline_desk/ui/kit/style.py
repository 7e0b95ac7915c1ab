"""How the window looks: palette, fonts and the one stylesheet, made from the tokens."""

from __future__ import annotations

from contextlib import contextmanager
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from hotline_desk.paths import resource
from hotline_desk.ui.kit import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

_SCHEMES = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}


def font(size: int = tokens.TEXT, *, strong: bool = False, figures: bool = False) -> QFont:
    """Return the interface's font; *figures* have digits of one width."""
    made = QFont()
    made.setFamilies(list(tokens.FAMILIES))
    made.setPixelSize(size)
    if strong:
        made.setWeight(QFont.Weight.DemiBold)
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


class Appearance(QObject):
    """The theme in force; it follows the system unless a theme is chosen."""

    changed = Signal()

    def __init__(self, application: QApplication, theme: str) -> None:
        super().__init__(application)
        self._application = application
        self.colours = tokens.LIGHT
        application.setStyle("Fusion")
        application.setFont(font())
        self.choose(theme)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._apply)

    def choose(self, theme: str) -> None:
        """Use *theme*: system, light or dark."""
        scheme = _SCHEMES.get(theme, Qt.ColorScheme.Unknown)
        QGuiApplication.styleHints().setColorScheme(scheme)
        self._chosen = scheme
        self._apply()

    @contextmanager
    def undressed(self) -> Iterator[None]:
        """Let widgets be made in the block before the stylesheet is put on.

        With it on, each that finds its place has all that is in it styled anew.
        """
        self._application.setStyleSheet("")
        try:
            yield
        finally:
            self._application.setStyleSheet(stylesheet(self.colours))

    def colour(self, name: str) -> QColor:
        """Return a colour of the theme by its token's name."""
        return QColor(getattr(self.colours, name))

    def _apply(self) -> None:
        scheme = self._chosen
        if scheme is Qt.ColorScheme.Unknown:
            scheme = QGuiApplication.styleHints().colorScheme()
        self.colours = tokens.DARK if scheme is Qt.ColorScheme.Dark else tokens.LIGHT
        self._application.setPalette(_palette(self.colours))
        self._application.setStyleSheet(stylesheet(self.colours))
        self.changed.emit()


def _palette(colours: tokens.Colours) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, value in (
        (roles.Window, colours.page), (roles.Base, colours.surface),
        (roles.AlternateBase, colours.page), (roles.Button, colours.raised),
        (roles.ToolTipBase, colours.raised), (roles.ToolTipText, colours.text),
        (roles.WindowText, colours.text), (roles.Text, colours.text),
        (roles.ButtonText, colours.text), (roles.Highlight, colours.accent),
        (roles.HighlightedText, colours.on_accent), (roles.PlaceholderText, colours.quiet),
        (roles.Link, colours.accent), (roles.Mid, colours.line), (roles.Dark, colours.line),
    ):  # fmt: skip
        palette.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.quiet))
    return palette


def stylesheet(colours: tokens.Colours) -> str:
    """Return the application's stylesheet in *colours*."""
    shade = "dark" if colours.dark else "light"
    names = {name: getattr(colours, name) for name in colours.__slots__ if name != "dark"}
    sizes = {
        "meta": tokens.META, "body": tokens.TEXT, "emphasis": tokens.EMPHASIS,
        "heading": tokens.HEADING, "figure": tokens.FIGURE, "radius": tokens.RADIUS,
        "small": tokens.SMALL, "tiny": tokens.TINY, "space": tokens.SPACE,
        "field": tokens.FIELD, "row": tokens.TABLE_ROW,
        "chevron": resource(f"icons/chevron-{shade}.svg").as_posix(),
        "check": resource(f"icons/check-{shade}.svg").as_posix(),
    }  # fmt: skip
    return Template(_SHEET).substitute(names, **sizes)


_SHEET = """
QWidget { color: $text; placeholder-text-color: $quiet; font-size: ${body}px; }
QMainWindow, QWidget#page { background: $page; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: ${tiny}px; }
QLabel { background: transparent; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="meta"] { color: $quiet; font-size: ${meta}px; }
QLabel[role="struck"] { color: $quiet; text-decoration: line-through; }
QLabel[role="struck-head"] { color: $quiet; font-size: ${meta}px; text-decoration: line-through; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[role="emphasis"] { font-size: ${emphasis}px; font-weight: 600; }
QLabel[role="clock"] { font-size: ${emphasis}px; font-weight: 600; }
QLabel[role="figure"] { font-size: ${figure}px; font-weight: 600; }
QLabel[role="overdue"] { color: $red; font-size: ${figure}px; font-weight: 600; }
QLabel[role="section"] { color: $quiet; font-size: ${meta}px; font-weight: 600; }
QLabel[role="recording"] { color: $red; font-weight: 600; }
QLabel[role="chip"] { background: $page; color: $quiet; border: 1px solid $line;
  border-radius: ${tiny}px; font-size: ${meta}px; }
QLabel[role="warning"] { background: $yellow_card; color: $yellow_card_text;
  border-radius: ${tiny}px; font-size: ${meta}px; }
QLabel[role="red-card"] { background: $red_card; color: $red_card_text;
  border-radius: ${tiny}px; font-size: ${meta}px; font-weight: 600; }
QLabel[role="alarm"] { background: $red; color: $on_red; border-radius: ${tiny}px;
  font-weight: 600; }
QLabel[role="sound"] { color: $good; font-size: ${heading}px; font-weight: 600; }
QLabel[role="fault"] { color: $yellow_card_text; font-weight: 600; }
QLabel[role="confirmed"] { color: $good; font-size: ${meta}px; font-weight: 600; }
QLabel[role="secret"] { color: $red; font-size: ${meta}px; font-weight: 600; }

QFrame#strip { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame#strip[alarmed="true"] { background: $red; border-bottom: 1px solid $red; }
QFrame#strip[alarmed="true"] QLabel { color: $on_red; }
QFrame#strip QLabel#statement { font-size: ${heading}px; font-weight: 600; }
QFrame#strip[alarmed="true"] QToolButton { color: $on_red; border: 1px solid $on_red; }
QFrame#strip[alarmed="true"] QToolButton:focus { border: 2px solid $on_red; }
QFrame#foot { background: $surface; border: none; border-top: 1px solid $line; }
QFrame#bulk { background: $accent_wash; border: none; border-top: 1px solid $line; }
QFrame#rail { background: $surface; border: none; border-right: 1px solid $line; }
QFrame#panel { background: $surface; border: none; }
QFrame#panel[edge="left"] { border-left: 1px solid $line; }
QFrame#panel[edge="right"] { border-right: 1px solid $line; }
QFrame#figure-cell { background: transparent; border: 2px solid transparent;
  border-radius: ${radius}px; }
QFrame#figure-cell:focus { border-color: $accent; }
QFrame#hairline { background: $line; border: none; }
QFrame#messages { background: $yellow_card; border: none; border-top: 1px solid $line; }
QFrame#messages QLabel { color: $yellow_card_text; }
QFrame#messages QPushButton { color: $text; }
QFrame#messages QPushButton[kind="main"] { color: $on_accent; }
QFrame#messages[kind="good"] { background: $accent_wash; }
QFrame#messages[kind="good"] QLabel { color: $text; }

QFrame#rail QToolButton { border: none; border-left: 3px solid transparent; color: $quiet;
  font-size: ${meta}px; padding: ${small}px 0; border-radius: 0; background: transparent; }
QFrame#rail QToolButton:hover { background: $page; color: $text; }
QFrame#rail QToolButton:checked { color: $accent; border-left-color: $accent;
  background: $accent_wash; font-weight: 600; }
QFrame#rail QToolButton:focus { border-right: 2px solid $accent; }

QPushButton, QToolButton { background: $raised; border: 1px solid $control;
  border-radius: ${radius}px; padding: 4px 12px; min-height: 20px; }
QPushButton:hover, QToolButton:hover { border-color: $accent; }
QPushButton:pressed, QToolButton:pressed { background: $accent_wash; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 3px 11px; }
QPushButton:disabled, QToolButton:disabled { color: $quiet; border-color: $line; }
QPushButton[kind="main"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[kind="main"]:focus { border: 2px solid $text; }
QPushButton[kind="main"]:disabled { background: $line; color: $quiet; border-color: $line; }
QPushButton[kind="choice"]:checked { background: $accent_wash; color: $accent;
  border-color: $accent; font-weight: 600; }
QPushButton[kind="chip"] { background: transparent; border: 1px solid $line; color: $quiet;
  font-size: ${meta}px; padding: 1px 6px; min-height: 18px; }
QPushButton[kind="chip"]:hover { border-color: $accent; }
QPushButton[kind="chip"]:checked { background: $accent_wash; color: $accent;
  border-color: $accent; font-weight: 600; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: 0 5px; }
QToolButton[kind="key"] { background: transparent; border: 1px solid $line; color: $text;
  padding: 2px 6px; font-size: ${meta}px; min-height: 18px; }
QToolButton[kind="key"]:disabled { background: $page; color: $quiet; }
QToolButton[kind="key"]:hover { border-color: $accent; }
QToolButton[kind="key"]:focus { border: 2px solid $accent; padding: 1px 5px; }
QPushButton[kind="flat"], QToolButton[kind="flat"] { background: transparent;
  border: 1px solid transparent; padding: 4px 6px; }
QPushButton[kind="flat"]:hover, QToolButton[kind="flat"]:hover { border-color: $line; }
QPushButton[kind="flat"]:focus, QToolButton[kind="flat"]:focus { border: 2px solid $accent;
  padding: 3px 5px; }

QToolButton[kind="row"] { background: transparent; border: none; color: $accent;
  font-size: ${meta}px; padding: 0 2px; min-height: 0; }
QToolButton[kind="row"]:hover { text-decoration: underline; }

QToolButton[kind="filter"] { background: $accent_wash; color: $text; border: 1px solid $line;
  padding: 2px 8px; font-size: ${meta}px; min-height: 18px; }
QToolButton[kind="filter"]:hover { border-color: $accent; }
QToolButton[kind="filter"]:focus { border: 2px solid $accent; padding: 1px 7px; }
QToolButton[kind="own-view"][chosen="true"] { background: $accent_wash; color: $accent;
  border-color: $accent; font-weight: 600; }
QToolButton::menu-indicator { image: none; width: 0; }
QMenu { background: $raised; border: 1px solid $control; padding: ${tiny}px; }
QMenu::item { padding: 4px 24px; border-radius: ${tiny}px; }
QMenu::item:selected { background: $accent_wash; }
QMenu::item:disabled { color: $quiet; }
QMenu::indicator { width: 12px; height: 12px; left: 6px; }
QMenu::indicator:checked { image: url("$check"); }
QMenu::separator { height: 1px; background: $line; margin: ${tiny}px ${small}px; }

QToolButton[kind="fold"] { background: transparent; border: none; color: $quiet;
  padding: 4px 0; margin-left: -4px; }  /* Qt keeps a blank free at its left */
QToolButton[kind="fold"]:hover, QToolButton[kind="fold"]:focus { color: $accent; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit { background: $surface;
  border: 1px solid $control; border-radius: ${radius}px; padding: 3px 8px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox, QSpinBox, QDateEdit { min-height: 22px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {
  border: 2px solid $accent; padding: 2px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $quiet;
  placeholder-text-color: $control; border-color: $line; background: $page; }
QComboBox { padding-left: 10px; }
QComboBox:focus { padding-left: 9px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$chevron"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $control; outline: none;
  selection-background-color: $accent_wash; selection-color: $text; padding: 2px; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; }
QCheckBox { spacing: ${small}px; }
QCheckBox::indicator, QListView::indicator { width: 16px; height: 16px; border: 1px solid $control;
  border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked, QListView::indicator:checked {
  image: url("$check"); border-color: $accent; }
QCheckBox:focus { color: $accent; }

QListView, QTableView, QTreeView { background: $surface; border: none; outline: none;
  selection-background-color: $accent_wash; selection-color: $text; }
QListView:focus, QTableView:focus { border: none; }
QTableView { gridline-color: $line; alternate-background-color: $surface; }
QTableView::item { padding: 0 ${small}px; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $accent_wash; color: $text; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $quiet; font-size: ${meta}px;
  border: none; border-bottom: 1px solid $line; padding: 6px 11px; font-weight: 600; }
QTableCornerButton::section { background: $surface; border: none; }
QTabBar { background: $surface; }
QTabBar::tab { color: $quiet; padding: ${small}px ${space}px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $text; }
QTabWidget::pane { border: none; border-top: 1px solid $line; background: $surface; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QSplitter::handle { background: $line; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 3px; margin: 2px; min-height: 28px;
  min-width: 28px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QPdfView { background: $page; border: none; }
"""
