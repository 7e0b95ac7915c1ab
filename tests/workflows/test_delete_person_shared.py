"""个人信息删除（匿名化）: several numbers in a field, one of many callers, and the desk's notes."""

from dataclasses import replace
from datetime import date

import pytest

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.ledger import Ledger
from hotline_desk.workflows import cases
from hotline_desk.workflows.askers import save_asker
from hotline_desk.workflows.case_merging import merge
from hotline_desk.workflows.owner_lists import print_lists
from tests.workflows.test_delete_person_copies import ALL, NAME, PHONE, add, run, tell, workspace

__all__ = ["workspace"]

SECOND = "13955556666"


@pytest.mark.parametrize("field", [f"{PHONE}、{SECOND}", f"{PHONE} {SECOND}", f"{PHONE}/{SECOND}"])
def test_each_number_of_a_field_is_found_and_deleted(workspace, field):
    number = add(workspace, "欠薪", NAME, field)
    add(workspace, f"工友电话{PHONE}", "王明", "13911112222")
    add(workspace, "工友电话139 5555 6666", "李红", "13911113333")
    add(workspace, "又来电", "", SECOND)
    with Ledger.open(workspace.ledger) as ledger:
        assert len(ledger.earlier_calls(SECOND)) == len(ledger.earlier_calls(field)) == 2

    assert run(workspace, "delete-person", number, *ALL) == 0

    assert tell(workspace) == []
    with Ledger.open(workspace.ledger) as ledger:
        left = str([(each.point, each.caller) for each in ledger.questions()])
    assert "5555" not in left
    assert "13911112222" in left


def test_what_the_desk_notes_of_an_episode_names_her_no_more(workspace, capsys):
    with Ledger.open(workspace.ledger) as ledger:
        episode = Episode(number=190, on=date(2026, 11, 25), topic=f"{NAME}讨薪记", host=NAME)
        ledger.save_episode(episode, by="甲")
        ledger.save_episode(replace(episode, listeners_source=f"{NAME}来电{PHONE}"), by="甲")
        ledger.save_episode(replace(episode, topic=f"{NAME}讨薪记", host="李主持"), by="甲")
        ledger.keep(Staff(name="王工", kind=StaffKind.CADRE, expertise=f"办过{NAME}案"), by="甲")
        ledger.keep(ServicePoint(name="石臼", hours=f"找{NAME}"), by="甲")
    number = add(workspace, "欠薪", NAME, PHONE)

    assert run(workspace, "delete-person", number, "--dry-run") == 0
    assert "第 190 期" in capsys.readouterr().out
    assert run(workspace, "delete-person", number, *ALL) == 0

    with Ledger.open(workspace.ledger) as ledger:
        (left,) = ledger.episodes()
        assert left.topic == "某某讨薪记"
        assert [each.expertise for each in ledger.kept(Staff)] == ["办过某某案"]
        assert [each.hours for each in ledger.kept(ServicePoint)] == ["找某某"]
        assert ledger.examine() == []


def test_what_was_noted_with_a_record_of_the_desk_from_the_first_is_in_no_file(workspace, capsys):
    words = f"{NAME} {PHONE}"
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25), topic=words), by="甲")
        ledger.keep(Staff(name="王工", kind=StaffKind.CADRE, expertise=words), by="甲")
        point = ledger.keep(ServicePoint(name="石臼", address=words), by="甲")
        ledger.take_out(ledger.keep(replace(point, address="海曲路"), by="甲"), by="甲")
    number = add(workspace, "欠薪", NAME, PHONE)

    assert run(workspace, "delete-person", number, *ALL) == 0

    assert tell(workspace) == []
    assert run(workspace, "doctor") == 0, capsys.readouterr()
    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.examine() == []


