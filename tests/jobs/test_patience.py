"""patience: what fails is tried again, later and later; what went wrong can be read; a restart repeats nothing."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

import pytest

from hefu.jobs.patience import LONGEST, GaveUp, growing, patiently, three_days
from tests.jobs.hands import Memory


class Fails:
    """Fails so often, then gives its count."""

    def __init__(self, times: int) -> None:
        self.left, self.calls = times, 0

    def __call__(self) -> int:
        self.calls += 1
        if self.calls <= self.left:
            raise ConnectionError("no answer")
        return self.calls


def test_what_succeeds_is_done_once() -> None:
    steps, work = Memory(), Fails(0)
    assert patiently(steps, "send", work) == 1
    assert steps.waits == []


def test_what_fails_is_tried_again_after_longer_and_longer_waits() -> None:
    steps = Memory()
    assert patiently(steps, "send", Fails(8)) == 9
    assert steps.waits == list(islice(growing(), 8))
    assert steps.waits == sorted(steps.waits)
    assert steps.waits[-1] == LONGEST
    assert steps.noted[0] == ("send", ["problem", "ConnectionError: no answer"])


def test_when_the_waits_are_over_it_gives_up_and_says_why() -> None:
    steps = Memory()
    found = patiently(steps, "send", Fails(100), [timedelta(seconds=1)] * 2)
    assert found == GaveUp("ConnectionError: no answer")
    assert len(steps.noted) == 3


def test_three_days_are_three_days() -> None:
    assert timedelta(days=3) <= sum(three_days(), timedelta()) < timedelta(days=3, hours=1)


def test_after_a_restart_nothing_is_done_again_that_was_noted() -> None:
    steps, work = Memory(), Fails(2)
    patiently(steps, "send", work)
    assert patiently(steps.again(), "send", work) == 3
    assert work.calls == 3


def test_a_kill_is_no_problem_to_be_noted() -> None:
    class Killed(BaseException):
        pass

    def die() -> None:
        raise Killed

    steps = Memory()
    with pytest.raises(Killed):
        patiently(steps, "send", die)
    assert steps.noted == []
