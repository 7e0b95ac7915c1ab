"""Export beside the window, in a process of its own: writing 100,000 rows holds up nothing else.

The request goes in by the process's standard input, as one line of JSON: what a command's
arguments say, every user of the machine can read. How far it is comes back a line at a time.
Closing the input stops it, and so does the window's end: nothing is left then.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotline_desk import processes
from hotline_desk import settings as office_settings
from hotline_desk.domain.exports import Exported, Request
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.errors import Cancelled, ExportFailed
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from hotline_desk.paths import Workspace

_FORESEEN = 1
_GONE = "写文件的程序意外退出，请再导出一次"


def export_beside(
    workspace: Workspace,
    request: Request,
    *,
    on_progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Exported:
    """Write the file that *request* asks for, whole or not at all, and wait for it.

    Args:
        workspace: whose ledger is read.
        request: what, where to and for whom; of its query the ids and the days hold.
        on_progress: told how many rows and cases of how many are written.
        cancelled: asked at each step; yes leaves no file, unless it was there already.

    Raises:
        Cancelled: somebody asked for the work to stop.
        ExportFailed: the file was not written; the reason is the process's own sentence.
    """
    if cancelled():
        raise Cancelled
    with processes.start_child(
        *("export-asked", "--json", "--workspace", str(workspace.root)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        facts: dict[str, Any] = {}
        _ask(child, request)
        for line in child.stdout or ():
            facts = json.loads(line)
            if "done" in facts:
                on_progress(facts["done"], facts["total"])
            if cancelled() and child.stdin is not None:
                child.stdin.close()
        said = child.stderr.read().decode("utf-8", "replace") if child.stderr else ""
    if child.returncode or "questions" not in facts:
        if cancelled():
            raise Cancelled
        foreseen = child.returncode == _FORESEEN and said.strip()
        raise ExportFailed(said.strip().splitlines()[-1].rstrip("。") if foreseen else _GONE)
    return Exported(
        path=request.path,
        questions=facts["questions"],
        cases=facts["cases"],
        internal=request.internal,
    )


def export_asked(args: argparse.Namespace) -> Iterator[Line]:
    """Write what one line of the standard input asks for, and say how far it is.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        Cancelled: the standard input was closed before the file was written.
        ExportUnwritable: the file cannot be written.
        LedgerError: the ledger cannot be opened or read.
        NoRoomForFile: the disk is full.
    """
    from hotline_desk.workflows.export import export_ledger  # noqa: PLC0415  the child alone

    request = _request(json.loads(sys.stdin.readline()))
    gone = processes.input_closed()
    workspace: Workspace = args.workspace
    with Ledger.open(workspace.ledger) as ledger:
        done = export_ledger(
            ledger,
            workspace,
            office_settings.load(workspace.settings),
            request,
            on_progress=_say_progress,
            cancelled=gone.is_set,
        )
    yield Line(done.words, {"questions": done.questions, "cases": done.cases})


def _say_progress(done: int, total: int) -> None:
    sys.stdout.write(json.dumps({"done": done, "total": total}) + "\n")
    sys.stdout.flush()


def _ask(child: subprocess.Popen[bytes], request: Request) -> None:
    query = request.query
    facts = {
        "path": str(request.path),
        "internal": request.internal,
        "ids": None if query.ids is None else list(query.ids),
        "since": query.since and query.since.isoformat(),
        "until": query.until and query.until.isoformat(),
        "what": request.what,
        "who": request.who,
        "why": request.why,
    }
    if child.stdin is not None:
        try:
            child.stdin.write(json.dumps(facts).encode() + b"\n")
            child.stdin.flush()
        except OSError:  # it has ended, and says why
            with contextlib.suppress(OSError):
                child.stdin.close()


def _request(facts: dict[str, Any]) -> Request:
    return Request(
        path=Path(facts["path"]),
        internal=facts["internal"],
        query=QuestionQuery(
            ids=facts["ids"],
            since=facts["since"] and date.fromisoformat(facts["since"]),
            until=facts["until"] and date.fromisoformat(facts["until"]),
        ),
        what=facts["what"],
        who=facts["who"],
        why=facts["why"],
    )
