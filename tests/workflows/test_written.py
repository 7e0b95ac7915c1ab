"""Files that an office writes by hand: a mark before the text is no slip, a slip has its line."""

import json
import subprocess
import sys

import pytest

from hotline_desk import cli, settings
from hotline_desk.errors import ArticlesNotUnderstood, CalendarNotUnderstood, LapsesNotUnderstood
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace, resource
from hotline_desk.workflows.import_matching import read_matching
from hotline_desk.workflows.lapses import read_lapse_limits
from hotline_desk.workflows.laws import read_articles
from hotline_desk.workflows.limits import read_calendar
from hotline_desk.workflows.rules import read_rules, usable_rules

CALENDAR = """\
# 本单位的日子
[office]
off = [2026-11-24, 2026-11-25]
worked = [2026-11-28]

[[notice]]
year = 2027
source = "通知"
off = [
  [2027-01-01, 2027-01-03],
]
worked = [2027-01-09]

[[notice]]
year = 2028
source = "通知"
off = [
  [2028-01-01, 2028-01-03],
]
worked = []
"""
LIMIT = '[[limit]]\nwhat="起诉"\nwho="职工"\nfrom="收到裁决"\ncount=15\nunit="日"\nsource="法"\n'


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("off = [2026-11-24,", "off = [2026-11-31,", 3),
        ("off = [2026-11-24,", 'off = ["2026-11-24",', 3),
        ("off = [2026-11-24, 2026-11-25]", "off = 2026-11-24", 3),
        ("worked = [2026-11-28]", "work = [2026-11-28]", 4),
        ("[office]", "[offices]", 2),
        ("[2026-11-28]", "[2026-11-28", 6),
        ("[2027-01-01, 2027-01-03]", "[2027-01-01]", 10),
        ("[2027-01-01, 2027-01-03]", "[2027-01-03, 2027-01-01]", 10),
        ("[2028-01-01, 2028-01-03]", "[2026-01-01, 2026-01-03]", 18),
        ("worked = [2027-01-09]", "worked = [2027-01-08]", 12),
        ("year = 2028", 'year = "2028"', 15),
    ],
)
def test_a_slip_in_the_calendar_is_told_with_its_line(workspace, right, wrong, line):
    assert CALENDAR.count(right) == 1
    workspace.calendar.write_text(CALENDAR.replace(right, wrong), encoding="utf-8")

    with pytest.raises(CalendarNotUnderstood) as told:
        read_calendar(workspace)

    assert (told.value.path, told.value.where) == (workspace.calendar, f"第 {line} 行")


def test_a_calendar_that_is_not_utf_8_names_the_first_line_that_is_not(workspace):
    workspace.calendar.write_bytes("# days\n# 日子\n".encode("gb18030"))

    with pytest.raises(CalendarNotUnderstood) as told:
        read_calendar(workspace)

    assert told.value.where == "第 2 行"


def test_a_slip_in_the_other_lists_is_told_with_the_line_where_its_entry_begins(workspace):
    (workspace.root / "lapses.toml").write_text(LIMIT + LIMIT.replace("15", "0"), encoding="utf-8")
    articles = (resource("laws") / "articles.toml").read_text(encoding="utf-8")
    (workspace.root / "articles.toml").write_text(
        articles + '\n[[law]]\nname = "某法"\narticle = []\n\n[[law]]\nname = "另法"\n', "utf-8"
    )

    with pytest.raises(LapsesNotUnderstood) as of_lapses:
        read_lapse_limits(workspace)
    with pytest.raises(ArticlesNotUnderstood) as of_articles:
        read_articles(workspace)

    assert of_lapses.value.where == "第 8 行"
    assert of_articles.value.where == f"第 {len(articles.splitlines()) + 6} 行"


