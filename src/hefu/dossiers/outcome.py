"""What may come of an act: done, refused by the rules, or overtaken by another act. A no is a value, not an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

    from hefu.rules.dossier import Dossier
    from hefu.rules.events import Event
    from hefu.rules.refusal import Refusal


class When(NamedTuple):
    """The day of an act in the body's zone, by which the rules count, and its instant in UTC, which is recorded."""

    on: date
    at: datetime


class Done(NamedTuple):
    """The act is in the journal, committed. `events` begin with what time had brought before it.

    `repeated`: the same request with the same key had been done before; these are its events, and nothing is new.
    """

    id: str
    version: int
    events: tuple[Event, ...]
    dossier: Dossier
    repeated: bool = False


class Refused(NamedTuple):
    """The rules say no; nothing has been written to the dossier."""

    refusals: tuple[Refusal, ...]
    version: int


class Happened(NamedTuple):
    """An event that another act, or time, has brought since."""

    number: int
    at: datetime
    actor: str
    event: Event


class Stale(NamedTuple):
    """The dossier has changed since the person looked; nothing has been written. `since` is what changed."""

    version: int
    since: tuple[Happened, ...]


Outcome = Done | Refused | Stale


class UnknownDossierError(LookupError):
    """There is no dossier with this id."""


class KeyReusedError(ValueError):
    """An idempotency key came a second time with another request."""
