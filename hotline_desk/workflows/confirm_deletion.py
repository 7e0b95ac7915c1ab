"""The command that deletes a person: shows what would go, asks for the word, and does it."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.deletions import Deletion
from hotline_desk.domain.numbers import is_of_case
from hotline_desk.errors import (
    CaseNotFound,
    DeletionNotConfirmed,
    LedgerUnwritable,
    QuestionNotFound,
    RecordNotListed,
)
from hotline_desk.ledger.deleting import DeletingLedger
from hotline_desk.output import Line
from hotline_desk.workflows.accesses import who_is_it
from hotline_desk.workflows.cases import case_numbered
from hotline_desk.workflows.delete_person import (
    WORD,
    Proposal,
    backups_left,
    delete,
    propose,
)
from hotline_desk.workflows.remove_copies import remove_backups, told_kept
from hotline_desk.workflows.repeat_deletions import is_noted, refuse_undeleted, resume
from hotline_desk.workflows.restore import without_window
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from hotline_desk.domain.deletions import Key, Person
    from hotline_desk.paths import Workspace

_NUMBER = re.compile(r"[^\s（），：]+")
"""What a record is called by, among the words that tell of it."""


def delete_person(args: argparse.Namespace) -> Iterator[Line]:
    """Delete the person who asked ``args.number``, or finish what was begun where none is given.

    Raises:
        CaseNotFound, QuestionNotFound, RecordNotListed: there is no such record.
        DeletionError: nothing, or not all, was deleted.
        DeletionsOwed: what a restoring has left comes first, without a number.
        LedgerError: the ledger cannot be opened or written.
        WindowAlreadyOpen: a window goes on by itself with what a restoring has left.
        WorkspaceNotFound: the place is no workspace.
    """
    workspace = existing(args.workspace)
    if not args.number:
        yield from _finish(workspace, backups=args.with_backups)
        return
    refuse_undeleted(workspace)
    with DeletingLedger.open(workspace.ledger) as ledger:
        proposal = propose(
            ledger, workspace, _person(ledger, args.number, args.party, own_only=args.own_only)
        )
        proposal = proposal.leaving(_left(proposal, args.leave))
        for line in proposal.told(workspace):
            yield Line(line, {"goes": line}, aside=not args.dry_run)
        if args.dry_run:
            for record, why in proposal.person.retained:
                yield Line(f"不能删除：{record}标了“{why}”", {"retained": record, "why": why})
            return
        ask(args.confirm)
        who = who_is_it(office.load(workspace.settings))
        done = delete(
            ledger, workspace, proposal, who=who, files=args.with_files, backups=args.with_backups
        )
    yield _told(proposal, done, files=args.with_files, backups=args.with_backups)


def _person(ledger: DeletingLedger, number: str, party: str, *, own_only: bool) -> Person:
    if is_of_case(number):
        case = case_numbered(ledger, number)
        if not any(each.name == party for each in case.parties):
            raise CaseNotFound(f"{number}（当事人 {party or '没有写'}）")
        return ledger.person_of_case(case.id, party)
    question = ledger.question_numbered(number)
    if question.call_id is None:
        raise QuestionNotFound(f"{number}（没有来电人）")
    return ledger.person_of_call(question.call_id, own_only=own_only)


def _left(proposal: Proposal, numbers: Iterable[str]) -> set[Key]:
    """Return the records of others that are called by *numbers*, as the list tells them.

    Raises:
        RecordNotListed: no record of others on the list is called so.
    """
    left: set[Key] = set()
    for number in numbers:
        found = {
            each.key
            for each in proposal.mentions
            if number.casefold() in _NUMBER.findall(each.words.casefold())
        }
        if not found:
            raise RecordNotListed(number)
        left |= found
    return left


def ask(given: str | None) -> None:
    """Have the word typed that says yes; *given* is it, where it was given beforehand.

    Raises:
        DeletionNotConfirmed: it is another one.
    """
    if given is None:
        sys.stderr.write(f"删除以后不能恢复，也不能撤销。确实要删除，请输入“{WORD}”：")
        sys.stderr.flush()
        given = sys.stdin.readline()
    if given.strip() != WORD:
        raise DeletionNotConfirmed(WORD)


def _told(proposal: Proposal, done: Deletion, *, files: bool, backups: bool) -> Line:
    words = "个人信息已删除（匿名化），问题和统计数字都在"
    left = [] if files else [copy.path for copy in proposal.files if copy.goes]
    unread = [copy.path for copy in proposal.files if not copy.goes and not copy.surely]
    only = proposal.backups_there if backups else []
    left += [] if backups else proposal.backups
    if left:
        words += f"；还有 {len(left)} 个文件或备份里可能有，加 --with-files、--with-backups 删除"
    if unread:
        words += f"；另有 {len(unread)} 个文件读不出来，里面可能有，请自己打开看"
    words += told_kept(only)
    return Line(
        words,
        {
            "deleted": done.id,
            "unread": [str(path) for path in unread],
            "questions": len(proposal.plan.questions),
            "left": [str(path) for path in (*left, *only)],
        },
    )


def _finish(workspace: Workspace, *, backups: bool) -> Iterator[Line]:
    with without_window(workspace) if is_noted(workspace) else nullcontext():
        repeated, done = resume(workspace)
    with DeletingLedger.open(workspace.ledger) as ledger:
        left = backups_left(workspace, ledger.kept(Deletion))
        if left and backups:
            try:
                kept = remove_backups(ledger, workspace, left)
            except OSError as error:
                raise LedgerUnwritable(workspace.backups) from error
            removed = len(left) - len(kept)
            words = f"已另做一份备份，删除了 {removed} 份{told_kept(kept)}"
            yield Line(words, {"removed": removed, "kept": [str(path) for path in kept]})
            left = []
    count = len(done) + repeated
    words = f"接着做完了 {count} 次删除" if count else "没有要接着做的删除"
    facts = {"finished": count, "backups": [str(path) for path in left]}
    if left:
        names = "、".join(path.name for path in left)
        words += f"；{len(left)} 份备份里还留着已删除的个人信息：{names}，加 --with-backups 删除"
    yield Line(words, facts)
