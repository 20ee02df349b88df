"""What the pages are measured over: `python -m bench.visits WANTED` prints one line of JSON.

A body with its people, many dossiers as rows, a register of their certificates, and applications whose reviewer can
ask for something that is missing. Of each person the session is given under which a browser comes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.course import Track
from bench.product import on

if TYPE_CHECKING:
    from hefu.people.models import Account

BODY, SCHEME, STORY = "wal", "wal-qp-21", "wal-qp-21/a-whole-life"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHO = {"planner": "pan", "officer": "he"}
"""Of the demonstration's people, those who come."""


class Wanted(NamedTuple):
    """Where, how many dossiers as rows, and how many that are acted on."""

    folder: str
    rows: int
    acted: int


def main(wanted: Wanted) -> dict[str, Any]:
    """Fill the database; what a visitor has to know."""
    on([Track("default", f"sqlite:///{Path(wanted.folder) / 'web.sqlite3'}")])
    from bench.living import tables  # noqa: PLC0415 - its tables need Django to be ready
    from hefu.demo.cast import settle  # noqa: PLC0415
    from hefu.demo.lives import Life, live  # noqa: PLC0415
    from hefu.jobs.dbos_client import prepare  # noqa: PLC0415
    from hefu.register.models import EntryRow  # noqa: PLC0415
    from hefu.site import now  # noqa: PLC0415
    from hefu.web import kept  # noqa: PLC0415
    from tests.web.staff.crowd import fill  # noqa: PLC0415 - the rows that the tests of lists are about, many times

    tables("default")
    prepare(f"sqlite:///{Path(wanted.folder) / 'jobs.sqlite3'}")
    today, store, known = now(), kept.store(), {}  # type: ignore[var-annotated] # filled by `live`
    cast = settle(today.on)
    told = Life(BODY, STORY, "initial.submit", 1, "anxin", {}, {})
    acted = [live(store, cast, told, today, known) for _ in range(wanted.acted)]
    whole = live(store, cast, told._replace(until="initial.survey", ago=30, holder="lvzhou"), today, known)
    public = EntryRow.objects.get(dossier=whole).public
    people = tuple(account.key for account in cast.accounts.values())
    fill(BODY, wanted.rows, scheme=SCHEME, people=people)
    sessions = {role: _session(cast.accounts[name]) for role, name in WHO.items()}
    return {"acted": acted, "whole": whole, "public": public, "sessions": sessions}


def _session(account: Account) -> str:
    """A session in which somebody has signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415 - as above
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    held = SessionStore()
    held[SESSION_KEY], held[BACKEND_SESSION_KEY] = str(account.pk), BACKEND
    held[HASH_SESSION_KEY] = account.get_session_auth_hash()
    held.create()
    return str(held.session_key)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Wanted(*json.loads(sys.argv[1])))) + "\n")
