"""Rings of objects are looked for seldom while thousands of rows are dealt with, and as usual afterwards."""

import gc
from contextlib import ExitStack

import pytest

from workwell_desktop.store.collecting import seldom_collecting


def test_the_last_one_who_leaves_brings_back_what_is_usual() -> None:
    usual = gc.get_threshold()
    first, second = ExitStack(), ExitStack()
    first.enter_context(seldom_collecting())
    second.enter_context(seldom_collecting())
    assert gc.get_threshold()[0] > 10 * usual[0]
    # two threads need not leave in the order in which they came
    first.close()
    assert gc.get_threshold()[0] > 10 * usual[0]
    second.close()
    assert gc.get_threshold() == usual
    assert gc.isenabled()


def test_a_trouble_inside_leaves_things_as_they_were() -> None:
    usual = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), seldom_collecting():
        1 / 0  # noqa: B018
    assert gc.get_threshold() == usual
