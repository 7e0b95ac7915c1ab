"""Import an existing 台账: all of it or nothing, as one change that one undo takes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hotline_desk import settings as office_settings
from hotline_desk.domain.importing.choices import unknown_headings
from hotline_desk.errors import Cancelled, ImportBlocked, LedgerChanged
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.workflows.askers import save_asker
from hotline_desk.workflows.import_matching import (
    fitting,
    matching_text,
    read_matching,
    saved_matchings,
    waiting,
)
from hotline_desk.workflows.import_plan import Rules, open_tables, plan, plan_without, read_rows
from hotline_desk.workflows.limits import read_calendar, read_limits
from hotline_desk.workflows.workspace import prepare

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.importing.filling import Filling
    from hotline_desk.domain.importing.plan import ImportPlan, Place
    from hotline_desk.domain.importing.questions import IncomingQuestion
    from hotline_desk.domain.importing.tables import Matching, Problem, Table
    from hotline_desk.paths import Workspace

_TOLD_EVERY = 100
_TOLD_PROBLEMS = 200
"""More lines than that nobody reads in a terminal; JSON has them all."""
NOBODY = "值班员"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What came in."""

    questions: int
    cases: int
    episodes: int
    calls: int
    ids: tuple[int, ...]
    """Of the questions, in the file's order, then of those that were there already."""
    filled: int = 0
    """Questions that were there already, to which something was added."""


def read_rules(workspace: Workspace) -> Rules:
    """Return what the rows of this office are read by.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
    """
    settings = office_settings.load(workspace.settings)
    return Rules(
        union=settings.union, calendar=read_calendar(workspace), limits=read_limits(settings)
    )


