"""append: what was decided on a held dossier becomes rows: entries, state, clocks, duties, read rows, outbox, key.

Everything is written by one call inside the caller's transaction, or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.dossiers import sql
from hefu.dossiers.change import change, tell
from hefu.dossiers.given import record
from hefu.dossiers.journal import following
from hefu.dossiers.listeners import Happening, heard
from hefu.dossiers.rows import About, outward, wakes
from hefu.dossiers.state import encode
from hefu.rules.dossier import Dossier

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hefu.dossiers.given import Given
    from hefu.dossiers.store import Held, Store
    from hefu.rules.events import Event

EVERY = 32
"""Events after which the folded state is written again. It is some 100 bytes for each event so far: written with every
act it would be most of what an act writes. The events after it are folded when it is read, 32 of them in half a ms."""


def append(  # noqa: PLR0913 - the parts of an act that was decided
    store: Store,
    held: Held,
    events: Sequence[Event],
    after: Dossier,
    given: Given,
    at: datetime,
    key: tuple[str, str, bytes] | None = None,
) -> Held:
    """Write `events`, which lead from the held dossier to `after`; the dossier as it is then held.

    Raises VersionError, IntegrityError (sql.write), and ValueError for answers that cannot be stored (given.record).
    """
    actor = given.act.by.id if given.act is not None else ""
    entry = following(held.id, held.version, held.head, events, record(given), actor, at)
    stale = entry.version - held.saved >= EVERY
    more = heard(Happening(store.using, held, events, after, at))
    about = About(held.law, held.body, held.title)
    before = held.told or tell(about, held.dossier, Dossier())
    changed, told = change(about, held.dossier, before, after)
    sql.write(store.using, sql.Written(
        entry, events[-1].on, _columns(held, after), encode(after) if stale else "", changed,
        outward(events, held.version), key, more,
    ))  # fmt: skip
    saved = entry.version if stale else held.saved
    return held._replace(version=entry.version, head=entry.hash, dossier=after, saved=saved, told=told)


def _columns(held: Held, after: Dossier) -> dict[str, str | None]:
    """The columns of the dossier's row that may have become others, besides those that every act moves."""
    found: dict[str, str | None] = {}
    if after.live is not held.dossier.live or not held.version:
        day = wakes(after)
        found["wakes"] = day.isoformat() if day else None
    if after.status != held.dossier.status or not held.version:
        found["status"] = after.status
    return found
