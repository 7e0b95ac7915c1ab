"""The command line: what was asked for is found in the table, loaded and obeyed.

A function gets the parsed arguments and yields lines; a foreseen failure becomes one sentence.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from hotline_desk import __version__, system
from hotline_desk.arguments import place
from hotline_desk.commands import COMMANDS, GROUPS
from hotline_desk.errors import (
    Cancelled,
    HotlineDeskError,
    OutputUnwritable,
    SystemLibraryMissing,
    WrongUsage,
)
from hotline_desk.messages import sentence
from hotline_desk.paths import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from typing_extensions import override

    from hotline_desk.output import Line
else:

    def override(method: Callable[..., Any]) -> Callable[..., Any]:
        """Stand in for the checker's mark: the recorder loads the standard library alone."""
        return method


DONE, FAILED, WRONG_USAGE, BUG, INTERRUPTED = 0, 1, 2, 70, 130

_LIBRARY = re.compile(r"(?:\S*/)?(lib[^\s/]+\.so[.\d]*): ")
"""How the system's loader begins when it cannot load a library."""
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x9b]")
"""What a terminal obeys instead of showing it; what people typed may hold it."""
_UNREAD = {errno.EPIPE, errno.EINVAL}  # what Linux and Windows say of a pipe without a reader


def run(arguments: Sequence[str]) -> int:
    """Do what *arguments* say and return the exit code; without a command, open the window.

    A foreseen failure is one sentence and 1; a bug is its traceback and 70.
    """
    try:
        return _obey(arguments)
    finally:
        _let_go_of_output()


def _obey(arguments: Sequence[str]) -> int:
    # not set_defaults: a sub-parser would take them for given, and undo what stands before it
    given = argparse.Namespace(command=None, workspace=Workspace.default(), json=False)
    parsed = _parsed(arguments, given)
    try:
        if parsed.command is None:
            return int(_load("hotline_desk.app:main")(parsed.workspace))
        _refuse_undeleted(parsed)
        _tell_of_settings(parsed)
        writes, heard = COMMANDS[parsed.command].writes, True
        for line in _load(_target(parsed))(parsed):
            heard = heard and _say(line, as_json=parsed.json and not line.aside)
            if not heard and not writes:  # what is to be written is written all the same
                break
        if writes:
            _back_up(parsed.workspace)
    except HotlineDeskError as error:
        sys.stderr.write(sentence(error) + "\n")
        return WRONG_USAGE if isinstance(error, WrongUsage) else FAILED
    except (KeyboardInterrupt, Cancelled):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  whoever started us must tell it from a failure
        sys.excepthook(type(error), error, error.__traceback__)
        return BUG
    return DONE


def _tell_of_settings(parsed: argparse.Namespace) -> None:
    """Say that a default holds; doctor says it among the rest."""
    if parsed.command == "doctor" or not parsed.workspace.settings.exists():
        return
    if fault := _load("hotline_desk.workflows.own_files:settings_fault")(parsed.workspace):
        sys.stderr.write(sentence(fault) + "\n")


def _back_up(workspace: Workspace) -> None:
    """Make the day's copy; what was asked for is done, so a copy that fails is told and no more."""
    try:
        _load("hotline_desk.workflows.keep:back_up_today")(workspace)
    except HotlineDeskError as error:
        sys.stderr.write(sentence(error) + "\n")


def _parsed(arguments: Sequence[str], given: argparse.Namespace) -> argparse.Namespace:
    parser = _parser()
    for each in arguments:
        if each.startswith("--") and each.endswith("=--"):  # argparse would give an empty list
            parser.error(f"参数 {each.removesuffix('=--')}: 后面要写一个值")
    return parser.parse_args(arguments, given)


def _refuse_undeleted(parsed: argparse.Namespace) -> None:
    if COMMANDS[parsed.command].of_ledger and parsed.workspace.owed.exists():
        _load("hotline_desk.workflows.repeat_deletions:refuse_undeleted")(parsed.workspace)


