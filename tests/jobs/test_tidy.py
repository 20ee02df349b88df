"""tidy: what nobody needs any more is forgotten, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.module_loading import import_string

from hefu.dossiers.store import Store
from hefu.jobs.workflows import Tools, tidy
from tests.jobs.hands import AT, Clock, Ledger, Memory

pytestmark = pytest.mark.usefixtures("sites")


def session(days: int) -> str:
    """The key of a session that is over after so many days."""
    held = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    held.set_expiry(timedelta(days=days))
    held.create()
    return str(held.session_key)


def test_sessions_that_are_over_are_forgotten_and_others_stay() -> None:
    # given a session that is over since yesterday, and one of two weeks
    over, going_on = session(-1), session(14)
    assert set(Session.objects.values_list("pk", flat=True)) == {over, going_on}

    # when the daily tidying is done
    steps = Memory()
    tidy(Tools(Store(), Clock(), Ledger(), lambda: True), steps, "", f"{AT:%F}")

    # then it is done at once, and only the first is gone
    assert [name for name, (outcome, _) in steps.noted if outcome == "done"] == ["tidy", "sessions", "statistics"]
    assert list(Session.objects.values_list("pk", flat=True)) == [going_on]