def take_in(
    ledger: Ledger,
    planned: ImportPlan,
    rules: Rules,
    *,
    by: str,
    on_progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> TakenIn:
    """Write what is *planned*, in one transaction with its history.

    What the ledger has is asked anew in that transaction: what came in since the plan was made,
    from another desk too, does not come in twice.

    Args:
        ledger: where it goes.
        planned: a plan in whose way nothing stands.
        rules: what the rows of this office are read by.
        by: who imports.
        on_progress: told how many records of how many are written.
        cancelled: asked all the while; yes leaves the ledger as it was.

    Raises:
        Cancelled: somebody asked for the work to stop; nothing was written.
        LedgerChanged: something stands in its way since the plan was made; nothing was written.
        LedgerError: the ledger cannot be written; nothing was.
    """
    writing = _Writing(ledger, by)
    with ledger.together():
        made = plan(ledger, planned.incoming, rules, left_out=planned.left_out)
        if made.blocking:
            raise LedgerChanged
        total = len(made.questions) + len(made.cases)
        for filling in made.filled:
            writing.filling(filling)
        for episode in made.episodes:
            ledger.save_episode(episode, by=by)
        for done, row in enumerate(made.questions):
            _tell(done, total, on_progress, cancelled)
            writing.question(row)
        for done, case in enumerate(made.cases, start=len(made.questions)):
            _tell(done, total, on_progress, cancelled)
            asked = (*case.there, *(writing.ids[place] for place in case.rows))
            filed = replace(case.incoming.case, questions=asked)
            case_id = ledger.file_case(filed, by=by)
            for letter in case.incoming.letters:
                ledger.keep(replace(letter, case_id=case_id), by=by)
    on_progress(total, total)
    return TakenIn(
        questions=len(made.questions),
        cases=len(made.cases),
        episodes=len(made.episodes),
        calls=len(writing.calls),
        ids=(*writing.ids.values(), *(each.question.id for each in made.filled)),
        filled=len(made.filled),
    )


def told_in_words(done: TakenIn) -> str:
    """Return what came in as one sentence."""
    if not (done.questions or done.cases or done.filled):
        return "没有新的行，台账没有改动"
    filled = f"，补全已有问题 {done.filled:,} 条" if done.filled else ""
    return (
        f"已导入 {done.questions:,} 条问题、{done.cases:,} 件案件{filled}，可以用 Ctrl+Z 整批撤销"
    )


class _Writing:
    """Files rows; those of one person on one day are one call."""

    def __init__(self, ledger: Ledger, by: str) -> None:
        self.ids: dict[Place, int] = {}
        self.calls: dict[object, int] = {}
        self._ledger = ledger
        self._by = by

    def question(self, row: IncomingQuestion) -> None:
        place = (row.table, row.row)
        call_id = None if row.call is None else self._call(row.call, row, place)
        self.ids[place] = self._ledger.file_question(
            replace(row.question, call_id=call_id), by=self._by
        )

    def filling(self, filling: Filling) -> None:
        call_id = filling.question.call_id
        if filling.of_caller and call_id is not None:
            call = self._ledger.call(call_id)
            caller = replace(call.caller, **filling.of_caller)
            save_asker(self._ledger, replace(call, caller=caller), by=self._by)
        self._ledger.save_question(filling.question, by=self._by)

    def _call(self, call: Call, row: IncomingQuestion, place: Place) -> int:
        known = call.caller.phone or row.question.external_number
        key: object = place
        if known:
            key = (known, call.at.date(), call.channel, call.episode, call.caller, call.consent,
                   call.may_call_back)  # fmt: skip
        if key not in self.calls:
            self.calls[key] = self._ledger.file_call(call, by=self._by)
        return self.calls[key]


def _tell(
    done: int, total: int, on_progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> None:
    if done % _TOLD_EVERY == 0:
        on_progress(done, total)
        if cancelled():
            raise Cancelled


def import_ledger(args: argparse.Namespace) -> Iterator[Line]:
    """Yield what is wrong with ``args.file``, then what came in from it.

    Raises:
        ImportBlocked: problems stand in the way, and ``--skip`` is not given.
        LedgerError: the ledger cannot be opened or written.
        MatchingNotUnderstood: the file of ``--map`` is wrong.
        TableError: the file is no table that could be read.
    """
    yield Line("正在读文件……", {}, aside=True)
    tables = open_tables(args.file)
    matching = read_matching(args.map) if args.map else saved_for(tables, args.workspace)
    yield from map(_told_columns, tables)
    unknown = {table.name: unknown_headings(table, matching) for table in tables}
    yield from _told_unknown(unknown)
    rules = read_rules(args.workspace)
    incoming = read_rows(tables, matching, rules)
    workspace = prepare(args.workspace)
    by = office_settings.load(workspace.settings).operator or NOBODY
    with Ledger.open(workspace.ledger) as ledger:
        made = (plan_without if args.skip else plan)(ledger, incoming, rules)
        yield from _told_problems(made.problems, as_json=args.json)
        if args.dry_run or made.blocking:
            yield from _told_matching(waiting(matching, unknown, made), matching)
        yield _told_plan(made, dry_run=args.dry_run)
        if made.blocking:
            raise ImportBlocked(args.file, len(made.blocking))
        if args.dry_run:
            return
        yield Line("正在写入台账……", {}, aside=True)
        done = take_in(
            ledger,
            made,
            rules,
            by=by,
            on_progress=lambda _done, _total: None,
            cancelled=lambda: False,
        )
    yield Line(
        told_in_words(done),
        {"imported": {"questions": done.questions, "cases": done.cases,
                      "episodes": done.episodes, "calls": done.calls, "filled": done.filled}},
    )  # fmt: skip


def saved_for(tables: tuple[Table, ...], workspace: Workspace) -> Matching:
    """Return the 对照 that was kept for tables with these headings, else an empty one."""
    headings = [heading for table in tables for heading in table.headings]
    return fitting(saved_matchings(workspace), headings)


def _told_columns(table: Table) -> Line:
    words = f"{table.name}：按{table.kind}读，表头在第 {table.heading_row} 行，{len(table.rows)} 行"
    return Line(
        words,
        {"table": table.name, "kind": table.kind.value, "heading_row": table.heading_row,
         "rows": len(table.rows)},
    )  # fmt: skip


def _told_unknown(unknown: Mapping[str, tuple[str, ...]]) -> Iterator[Line]:
    """Yield which columns of which table nobody knows."""
    for table, headings in unknown.items():
        if headings:
            yield Line(
                f"{table}：没有认出的列，不导入：{'、'.join(headings)}",
                {"table": table, "unknown_columns": list(headings)},
            )


def _told_matching(whole: Matching, matching: Matching) -> Iterator[Line]:
    """Yield the file that says what waits to be said, *matching* among it."""
    if whole == matching:
        return
    yield Line("没有认出的列（填栏名，如 诉求要点）、没见过的词和没有写的栏，可以写明：把下面几行"
               "存成 .toml 文件，填好引号，再加上 --map 文件.toml：", {}, aside=True)  # fmt: skip
    for line in matching_text(whole).splitlines():
        yield Line(f"    {line}", {}, aside=True)


def _told_problems(problems: tuple[Problem, ...], *, as_json: bool) -> Iterator[Line]:
    for place, problem in enumerate(problems):
        if place == _TOLD_PROBLEMS and not as_json:
            yield Line(f"……还有 {len(problems) - place} 处，用 --json 查看全部", {})
            return
        mark = "✗" if problem.blocks else "·"
        yield Line(
            f"{mark} {problem.told}",
            {"table": problem.table, "row": problem.row, "column": problem.heading,
             "problem": problem.words, "blocks": problem.blocks, "proposal": problem.proposal},
        )  # fmt: skip


def _told_plan(made: ImportPlan, *, dry_run: bool) -> Line:
    stand = f"（在办 {made.open_cases} 件，超期 {made.overdue_cases} 件）"
    parts = [
        made.told_rows,
        f"新问题 {len(made.questions)} 条",
        f"新案件 {len(made.cases)} 件" + (stand if made.open_cases else ""),
        f"补全已有问题 {len(made.filled)} 条" if made.filled else "",
        f"台账里已有、内容一样 {made.same} 行",
        f"跳过 {len(made.left_out)} 行" if made.left_out else "",
        f"新建节目 {len(made.episodes)} 期" if made.episodes else "",
        "试导入，没有写入台账" if dry_run else "",
    ]
    return Line(
        "，".join(filter(None, parts)),
        {"rows": made.rows, "unread": made.incoming.unread, "questions": len(made.questions),
         "cases": len(made.cases), "open": made.open_cases, "overdue": made.overdue_cases,
         "filled": len(made.filled), "same": made.same, "left_out": len(made.left_out),
         "episodes": len(made.episodes), "blocking": len(made.blocking), "dry_run": dry_run},
    )  # fmt: skip
