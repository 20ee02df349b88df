"""Wording: what an event says to people, and to which roles, from the event and its scheme. Pure.

An event tells nobody anything when no role is named in it, as with most documents and publications. The end of a
validity or of a keeping time is nobody's delay: its owner is told only where the scheme flags it for somebody to look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.model import Text
from hefu.rules.told import told

if TYPE_CHECKING:
    from datetime import date

    from hefu.dossiers.store import Held
    from hefu.rules.events import Event
    from hefu.rules.model import Clock, Scheme

REMINDER, NOTICE = "clock-reminded", "notice-sent"
LETTER = "letter"
"""The channel of what a clause wants in writing."""
OVER = "clock-over"
NOTHING = Text("", "")


class Wording(NamedTuple):
    """What is said: `kind` is the kind of thing that happened (signs.py), `title` what it is about.

    `must`: by mail at once, whatever somebody wants. `act` is the act that is owed, where one is; `case` the case that
    it is about, empty for the certificate. `named` is the name of a notice that the scheme itself sends.
    """

    kind: str
    title: Text
    to: tuple[str, ...]
    clauses: tuple[str, ...]
    case: str
    detail: Text = NOTHING
    due: date | None = None
    must: bool = False
    act: str = ""
    named: str = ""

    @property
    def channel(self) -> str:
        """By which a body chooses whether it goes by mail (channels.py)."""
        return self.named or self.kind


def worded(held: Held, event: Event) -> Wording | None:
    """What an event of a dossier says; None where it concerns nobody."""
    case = case_of(held, event.subject)
    law = _law(held, case)
    if event.type == "duty-raised":
        return _owed(law, event, case)
    if event.type in ("clock-breached", "clock-overdue"):
        return _late(held, law, event, case)
    return _sent(law, event, case)


def case_of(held: Held, subject: str) -> str:
    """The case that a subject belongs to; empty for the certificate."""
    item = held.dossier.items.get(subject)
    name = item.case if item else subject
    return name if name in held.dossier.cases else ""


def _sent(law: Scheme, event: Event, case: str) -> Wording | None:
    """What the scheme itself sends: a notice, a document, a publication; or a reminder, which says of which clock."""
    to, words = tuple(event.data.get("to", ())), told(law, event)
    if not to or words is None:
        return None
    key = event.data.get("clock")
    if not key:
        named = event.name if event.type == NOTICE else ""
        return Wording(
            event.type, words.what, to, event.clauses, case, must=event.data.get("channel") == LETTER, named=named
        )
    clock = law.clocks.get(str(key).partition("@")[0])
    title = clock.title if clock else words.what
    return Wording(REMINDER, title, to, event.clauses, case, due=event.data["due"], must=_hard(clock))


def _owed(law: Scheme, event: Event, case: str) -> Wording | None:
    """A duty to act or to decide."""
    words = told(law, event)
    return words and Wording(
        event.type, words.what, (event.data["role"],), event.clauses, case, due=event.data["due"],
        must=True, act=event.name,
    )  # fmt: skip


def _late(held: Held, law: Scheme, event: Event, case: str) -> Wording | None:
    """A clock that has run out, or passed the first of its two limits: its owner is told."""
    clock, words = law.clocks.get(event.name), told(law, event)
    if clock is None or words is None or (words.how == OVER and clock.flag is None):
        return None
    if event.type == "clock-breached" and clock.duty is not None and clock.duty.role == clock.owner:
        return None  # the duty that follows says so to the same people
    key = f"{event.name}@{event.subject}#{event.data['occurrence']}"
    run = held.dossier.live.get(key) or held.dossier.ended.get(key)
    flag = clock.flag if clock.flag and event.type == "clock-breached" else NOTHING
    return Wording(
        words.how, words.what, (clock.owner,), event.clauses, case, flag, run.due if run else None,
        must=_hard(clock),
    )  # fmt: skip


def _hard(clock: Clock | None) -> bool:
    return clock is not None and clock.firmness == "hard"


def _law(held: Held, case: str) -> Scheme:
    """The version to which a case is pinned; that of the dossier for the certificate."""
    found = held.dossier.cases.get(case)
    return held.law.versions.get(found.version, held.law.scheme) if found else held.law.scheme
