"""A person deleted where captions were cut off: what the ledger alone has of them stays or goes."""

import numpy as np
import pytest

from hotline_desk.ledger import Ledger
from hotline_desk.take.captions import CAPTIONS
from hotline_desk.workflows.gather import gather
from tests.take.seat_take import say
from tests.workflows.deleted_person import NAME, files_that_tell
from tests.workflows.four_lines import RATE, STUDIO, heard
from tests.workflows.test_delete_person import delete_her

OTHERS = "下一位听众请讲"


@pytest.fixture
def cut(workspace, take, ids):
    """Cut the captions behind the first of four lines that the ledger has copied."""
    for at, words in ((130.0, "先听广告"), (140.0, f"再说{NAME[0]}"), (144.0, f"{NAME[1:]}的事"),
                      (150.0, OTHERS)):  # fmt: skip
        say(take, STUDIO, at, words)
        if at == 130.0:
            size = (take / CAPTIONS).stat().st_size
    with Ledger.open(workspace.ledger) as ledger:
        assert gather(ledger, workspace) == 4
    with (take / CAPTIONS).open("r+b") as file:
        file.truncate(size)
    return take


def copied(workspace, take):
    with Ledger.open(workspace.ledger) as ledger:
        return [
            said.text
            for said in ledger.utterances(take.relative_to(workspace.root).as_posix(), line=STUDIO)
        ]


def test_lost_lines_that_name_nobody_stay_and_those_that_name_her_go(workspace, cut, ids):
    delete_her(workspace, ids)

    told = copied(workspace, cut)
    assert told[-2:] == ["先听广告", OTHERS]
    assert files_that_tell(workspace.root) == []
    sound = heard(cut, STUDIO)
    for at in (140.2, 144.2):  # her name, across a pause
        assert not sound[round(at * RATE) : round((at + 0.2) * RATE)].any()
    assert np.any(sound[round(150.2 * RATE) : round(150.4 * RATE)])


def test_where_no_captions_are_left_the_copies_of_others_words_stay(workspace, cut, ids):
    (cut / CAPTIONS).unlink()

    delete_her(workspace, ids)

    told = copied(workspace, cut)
    assert told[-2:] == ["先听广告", OTHERS]
    assert files_that_tell(workspace.root) == []
