"""The command line: what it understands, and that every command has its function."""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hotline_desk.cli import run
from hotline_desk.commands import COMMANDS
from hotline_desk.ledger import Ledger
from tests.planted_bug import with_bug


@pytest.mark.parametrize("before", [True, False])
def test_the_workspace_counts_before_and_behind_the_command(tmp_path, before, capsys):
    damaged = tmp_path / "ledger.db"
    damaged.write_bytes(b"not a ledger" * 100)
    where, command = ["--workspace", str(tmp_path)], ["search", "工资"]

    code = run(where + command if before else command + where)

    assert code == 1
    assert str(damaged) in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["没有这个命令"], ["record"], ["caption"], ["summary", "甲"], ["model"]]
)
def test_wrong_usage_is_told_in_chinese(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        run(arguments)

    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "用法：hotline-desk" in said
    assert not {"argument", "required", "invalid", "usage"} & set(said.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["demo", "--speed", "0"],
        ["demo", "--speed", "nan"],
        ["record", "--line", "a=b", "--take", "x", "--delay", "-5"],
        ["record", "--line", "a=b", "--take", "x", "--for", "inf"],
        ["record", "--line", "a=b", "--take", "~nobody-of-this-name/x"],
        ["--workspace", "", "doctor"],
        ["--workspace", "长" * 100, "points"],
        ["deadline", "--received=--"],
        ["purge-temporary", "--days", "9999999"],
        ["purge-temporary", "--days", "²"],
    ],
)
def test_values_that_mean_nothing_are_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        run(arguments)

    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["deadline", "--received", "1999-02-13"], "只能写 2000 年到 2099 年的日期：1999-02-13\n"),
        (["ledger", "move", "AJ-2026-0001", "办结", "--on", "0001-01-01"], "只能写 2000 年"),
        (["deadline", "--received", "2026-02-30"], "2026-02-13 这样"),
        (["summary", "190", "-o", "x.doc"], "文件名要以 .pdf 结尾：x.doc\n"),
        (["search", ""], "要写出查找的词\n"),
        (["search", "工资", " "], "要写出查找的词\n"),
        (["transcribe", "a.wav", "--format", "doc"], "（可选 'txt', 'srt', 'vtt', 'json'）\n"),
    ],
)
def test_wrong_usage_says_what_would_be_right(arguments, said, capsys):
    with pytest.raises(SystemExit) as ended:
        run(arguments)

    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_period_that_ends_before_it_begins_is_wrong_usage(tmp_path, capsys):
    period = ["--since", "2026-03-01", "--until", "2026-02-01"]

    code = run(["ledger", "export", "-o", str(tmp_path / "a.csv"), *period])

    assert code == 2
    assert "2026-03-01 在结束日期 2026-02-01 之后" in capsys.readouterr().err


def test_wrong_usage_names_no_command_that_the_program_gives_itself(capsys):
    with pytest.raises(SystemExit):
        run(["fly"])

    assert "capture-child" not in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_its_function_and_its_help(name, capsys):
    module, _, function = COMMANDS[name].target.partition(":")

    with pytest.raises(SystemExit) as ended:
        run([*name.split(), "--help"])

    assert ended.value.code == 0
    assert "usage" not in capsys.readouterr().out
    assert callable(getattr(importlib.import_module(module), function))


def test_every_placeholder_in_the_help_is_a_chinese_word(capsys):
    for name in COMMANDS:
        with pytest.raises(SystemExit):
            run([*name.split(), "--help"])

    usage = capsys.readouterr().out
    assert not re.findall(r"\b(?:DIR|FILE|TAKE|DATE|WORDS|EPISODE|N)\b", usage)
    assert all(
        not option.settings["metavar"].isascii()
        for command in COMMANDS.values()
        for option in command.options
        if "metavar" in option.settings
    )


def program(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "hotline_desk", *arguments],
        stderr=subprocess.PIPE, encoding="utf-8", check=False, **more,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no full device")
def test_output_that_cannot_be_written_is_told():
    with Path("/dev/full").open("w") as full:
        done = program("deadline", "--received", "2026-02-13", stdout=full)

    assert done.returncode == 1
    assert done.stderr.startswith("结果写不出去")
    assert "Traceback" not in done.stderr


def test_a_terminal_is_given_nothing_that_it_would_obey(tmp_path, capsys):
    where = ["--workspace", str(tmp_path)]
    assert run(["ledger", "init", *where]) == 0
    assert run(["ledger", "add", "欠薪\x1b[31m红\r行", *where]) == 0
    capsys.readouterr()

    assert run(["ledger", "list", *where]) == 0

    assert "欠薪[31m红行" in capsys.readouterr().out


def test_a_bug_is_no_foreseen_failure(tmp_path):
    bug = with_bug(tmp_path / "bug", "hotline_desk.workflows.limits", "read_limits")

    done = program(
        "deadline", "--received", "2026-02-13", env=os.environ | bug, stdout=subprocess.DEVNULL
    )

    assert done.returncode == 70
    assert done.stderr.startswith("Traceback")
    assert done.stderr.endswith("KeyError: 'text'\n")


@pytest.mark.parametrize("arguments", [["deadline", "--received", "2026-02-13"], ["--help"]])
def test_output_that_nobody_reads_ends_the_program_quietly(arguments):
    reading, writing = os.pipe()
    os.close(reading)

    done = program(*arguments, stdout=writing, env=os.environ | {"PYTHONUNBUFFERED": ""})

    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_nobody_hears_of_is_written_all_the_same(tmp_path):
    table = tmp_path / "旧.csv"
    table.write_text("接收日期,诉求要点,来源渠道\n2025-03-04,欠薪,12351 热线\n", encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)

    done = program("ledger", "import", str(table), "--workspace", str(tmp_path), stdout=writing)

    os.close(writing)
    assert done.returncode == 0
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        assert [question.point for question in ledger.questions()] == ["欠薪"]
