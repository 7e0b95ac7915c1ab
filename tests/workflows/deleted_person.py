"""A workspace in which one person is everywhere, and what is looked for when she is gone."""

import json
import shutil
import zipfile
from datetime import date

from hotline_desk import cli
from hotline_desk.domain.calls import Caller, CallState, Channel, Gender, NewCall
from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Interruption,
    NewCase,
    Party,
    Payment,
    Round,
)
from hotline_desk.domain.casework.clock_events import ClockEvents
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.questions import Handling, Kind, NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.domain.utterances import Edit
from hotline_desk.ledger import Ledger
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.transcript import write_transcript
from tests.take.seat_take import say
from tests.workflows.four_lines import CALLER, PROGRAMME, STUDIO

NAME, PHONE, DIGITS = "董𠮷红", "138-0012-5678", "13800125678"
HEARD = "懂吉宏"
"""As the recogniser may write the name; 𠮷 is read as 吉 is."""
EMPLOYER = "日照市阳光物业服务有限公司"
OTHER = Caller(name="王明华", phone="13911112222")
BY = "接线员"

IN_WORDS = (
    NAME, "董 𠮷 红", "董\u3000𠮷红", DIGITS, PHONE, "138 0012 5678", "１３８００１２５６７８",
    "幺三八零零一二五六七八", "一三八〇〇一二五六七八", "d𠮷h", "+8613800125678",
)  # fmt: skip
"""Ways of writing that may be left nowhere."""


