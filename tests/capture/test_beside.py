import threading

from hotline_desk.capture.beside import Beside
from hotline_desk.capture.events import EventLog, TakeClock
from hotline_desk.take import journal
from tests.recorder_process import wait_until


def test_a_failure_is_noted_once_until_it_works_again_and_the_work_goes_on(tmp_path, capfd):
    log = EventLog(tmp_path / "events.jsonl", TakeClock(0, 1.0))
    turns = []
    fates = [ZeroDivisionError(), ZeroDivisionError(), None, OSError(5, "disk"), None]

    def work():
        fate = fates[len(turns)] if len(turns) < len(fates) else None
        turns.append(fate)
        if fate is not None:
            raise fate

    beside = Beside("purge", work, every_seconds=0.01, events=log)
    wait_until(lambda: len(turns) > len(fates))
    beside.close()

    told = [(event["event"], event["error"], event["errno"])
            for event in journal.read(tmp_path / "events.jsonl", dict)[0]]  # fmt: skip
    assert told == [("purge_failed", "ZeroDivisionError", None), ("purge_failed", "OSError", 5)]
    said = capfd.readouterr().err
    assert said.count("Traceback") == 1, "a bug is told whole, a disk's failure by its event"


def test_closing_waits_for_the_turn_that_is_under_way(tmp_path):
    log = EventLog(tmp_path / "events.jsonl", TakeClock(0, 1.0))
    begun, done = threading.Event(), []

    def work():
        begun.set()
        done.append(threading.Event().wait(0.2))

    beside = Beside("sync", work, every_seconds=0.01, events=log)
    begun.wait()

    beside.close()

    assert done
