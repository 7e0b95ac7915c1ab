"""A deletion's plan is kept as JSON, and one of an earlier version reads and writes as it did."""

import json

from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.casework.claims import Stretch
from hotline_desk.domain.deletions import DeletionPlan

_ids = st.lists(st.integers(1, 99), max_size=3).map(tuple)
_places = st.dictionaries(
    st.just("take"),
    st.dictionaries(st.just("来电"), st.just((Stretch(1.0, 2.5),))),
    max_size=1,
)
_hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
_spots = st.dictionaries(
    _hashes, st.lists(st.tuples(st.integers(0, 9), st.integers(10, 20)), max_size=2).map(tuple)
)
_plans = st.builds(
    DeletionPlan,
    calls=_ids, questions=_ids, cases=_ids, words=_places, sound=_places,
    own_only=st.booleans(), repeats=st.text(max_size=3),
    left=st.lists(_hashes, max_size=2).map(tuple), names_at=_spots, phones_at=_spots,
)  # fmt: skip


@given(_plans)
def test_a_plan_is_read_as_it_was_written(plan):
    assert DeletionPlan.from_json(plan.as_json()) == plan


def test_a_plan_of_before_is_written_as_it_was():
    before = json.dumps(
        {"calls": [1], "questions": [2], "cases": [], "words": {}, "sound": {}, "files": ["甲.txt"],
         "backups": [], "naming": [], "origins": {"calls": {"1": "a" * 64}}},
        ensure_ascii=False,
    )  # fmt: skip

    plan = DeletionPlan.from_json(before)

    assert plan.as_json() == before
    assert not plan.own_only