def _say(line: Line, *, as_json: bool) -> bool:
    """Print *line*; return whether anybody reads."""
    text = json.dumps(line.facts, ensure_ascii=False) if as_json else _UNSHOWN.sub("", line.words)
    stream = sys.stderr if line.aside else sys.stdout
    try:
        stream.write(text + "\n")
        stream.flush()
    except OSError as error:
        if error.errno not in _UNREAD:
            raise OutputUnwritable from error
        return False
    return True


def _let_go_of_output() -> None:
    """Leave nothing that the interpreter would fail to write at its end: nobody reads it."""
    try:
        if sys.stdout is not None:  # a frozen program without a console has none
            sys.stdout.flush()
    except OSError:
        with Path(os.devnull).open("wb") as nothing:
            os.dup2(nothing.fileno(), sys.stdout.fileno())


def _target(parsed: argparse.Namespace) -> str:
    command = COMMANDS[parsed.command]
    if not command.window or parsed.headless:
        return command.target
    if system.has_display():
        return command.window
    sys.stderr.write("没有可用的显示器，改为不开窗口运行。\n")
    return command.target


def _load(target: str) -> Callable[..., Any]:
    """Return the function that *target* names.

    Raises:
        SystemLibraryMissing: its module needs a library that the system lacks.
    """
    module, _, function = target.partition(":")
    try:
        loaded: Callable[..., Any] = getattr(importlib.import_module(module), function)
    except ImportError as error:
        if library := _LIBRARY.match(str(error)):
            raise SystemLibraryMissing(library[1]) from error
        raise
    return loaded


_USAGE_WORDS = {
    "the following arguments are required: ": "还缺少参数：",
    "unrecognized arguments: ": "不认识的参数：",
    "expected at least one argument": "后面至少要写一个值",
    "expected one argument": "后面要写一个值",
    "invalid choice: ": "没有这个选择：",
    "(choose from ": "（可选 ",
    "invalid int value: ": "不是整数：",
    "invalid float value: ": "不是数字：",
    "argument ": "参数 ",
}


class _Formatter(argparse.HelpFormatter):
    @override
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  argparse's own variety
        super().__init__(**settings, add_help=False, formatter_class=_Formatter)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    @override
    def error(self, message: str) -> NoReturn:
        for english, chinese in _USAGE_WORDS.items():
            message = message.replace(english, chinese)
        if "（可选 " in message:
            message = message.removesuffix(")") + "）"
        for name, command in COMMANDS.items():
            if not command.says:
                message = message.replace(f", '{name}'", "")
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, message + "\n")


def _parser() -> argparse.ArgumentParser:
    common: Any = argparse.ArgumentParser(add_help=False)
    for names, settings in (
        (("--workspace",), {"type": _workspace, "metavar": "文件夹",
                            "help": "工作文件夹，不写则用主文件夹里的“工会法律在线”"}),
        (("--json",), {"action": "store_true", "help": "输出 JSON，一行一个"}),
    ):  # fmt: skip
        common.add_argument(*names, default=argparse.SUPPRESS, **settings)
    parser = _Parser(
        prog="hotline-desk",
        description="热线台：《工会法律在线》的录音、字幕、台账与纪要。不写命令则打开窗口。",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    commands = parser.add_subparsers(metavar="命令", title="命令")
    groups = {
        name: commands.add_parser(name, help=says, description=says).add_subparsers(
            metavar="命令", required=True
        )
        for name, says in GROUPS.items()
    }
    for name, command in COMMANDS.items():
        group, _, last = name.rpartition(" ")
        listed: dict[str, Any] = {"help": command.says} if command.says else {}
        added = (groups[group] if group else commands).add_parser(
            last, description=command.says, parents=[common], **listed
        )
        added.set_defaults(command=name)
        for option in command.options:
            added.add_argument(*option.names, **option.settings)
    return parser


def _workspace(text: str) -> Workspace:
    return Workspace(place(text))