def test_who_works_here_and_is_called_so_stays_from_the_first(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        lawyer = ledger.keep(Staff(name=NAME, kind=StaffKind.LAWYER, expertise="工伤"), by="甲")
    number = add(workspace, "欠薪", NAME, PHONE)

    assert run(workspace, "delete-person", number, *ALL) == 0

    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.kept(Staff) == [lawyer]
    assert tell(workspace) != []


def test_our_own_papers_that_name_her_go_and_no_others(workspace, fonts, capsys):
    number = add(workspace, "欠薪", NAME, PHONE)
    with Ledger.open(workspace.ledger) as ledger:
        words = f"某物业欠{NAME}工资，回电{PHONE}"
        asked = (ledger.question_numbered(number).id,)
        new = NewCase(received=date(2026, 11, 2), matter=words, owner="干部甲", questions=asked)
        ledger.add_case(new, by="甲")
        whole = print_lists(ledger, workspace, date(2026, 11, 23), why="发给承办人")
        masked = print_lists(ledger, workspace, date(2026, 11, 23))
    assert run(workspace, "delete-person", number, "--dry-run") == 0
    told = capsys.readouterr().out
    assert f"文件里有：{whole.relative_to(workspace.root).as_posix()}" in told
    assert masked.name not in told

    assert run(workspace, "delete-person", number, *ALL) == 0

    assert (whole.exists(), masked.exists()) == (False, True)
    assert "读不出来" not in capsys.readouterr().out


@pytest.mark.parametrize("own_only", [False, True])
def test_a_number_of_many_is_told_by_rows_and_may_stay(workspace, own_only, capsys):
    board = "0633-8291234"
    number = add(workspace, "欠薪", NAME, board)
    others = [add(workspace, f"总机{board}", f"王{name}", board) for name in ("明", "红")]
    words = ["--own-only"] if own_only else []

    assert run(workspace, "delete-person", number, "--dry-run", *words) == 0
    told = capsys.readouterr().out
    assert ("通话 2 个，只去掉号码（是同一个人请另行删除）" in told) is not own_only
    assert all(other in told for other in others) is not own_only
    assert run(workspace, "delete-person", number, *words, *ALL) == 0

    with Ledger.open(workspace.ledger) as ledger:
        rows = {each.number: each for each in ledger.questions()}
        assert rows[number].caller.phone == ""
        for other in others:
            assert (rows[other].caller.phone == board) is own_only
            assert (board in rows[other].point) is own_only
    assert tell(workspace) == []


@pytest.mark.parametrize("name", ["阚", "阚女士", "阚小红"])
@pytest.mark.parametrize("with_others", [False, True])
def test_who_asked_for_herself_is_no_worker_of_her_case_any_more(workspace, name, with_others):
    """Who is known by her surname alone is a 当事人 with a title behind it: 阚某, 阚女士."""
    numbers = [add(workspace, "欠薪", name, PHONE)]
    numbers += [add(workspace, "欠薪", "李强", SECOND)] if with_others else []
    with Ledger.open(workspace.ledger) as ledger:
        asked = [ledger.question_numbered(each).id for each in numbers]
        case = cases.open_case(ledger, asked, by="甲")
        assert case.parties[0].name.startswith(name)

    assert run(workspace, "delete-person", numbers[0], *ALL) == 0

    with Ledger.open(workspace.ledger) as ledger:
        left = [party.name for party in ledger.case(case.id).parties]
        assert left == ["匿名当事人 1", *(["李强"] if with_others else [])]
        assert ledger.examine() == []
    assert not any(
        "阚".encode() in path.read_bytes() for path in workspace.root.rglob("*") if path.is_file()
    )


@pytest.mark.parametrize("put_right", ["阚晓燕", "李大海", ""])
def test_who_was_called_otherwise_when_the_case_was_opened_is_in_no_file(workspace, put_right):
    number = add(workspace, "欠薪", "阚小燕", PHONE)
    with Ledger.open(workspace.ledger) as ledger:
        question = ledger.question_numbered(number)
        case = cases.open_case(ledger, [question.id], by="甲")
        call = ledger.call(question.call_id)
        save_asker(ledger, replace(call, caller=replace(call.caller, name=put_right)), by="甲")

    assert run(workspace, "delete-person", number, *ALL) == 0

    with Ledger.open(workspace.ledger) as ledger:
        (party,) = ledger.case(case.id).parties
        assert party.name.startswith("匿名")
        assert ledger.examine() == []
    files = [path.read_bytes() for path in workspace.root.rglob("*") if path.is_file()]
    assert not any(name.encode() in each for name in ("小燕", "晓燕", "大海") for each in files)


@pytest.mark.parametrize("way", ["merged", "left"])
def test_the_name_that_was_put_right_goes_wherever_the_desk_put_it(workspace, way):
    """What was typed on the way to a name is none: 李大 stays in the words of others."""
    numbers = [add(workspace, "欠薪", "李强", SECOND), add(workspace, "欠薪", "阚小燕", PHONE)]
    add(workspace, "找李大姐", "赵梅", "13911113333")
    with Ledger.open(workspace.ledger) as ledger:
        other, own = (ledger.question_numbered(each) for each in numbers)
        if way == "merged":
            kept, gone = (cases.open_case(ledger, [each.id], by="甲") for each in (other, own))
            merge(ledger, gone.id, into=kept.id, by="甲")
        else:
            case = cases.open_case(ledger, [other.id, own.id], by="甲")
            cases.leave_case(ledger, case.id, own.id, by="甲")
        for name in ("李", "李大", "李大海"):
            call = ledger.call(own.call_id)
            save_asker(ledger, replace(call, caller=replace(call.caller, name=name)), by="甲")

    assert run(workspace, "delete-person", numbers[1], *ALL) == 0

    files = [path.read_bytes() for path in workspace.root.rglob("*") if path.is_file()]
    assert not any(name.encode() in each for name in ("阚小燕", "小燕", "大海") for each in files)
    with Ledger.open(workspace.ledger) as ledger:
        assert "找李大姐" in {each.point for each in ledger.questions()}
        assert ledger.examine() == []


@pytest.mark.parametrize("together", [False, True])
def test_a_name_typed_by_mistake_stays_with_whoever_is_called_so(workspace, together, capsys):
    numbers = [add(workspace, "欠薪", "李大海", phone) for phone in (SECOND, PHONE)]
    add(workspace, "李大海的工友", "赵梅", "13911113333")
    with Ledger.open(workspace.ledger) as ledger:
        his, hers = (ledger.question_numbered(each) for each in numbers)
        call = ledger.call(hers.call_id)
        save_asker(ledger, replace(call, caller=replace(call.caller, name="阚小燕")), by="甲")
        case = cases.open_case(ledger, [his.id, *([hers.id] if together else [])], by="甲")

    assert run(workspace, "delete-person", numbers[1], *ALL) == 0

    assert f"的通话 {numbers[0]}（同名，号码不同" in capsys.readouterr().err
    with Ledger.open(workspace.ledger) as ledger:
        workers = [party.name for party in ledger.case(case.id).parties]
        assert workers == ["李大海", *(["匿名当事人 2"] if together else [])]
        assert "李大海的工友" in {each.point for each in ledger.questions()}
    files = [path.read_bytes() for path in workspace.root.rglob("*") if path.is_file()]
    assert not any("小燕".encode() in each for each in files)
