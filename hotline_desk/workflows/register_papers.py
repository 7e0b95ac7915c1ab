"""Registers as files: PDF to print, Excel to pass on; masked unless 内部版 is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hotline_desk.domain.masking import mask_among, mask_employer, mask_numbers, persons_of
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.reports.listing import Listing, print_listing
from hotline_desk.reports.workbook import new_workbook
from hotline_desk.workflows.accesses import note_access, who_is_it
from hotline_desk.workflows.cases import questions_of
from hotline_desk.workflows.publications import WITHDRAW, to_withdraw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hotline_desk.domain.casework.letters import Letter
    from hotline_desk.paths import Workspace
    from hotline_desk.settings import Settings
    from hotline_desk.workflows.case_registers import RegisterRow
    from hotline_desk.workflows.publications import PublicationRow

TITLE = "登记簿"
_COLUMNS = (
    ("状态", 73), ("文号", 100), ("种类", 60), ("收文单位", 84), ("内容", 115), ("日期", 70),
    ("案件编号", 84), ("要求答复", 70), ("答复日期", 70), ("答复", 83),
)  # fmt: skip
_WITHDRAWN = (
    ("序号", 34), ("内容", 150), ("出自", 110), ("发布到", 90), ("发布日期", 66), ("版本", 66),
    ("链接", 130), ("原因", 180),
)  # fmt: skip
_INTERNAL = "内部版，未脱敏，限本单位使用"
_MASKED = "已脱敏"
_PUBLIC = re.compile(
    r"(局|法院|检察院|委员会|政府|总工会|仲裁院|街道|办事处|司法所|派出所|大队|12345)$"
)
"""How those are called that are no employer: nobody's good name hangs on a letter to them."""


def print_register(
    rows: Sequence[RegisterRow],
    name: str,
    workspace: Workspace,
    settings: Settings,
    *,
    internal: bool = False,
    why: str = "",
) -> Path:
    """Write *rows* as a PDF into the workspace, on a connection of its own; return where.

    Args:
        rows: in their order.
        name: of which register, and which of its rows.
        workspace: where it goes.
        settings: whose union it is, and who sits at the desk.
        internal: 内部版: nothing is masked, and 访问记录 says who took it out.
        why: the reason that was given for it.

    Raises:
        LedgerError: the ledger cannot be read, or the access cannot be noted.
        PrintError: the PDF cannot be made or written.
    """
    today = studio_now().date().isoformat()
    listing = Listing(
        title=f"{TITLE}：{name}",
        about=f"{today}  {len(rows)} 条",
        foot=_INTERNAL if internal else _MASKED,
        columns=_COLUMNS,
        rows=_texts(rows, workspace, internal=internal),
        pressing="逾期未答复",
        empty="没有符合的行。",
    )
    version = " 内部版" if internal else ""
    path = workspace.paper(f"{TITLE} {name} {today}{version}")
    if internal:
        _note(workspace, settings, f"打印{TITLE}（内部版），{len(rows)} 条", why)
    print_listing(listing, path, union=settings.union)
    return path


def write_register(
    rows: Sequence[RegisterRow],
    name: str,
    path: Path,
    workspace: Workspace,
    settings: Settings,
    *,
    internal: bool = False,
    why: str = "",
) -> None:
    """Write *rows* to *path* as an Excel file, masked as the PDF is.

    Raises:
        ExportUnwritable: the file cannot be written.
        LedgerError: the ledger cannot be read, or the access cannot be noted.
        NoRoomForFile: the disk is full.
    """
    if internal:
        _note(workspace, settings, f"导出{TITLE}（内部版），{len(rows)} 条", why)
    texts = _texts(rows, workspace, internal=internal)
    with new_workbook(path, drafts=workspace.drafts) as book:
        book.add_sheet(TITLE, [heading for heading, _ in _COLUMNS], texts)
        today = studio_now().date().isoformat()
        version = _INTERNAL if internal else _MASKED
        book.add_notes("填报说明", [f"填报单位：{settings.union}", f"{name}，{today}", version])


def print_withdrawals(rows: Sequence[PublicationRow], workspace: Workspace, *, union: str) -> Path:
    """Write the 撤下清单 as a PDF into the workspace; return where. It names nobody.

    Raises:
        PrintError: the PDF cannot be made or written.
    """
    today = studio_now().date().isoformat()
    wanted = to_withdraw(rows)
    listing = Listing(
        title=WITHDRAW,
        about=f"{today}  应撤下 {len(wanted)} 处",
        foot=WITHDRAW,
        columns=_WITHDRAWN,
        rows=[
            (str(number), row.entry.name, row.entry.of, row.entry.place, row.entry.published_on,
             row.entry.version, row.entry.link, "；".join(row.why))
            for number, row in enumerate(wanted, 1)
        ],
        empty="没有应当撤下的。",
    )  # fmt: skip
    path = workspace.paper(f"{WITHDRAW} {today}")
    print_listing(listing, path, union=union)
    return path


def _texts(
    rows: Sequence[RegisterRow], workspace: Workspace, *, internal: bool
) -> list[tuple[str, ...]]:
    if internal:
        return [_cells(row, row.words, row.letter) for row in rows]
    with Ledger.open(workspace.ledger) as ledger:
        return [_masked(row, ledger) for row in rows]


def _masked(row: RegisterRow, ledger: Ledger) -> tuple[str, ...]:
    case, letter = row.case, row.letter
    persons = [] if case is None else persons_of(case, questions_of(ledger, case))
    employers = [each for each in (case.employer if case else "",) if each]
    if letter is not None and not _PUBLIC.search(letter.recipient.strip()):
        employers.append(letter.recipient)

    def free(text: str) -> str:
        return mask_among(text, persons, employers=employers)

    told = _cells(row, free(row.words), letter)
    if letter is None:
        return told
    state, number, kind, _, words, *days, _ = told
    recipient = letter.recipient.strip()
    to = mask_numbers(recipient) if _PUBLIC.search(recipient) else mask_employer(recipient)
    return (state, number, kind, to, words, *days, free(letter.answer))


def _cells(row: RegisterRow, words: str, letter: Letter | None) -> tuple[str, ...]:
    case = "" if row.case is None else row.case.number
    if letter is None:
        return ("", "", row.kind, "", words, row.on.isoformat(), case, "", "", "")
    asked, answered = (
        "" if day is None else day.isoformat() for day in (letter.answer_by, letter.answered_on)
    )
    return (row.reply or "", letter.number, row.kind, letter.recipient, words,
            row.on.isoformat(), case, asked, answered, letter.answer)  # fmt: skip


def _note(workspace: Workspace, settings: Settings, what: str, why: str) -> None:
    with Ledger.open(workspace.ledger) as ledger:
        note_access(ledger, what, who=who_is_it(settings), why=why)
