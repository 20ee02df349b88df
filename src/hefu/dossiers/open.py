"""open: a new dossier comes into being with its first act, in the same transaction; a refused act leaves nothing."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import IntegrityError, transaction

from hefu.dossiers import sql
from hefu.dossiers.change import NOTHING
from hefu.dossiers.journal import GENESIS, canonical
from hefu.dossiers.perform import act_on, again, asked
from hefu.dossiers.store import Held
from hefu.rules.dossier import Dossier

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hefu.dossiers.outcome import Done, Refused, When
    from hefu.dossiers.store import Store
    from hefu.rules.decide import Act


class New(NamedTuple):
    """A dossier to be opened. `scheme` is an id, or id@version; `settings` are the body's own, and stay with it."""

    id: str
    scheme: str
    body: str
    title: str
    settings: Mapping[str, Any] = {}


def fresh_id(at: datetime) -> str:
    """An id that nobody can guess, in the order of time so that new rows lie together."""
    return f"{int(at.timestamp() * 1000):012x}{secrets.token_hex(10)}"


def open_dossier(store: Store, new: New, act: Act, when: When, *, key: str = "") -> Done | Refused:
    """Open a dossier by its first act.

    With a `key` that was used before the answer is that of then, whatever id is asked for now. Raises LookupError for
    an unknown scheme or setting, IntegrityError when the id is taken, KeyReusedError, and ValueError for answers that
    cannot be stored.
    """
    try:
        return _attempt(store, new, act, when, key)
    except IntegrityError:
        if not key:
            raise
        # The same key was written at this moment by another request; now it can be seen.
        return _attempt(store, new, act, when, key)


def _attempt(store: Store, new: New, act: Act, when: When, key: str) -> Done | Refused:
    ref, settings = store.laws.on(new.scheme, when.on), canonical(dict(new.settings))
    law = store.laws.of(ref, settings)
    digest = asked(canonical([ref, new.body, new.title, settings]), act, when) if key else b""
    with transaction.atomic(using=store.using):
        if key and (used := sql.load(store.using, new.id, (act.by.id, key), lock=False).key):
            held, _ = store.load(used[0])
            return again(store, held, used, digest)
        held = Held(new.id, law, new.body, 0, GENESIS, Dossier(ref), 0, new.title, NOTHING)
        row = sql.NewRow(new.id, new.body, ref, new.title, settings)
        outcome, after = act_on(store, held, act, when, (act.by.id, key, digest) if key else None, row)
    if after is not None:
        store.remember(after)
    return outcome
