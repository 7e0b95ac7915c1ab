"""发布与撤下 in the archive: written by keys, and what has to go is on top and can be copied."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.calls import Consent, NewCall
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.keys import Verb

PATIENCE = 30_000
BY = "值班员"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def leaf(qtbot, window):
    window.verbs[Verb.PUBLISHED].trigger()
    leaf = window.archive._published
    qtbot.waitUntil(lambda: leaf.register._model.read, timeout=PATIENCE)
    return leaf


@pytest.fixture
def ask(qtbot, desk):
    def ask_(work):
        got = []
        desk.office.ask(lambda ledger: got.append(work(ledger)), owner=desk)
        qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE)
        return got[0]

    return ask_


def write(qtbot, window, leaf, **fields):
    qtbot.keyClick(leaf.register, Qt.Key.Key_Insert)
    for name, text in fields.items():
        leaf.register.form._inputs[name].setFocus()
        leaf.register.form._inputs[name].clear()
        qtbot.keyClicks(leaf.register.form._inputs[name], text)
    window.verbs[Verb.SAVE].trigger()


def test_a_publication_is_written_and_kept(qtbot, window, leaf, ask):
    write(
        qtbot, window, leaf, name="190 audio", of="190", place="app", published_on="2026-11-26",
        first_review="Wang", second_review="Li", final_review="Zhao",
    )  # fmt: skip

    qtbot.waitUntil(lambda: leaf.register._rows.rowCount() == 1, timeout=PATIENCE)
    (kept,) = ask(lambda ledger: ledger.kept(Publication))
    assert (kept.item, kept.episode, kept.place) == ("190 audio", 190, "app")
    assert kept.approved_by == "初审：Wang\n复审：Li\n终审：Zhao"
    assert leaf._wanted.isHidden()


def test_what_cannot_be_kept_is_said_and_stays_written(qtbot, window, leaf, ask, caplog):
    write(qtbot, window, leaf, name="audio", place="app", published_on="soon")

    qtbot.waitUntil(lambda: "发布日期请写成" in window.messages.text, timeout=PATIENCE)
    caplog.clear()
    assert leaf.register.form._inputs["place"].text() == "app"
    assert ask(lambda ledger: ledger.kept(Publication)) == []


def test_what_has_to_be_withdrawn_stands_on_top_and_is_copied(qtbot, window, leaf, ask, desk):
    def file(ledger):
        call = ledger.add_call(NewCall(episode=190, at=studio_now()), by=BY)
        ledger.add_question(NewQuestion(episode=190, call_id=call.id, at=studio_now()), by=BY)
        ledger.keep(
            Publication(item="音频", episode=190, place="职工大讲堂",
                        published_on=studio_now().date()), by=BY,
        )  # fmt: skip
        ledger.save_call(replace(call, consent=Consent(replay=False)), by=BY)

    ask(file)
    desk.office.rows_changed.emit()
    qtbot.waitUntil(leaf._wanted.isVisible, timeout=PATIENCE)

    leaf.copy.click()

    assert "有 1 处应当撤下" in leaf._words.text()
    text = QApplication.clipboard().text()
    assert "撤下清单" in text
    assert "职工大讲堂" in text
    assert "撤下清单已复制" in window.messages.text

    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.papers.page is not None and window.papers.page.isVisible(),
                    timeout=PATIENCE)  # fmt: skip
    assert desk.summary.summary.path.name.startswith("撤下清单")


def test_the_same_key_and_esc_put_it_away(qtbot, window, leaf):
    assert leaf.isVisible()
    window.verbs[Verb.PUBLISHED].trigger()
    assert not leaf.isVisible()
    window.verbs[Verb.PUBLISHED].trigger()
    assert leaf.isVisible()
    leaf.register.focus_list()

    qtbot.keyClick(window.archive, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not leaf.isVisible(), timeout=PATIENCE)
