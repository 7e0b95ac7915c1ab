"""`hotline-desk deadline`, with an office's own days and limits."""

import json

import pytest

from hotline_desk import cli, settings
from hotline_desk.domain.casework.deadlines import Limits
from hotline_desk.errors import CalendarNotUnderstood
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings
from hotline_desk.workflows.limits import read_calendar, read_limits


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


def said(capsys, workspace, *arguments):
    code = cli.run(["deadline", *arguments, "--workspace", str(workspace.root)])
    return code, capsys.readouterr().out


def facts(capsys, workspace, *arguments):
    code, out = said(capsys, workspace, *arguments, "--json")
    assert code == 0
    (line,) = out.splitlines()
    return json.loads(line)


def test_the_limits_are_told_to_programs(capsys, workspace):
    wanted = {
        "received": "2026-02-13",
        "contact": "2026-02-14",
        "plan": "2026-02-25",
        "close": "2026-02-27",
        "complex": False,
        "estimated": False,
    }

    assert facts(capsys, workspace, "--received", "2026-02-13") == wanted
    assert facts(capsys, workspace, "--received", "2026-02-13", "--complex") == {
        **wanted,
        "close": "2026-03-02",
        "complex": True,
    }


def test_the_limits_are_told_to_people(capsys, workspace):
    assert said(capsys, workspace, "--received", "2026-09-23") == (
        0,
        "“1357”期限：接收日 2026年9月23日 周三，次日起算\n"
        "联系（1 个工作日）：2026年9月24日 周四\n"
        "方案（3 个工作日）：2026年9月29日 周二\n"
        "办结（一般，5 个工作日）：2026年10月8日 周四\n",
    )


def test_an_estimate_is_told(capsys, workspace):
    assert facts(capsys, workspace, "--received", "2027-02-04")["estimated"]

    _, words = said(capsys, workspace, "--received", "2026-12-30", "--complex")

    assert "联系（1 个工作日）：2026年12月31日 周四\n" in words
    assert "办结（复杂，7 个工作日）：2027年1月11日 周一（暂估）\n" in words
    assert words.splitlines()[-1].startswith("暂估：")


def test_the_offices_calendar_is_laid_on_top_and_read_anew(capsys, workspace):
    before = facts(capsys, workspace, "--received", "2026-12-31")
    workspace.calendar.write_text(
        '[[notice]]\nyear = 2027\nsource = "试写"\noff = [[2027-01-01, 2027-01-04]]\nworked = []\n'
        "[office]\noff = [2027-01-05]\n",
        encoding="utf-8",
    )

    after = facts(capsys, workspace, "--received", "2026-12-31")

    assert (before["contact"], before["estimated"]) == ("2027-01-04", True)
    assert (after["contact"], after["estimated"]) == ("2027-01-06", False)


def test_the_settings_name_the_limits(capsys, workspace):
    settings.save(
        Settings(limits_name="2468", limit_contact=2, limit_plan=4, limit_close=6),
        workspace.settings,
    )

    _, words = said(capsys, workspace, "--received", "2026-11-02")

    assert words.startswith("“2468”期限")
    assert "办结（一般，6 个工作日）：2026年11月10日 周二" in words


def test_limits_that_do_not_rise_become_the_programmes(caplog):
    assert read_limits(Settings(limit_plan=0)) == Limits()
    assert "time limits" in caplog.text
    caplog.clear()


@pytest.mark.parametrize("wrong", [b"[[notice]]\nyear = 2027\n", b"\xff\xfe", b"[office"])
def test_a_calendar_that_is_not_understood_is_told_and_nothing_is_guessed(capsys, workspace, wrong):
    workspace.calendar.write_bytes(wrong)

    code = cli.run(["deadline", "--received", "2026-02-13", "--workspace", str(workspace.root)])

    told = capsys.readouterr()
    assert code == 1
    assert str(workspace.calendar) in told.err
    assert told.out == ""
    with pytest.raises(CalendarNotUnderstood):
        read_calendar(workspace)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--received", "2026-02-30"],
        ["--received", "昨天"],
        ["--received", "2026-2-3"],
        ["--received", "9999-12-31"],
        ["--received", "0001-01-01"],
        ["--received", "2026-02-13", "--complex", "是"],
    ],
)
def test_wrong_days_are_wrong_usage(capsys, workspace, arguments):
    with pytest.raises(SystemExit) as ended:
        said(capsys, workspace, *arguments)

    assert ended.value.code == 2
    assert "用法：hotline-desk" in capsys.readouterr().err
