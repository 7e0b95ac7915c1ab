"""Garbage is collected between events; its oldest generation waits where it is told to."""

import gc
import weakref

import pytest

from hotline_desk.ui.kit.garbage import Garbage


class Knot:
    """Holds itself, so that only a look for garbage finds it."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def garbage(qapp):
    thresholds = gc.get_threshold()
    made = Garbage(qapp)
    yield made
    gc.set_threshold(*thresholds)
    made.deleteLater()


@pytest.fixture
def old():
    """A knot of the oldest generation that nobody holds."""
    knot = Knot()
    gc.collect()
    gc.set_threshold(700, 10, 1)
    for _ in range(2):
        gc.collect(1)
    return weakref.ref(knot)


def test_what_is_old_is_collected_once_there_is_enough(garbage, old):
    garbage.collect()

    assert old() is None


def test_what_is_old_waits_while_there_is_too_much_of_it(garbage, old):
    garbage.wait(waits=True)
    garbage.collect()
    assert old() is not None

    garbage.wait(waits=False)
    garbage.collect()
    assert old() is None