def test_what_is_shipped_holds_in_the_window_where_the_office_s_own_is_wrong(workspace):
    whole = read_rules(workspace)
    workspace.calendar.write_text("[office", encoding="utf-8")
    (workspace.root / "lapses.toml").write_text("[[limit", encoding="utf-8")

    rules = usable_rules(workspace)

    assert [type(fault) for fault in rules.faults] == [CalendarNotUnderstood, LapsesNotUnderstood]
    assert rules.lapses == whole.lapses
    with pytest.raises(CalendarNotUnderstood):
        read_rules(workspace)


def test_the_mark_of_notepad_is_no_slip(capsys, workspace, tmp_path):
    def write(path, text):
        path.write_text(text, encoding="utf-8-sig")
        return path

    write(workspace.calendar, CALENDAR)
    write(workspace.root / "lapses.toml", LIMIT)
    write(workspace.root / "articles.toml", '[[law]]\nname = "某法"\narticle = []\n')
    write(workspace.settings, "call_back_days = 2\n")
    matching = write(tmp_path / "对照.toml", '[columns]\n"诉求" = "诉求要点"\n')

    assert [limit.what for limit in read_lapse_limits(workspace)] == ["起诉"]
    assert read_articles(workspace) == ()
    assert settings.load(workspace.settings).call_back_days == 2
    assert dict(read_matching(matching).columns) == {"诉求": "诉求要点"}
    command = ["deadline", "--received", "2026-11-23", "--workspace", str(workspace.root)]
    assert cli.run(command) == 0
    assert "联系（1 个工作日）：2026年11月26日" in capsys.readouterr().out


WRITTEN = {"设置": "settings.toml", "工作日历": "calendar.toml", "时效清单": "lapses.toml",
           "法条索引": "articles.toml", "列对照": "import/平台.toml"}  # fmt: skip


def own_files(capsys, workspace):
    """Return doctor's exit code, and what it says of each of the office's own files."""
    code = cli.run(["doctor", "--json", "--workspace", str(workspace.root)])
    out, error = capsys.readouterr()
    assert "the " not in error
    found = {line["check"]: line["faults"] for line in map(json.loads, out.splitlines())}
    return code, [found[name] for name in WRITTEN]


def test_doctor_tells_of_each_file_of_the_office_that_is_not_understood(capsys, workspace):
    with Ledger.open(workspace.ledger):
        pass
    assert own_files(capsys, workspace) == (0, [[]] * len(WRITTEN))
    (workspace.root / "import").mkdir()

    for name in WRITTEN.values():
        (workspace.root / name).write_text("# 单位自己写的\n[a\n", encoding="utf-8")

    code, told = own_files(capsys, workspace)
    assert code == 1
    for (fault,), name in zip(told, WRITTEN.values(), strict=True):
        assert f"{name}”第 2 行" in fault


def test_a_folder_in_the_place_of_a_file_has_no_line(capsys, workspace):
    for name in WRITTEN.values():
        (workspace.root / name).mkdir(parents=True)
    with Ledger.open(workspace.ledger):
        pass

    _, told = own_files(capsys, workspace)

    for (fault,), name in zip(told, WRITTEN.values(), strict=True):
        assert f"{name}”（打不开，或者不是文件）" in fault
        assert "行" not in fault.replace("工作日历", "")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("operator = '甲'\nweekday = \n", 2),
        ("operator = '甲'\nweekday = 9\n", 2),
        ("operator = '甲'\n\nlimit_plan = 30\n", 3),
        ("starts = '12:00'\nends = '11:00'\n", 2),
        ("union = '工会'\n[[lines]]\nname = 3\n", 2),
    ],
)
def test_a_command_says_once_and_calmly_that_a_default_holds(workspace, text, line):
    workspace.settings.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "hotline_desk", "deadline", "--received", "2026-11-23"]

    done = subprocess.run(
        [*command, "--workspace", str(workspace.root)], capture_output=True, check=True
    )

    said = done.stderr.decode()
    assert said.count("\n") == 1
    assert f"看不懂设置“{workspace.settings}”第 {line} 行" in said
    assert "按默认的办" in said
    assert "联系（1 个工作日）" in done.stdout.decode()
