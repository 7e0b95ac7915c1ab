import threading
import time

import pytest
from PySide6.QtCore import QObject, QThread

from hotline_desk.errors import Cancelled, NothingToUndo
from hotline_desk.ui.kit.jobs import Lane


@pytest.fixture
def owner(qapp):
    return QObject()


def test_an_answer_arrives_on_the_gui_thread(qtbot, jobs, owner, qapp):
    seen = []

    jobs.run(
        Lane.FILES,
        threading.current_thread,
        owner=owner,
        then=lambda worker: seen.append((worker, QThread.currentThread())),
    )

    qtbot.waitUntil(lambda: bool(seen))
    worker, receiver = seen[0]
    assert worker is not threading.main_thread()
    assert receiver is qapp.thread()


def test_jobs_of_a_lane_keep_their_order(qtbot, jobs, owner):
    done = []

    for number in range(50):
        jobs.run(Lane.LEDGER, lambda number=number: number, owner=owner, then=done.append)

    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == list(range(50))


def test_a_slow_file_does_not_stall_the_take_lane(qtbot, jobs, owner):
    gate = threading.Event()
    seen = []
    jobs.run(Lane.FILES, gate.wait, owner=owner, then=lambda _: seen.append("files"))

    jobs.run(Lane.TAKE, lambda: "take", owner=owner, then=seen.append)

    qtbot.waitUntil(lambda: seen == ["take"])
    gate.set()
    qtbot.waitUntil(lambda: seen == ["take", "files"])


def test_an_answer_for_an_owner_who_is_gone_is_dropped(qtbot, jobs, owner):
    gate, seen = threading.Event(), []
    jobs.run(Lane.FILES, gate.wait, owner=owner, then=lambda _: seen.append("late"))

    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    other = QObject()
    jobs.run(Lane.FILES, lambda: "after", owner=other, then=seen.append)

    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["after"]


def test_a_foreseen_failure_goes_to_its_caller(qtbot, jobs, owner):
    seen = []

    def work():
        raise NothingToUndo

    jobs.run(Lane.LEDGER, work, owner=owner, on_error=seen.append)

    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], NothingToUndo)


def test_a_failure_that_nobody_handles_and_a_bug_are_told(qtbot, jobs, owner):
    def foreseen():
        raise NothingToUndo

    def bug():
        raise ZeroDivisionError

    with qtbot.waitSignal(jobs.failed, check_params_cb=lambda e: isinstance(e, NothingToUndo)):
        jobs.run(Lane.FILES, foreseen, owner=owner)
    with qtbot.waitSignal(jobs.failed, check_params_cb=lambda e: isinstance(e, ZeroDivisionError)):
        jobs.run(Lane.FILES, bug, owner=owner, on_error=lambda _: pytest.fail("not foreseen"))


def test_cancelled_work_shows_nothing(qtbot, jobs, owner):
    seen = []
    jobs.failed.connect(seen.append)

    def work():
        raise Cancelled

    jobs.run(Lane.FILES, work, owner=owner, then=seen.append, on_error=seen.append)
    jobs.run(Lane.FILES, lambda: "next", owner=owner, then=seen.append)

    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["next"]


def test_any_thread_may_call_what_on_gui_has_wrapped(qtbot, jobs, qapp):
    seen = []
    later = jobs.on_gui(lambda *words: seen.append((words, QThread.currentThread())))

    worker = threading.Thread(target=later, args=("a", "b"))
    worker.start()
    worker.join()

    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(("a", "b"), qapp.thread())]


def test_stopping_drops_what_waits_and_waits_for_what_runs(qtbot, jobs, owner):
    gate, done = threading.Event(), []
    jobs.run(
        Lane.FILES, lambda: (gate.wait(), time.sleep(0.05), done.append("running")), owner=owner
    )
    jobs.run(Lane.FILES, lambda: done.append("queued"), owner=owner)

    gate.set()
    jobs.stop()

    assert done == ["running"]


def test_finish_runs_last_in_its_lane(jobs, owner):
    done = []
    jobs.run(Lane.LEDGER, lambda: done.append("before"), owner=owner)

    jobs.finish(Lane.LEDGER, lambda: done.append("last"))
    jobs.run(Lane.LEDGER, lambda: done.append("refused"), owner=owner)

    assert done == ["before", "last"]
