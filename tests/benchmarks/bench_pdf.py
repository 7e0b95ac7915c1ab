"""What printing takes: an episode of 40 questions, from the record and from a ledger of years."""

import time

from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.reports.summary import print_summary
from hotline_desk.workflows.summarise import summarise
from tests.ledger_filler import Filler
from tests.reports.pdf_reader import ReadPdf
from tests.reports.sample_episodes import NOTICE, a_question, summary_of

TURNS = 10
EPISODES, QUESTIONS = 500, 20_000


def worst_seconds(act):
    """Return the longest of a few turns; the first one loads the fonts."""
    times = []
    for _ in range(TURNS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return max(times)


def test_forty_questions(tmp_path, figure, qapp, fonts):
    summary = summary_of([a_question(number + 1) for number in range(40)], notice=NOTICE)
    path = tmp_path / "a.pdf"

    taken = worst_seconds(lambda: print_summary(summary, path))

    pages = len(ReadPdf.read(path).pages)
    figure(f"PDF of 40 questions, {pages} pages (slowest of {TURNS})", f"{taken:.2f} s", "2 s")


def test_forty_questions_out_of_many_years(tmp_path, figure, fonts):
    path = tmp_path / "ledger.db"
    Filler().fill(path, episodes=EPISODES, questions=QUESTIONS, utterances=0)

    with Ledger.open(path) as ledger:
        newest = ledger.episodes()[0].number
        workspace = Workspace(tmp_path)
        taken = worst_seconds(
            lambda: summarise(
                ledger, newest, tmp_path / "a.pdf", internal=True, workspace=workspace
            )
        )

    figure(
        f"PDF of the last of {EPISODES} episodes, {QUESTIONS:,} questions (slowest of {TURNS})",
        f"{taken:.2f} s",
        "2 s",
    )