def telling_bytes():
    """Return every byte sequence that would tell of the person."""
    texts = {*IN_WORDS, " ".join(NAME), " ".join(DIGITS), "%u8463", r"\u8463\ud842\udfb7",
             r"董\ud842\udfb7红"} - {"d𠮷h", "%u8463"}  # fmt: skip
    found = {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")}
    return {each for each in found if len(each) > 4}


def files_that_tell(root):
    """Return which files of a workspace hold a telling byte sequence, also packed."""
    wanted = telling_bytes()
    found = []
    for path in sorted(root.rglob("*")):
        if not path.is_file():
            continue
        contents = [path.read_bytes(), path.name.encode()]
        if contents[0].startswith(b"PK"):
            with zipfile.ZipFile(path) as parts:
                contents += [parts.read(part) for part in parts.infolist()]
        if any(each in content for each in wanted for content in contents):
            found.append(path.relative_to(root).as_posix())
    return found


def fill(workspace, take):
    """Put the person everywhere; return the calls, the questions and the cases."""
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25)), by="导播")
        desk = CallDesk(ledger, workspace, episode=190, by="导播", pre_roll_seconds=10.0)
        desk.follow(take)
        before = desk.ring(at=5.0)
        ledger.save_call(_known(before, OTHER), by=BY)
        desk.end(before.id, at=20.0)
        call = desk.ring(at=60.0)
        caller = Caller(
            name=NAME, title=Gender.WOMAN, phone=PHONE, employer=EMPLOYER, occupation="保洁班长",
            district="日照市东港区石臼街道海曲路12号",
        )  # fmt: skip
        ledger.save_call(_known(call, caller, point=f"{NAME}被拖欠工资"), by=BY)
        desk.advance(call.id, CallState.ON_AIR, at=61.0)
        desk.speaking(CALLER, 62.0)
        question = desk.mark_question(call, at=63.0)
        say(take, CALLER, 62.0, f"我叫{NAME}我的电话是幺三八零零一二五六七八")
        say(take, PROGRAMME, 62.0, f"我叫{NAME}我的电话是幺三八零零一二五六七八")
        desk.speaking(STUDIO, 75.0)
        desk.mark_answer(question, at=76.0)
        say(take, STUDIO, 75.0, f"{NAME}您好工资要按月足额付")
        say(take, STUDIO, 80.0, f"{HEARD}您再说一遍")
        say(take, STUDIO, 86.0, "号码是幺三八零零")
        say(take, STUDIO, 90.0, "一二五六七八对吗")
        desk.end(call.id, at=100.0)
        say(take, STUDIO, 120.0, f"刚才{NAME}说的情况很多")
        desk.follow_captions()
        ledger.add_edit(desk.take_name, Edit(STUDIO, 75.0, f"{NAME}，您好。"), by="审看")
        question = ledger.question(question.id)
        typed = question.__class__(**{
            name: getattr(question, name) for name in question.__dataclass_fields__
        } | {
            "category": Category.WAGES, "point": f"{NAME}等人的工资（{PHONE}）", "people": 11,
            "amount_fen": 3_300_000, "employer": EMPLOYER, "confirmed": True,
            "notes": f"回电{DIGITS}", "kind": Kind.REQUEST, "handling": Handling.CASE,
            "external_number": "WX-2026-1",
        })  # fmt: skip
        ledger.save_question(typed, by=BY)
        later = ledger.add_call(
            NewCall(episode=None, channel=Channel.HOTLINE, at=studio_now(),
                    caller=Caller(name="董", title=Gender.WOMAN, phone=DIGITS)),
            by=BY,
        )  # fmt: skip
        alone = ledger.add_question(
            NewQuestion(episode=None, call_id=later.id, at=studio_now(), point="董女士再问补偿",
                        text="小𠮷红", amount_fen=500_000), by=BY,
        )  # fmt: skip
        case = ledger.add_case(
            NewCase(received=date(2026, 11, 25), questions=(question.id,), employer=EMPLOYER,
                    people=11, matter=f"{NAME}等十一人", notes=f"联系{NAME}",
                    claimed_fen=3_300_000),
            by=BY,
        )  # fmt: skip
        parties = (Party(name=NAME, claimed_fen=300_000, received_fen=300_000),
                   Party(name="李红霞", claimed_fen=3_000_000))  # fmt: skip
        ledger.save_case(
            _with(case, parties=parties, results=f"{NAME}已领到",
                  payments=(Payment(on=date(2026, 12, 1), fen=300_000, party=NAME),),
                  actions=(Action(on=date(2026, 12, 2), kind=ActionKind.URGED,
                                  words=f"催{NAME}的钱", by="王工"),
                           Action(on=date(2026, 12, 3), kind=ActionKind.STRUCK_OUT, by="王工",
                                  words=f"{NAME}没来过", was_on=date(2026, 12, 1),
                                  was=f"2026-12-01 15:00 · 面谈 · 说上了话\n{NAME}来过")),
                  interruptions=(Interruption(on=date(2026, 12, 2), event=f"{NAME}申请仲裁",
                                              evidence=f"{NAME}的回执"),),
                  earlier=(Round(received=date(2026, 11, 1), closing=None, finish=None,
                                 finished_on=None, results=f"{NAME}没领到",
                                 events=ClockEvents(received=date(2026, 11, 1)),
                                 payments=(Payment(on=None, fen=1, party=NAME),)),)),
            by=BY,
        )  # fmt: skip
        foreign = ledger.add_question(
            NewQuestion(episode=190, call_id=before.id, at=studio_now(), category=Category.INJURY,
                        point=f"{NAME}的工友受伤", text="和王明华一起", amount_fen=100), by=BY,
        )  # fmt: skip
        ledger.save_question(_with(ledger.question(foreign.id), point="工友受伤"), by=BY)
        ledger.keep(
            Letter(kind=LetterKind.REMINDER, number="日工函〔2026〕1号", case_id=case.id,
                   recipient=EMPLOYER, sent_on=date(2026, 11, 26), subject=f"关于{NAME}的工资",
                   voided_on=date(2026, 12, 3), voided_for=f"{NAME}的另有一份"),
            by=BY,
        )  # fmt: skip
        ledger.keep(
            Publication(item=f"{NAME}来电", episode=190, place="职工大讲堂",
                        published_on=date(2026, 11, 26)), by=BY,
        )  # fmt: skip
        ledger.backup(workspace.backups)
    folder = take.parent
    cli.run(["summary", "190", "--internal", "--why", "核对", "--workspace", str(workspace.root)])
    for name in ("导出.xlsx", "导出.csv"):
        cli.run(["ledger", "export", "-o", str(folder / name), "--internal", "--why", "核对",
                 "--workspace", str(workspace.root)])  # fmt: skip
    write_transcript(take, folder / "文字稿.txt", internal=True)
    (folder / "备忘.txt").write_bytes(f"给{NAME}回电{PHONE}".encode("gb18030", "replace"))
    shutil.copyfile(folder / "文字稿.txt", workspace.root / "另存.txt")
    return {"call": call.id, "later": later.id, "question": question.id, "alone": alone.id,
            "case": case.id, "foreign": foreign.id, "before": before.id}  # fmt: skip


def figures(workspace):
    """Return every figure that counts people, rows, money and places."""
    with Ledger.open(workspace.ledger) as ledger:
        questions, cases, calls = ledger.questions(), ledger.cases(), ledger.calls()
    return json.dumps([
        sorted([q.number, q.category, q.kind, q.people, q.amount_fen, q.handling, q.channel,
                q.confirmed, str(q.at)] for q in questions),
        sorted([c.number, c.people, c.claimed_fen, c.course, c.is_collective,
                [(p.claimed_fen, p.received_fen) for p in c.parties],
                [(p.fen, str(p.on)) for p in c.payments]] for c in cases),
        sorted([c.id, c.channel, c.state, c.caller.kind, c.caller.district[:6], c.episode or 0]
               for c in calls),
    ], default=str, ensure_ascii=False)  # fmt: skip


def _known(call, caller, **more):
    return _with(call, caller=caller, **more)


def _with(record, **changes):
    return type(record)(
        **{name: getattr(record, name) for name in record.__dataclass_fields__} | changes
    )
