"""perform: one act on one dossier, in one transaction.

Numbered as the steps below:
 1. the dossier is loaded under a lock, with the idempotency key of the request;
 2. a request that was done before is answered as it was then;
 3. a person who has not seen the newest version is told what changed;
 4. what time has brought comes first (`due`), then the act is decided, completed with what is given out only now;
 5. a refusal writes nothing to the dossier, not even what time has brought: the sweep will. It is kept beside it,
    once this transaction has ended (refusals.py);
 6. the events, and all that follows from them, are written; the transaction commits.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from hefu.dossiers import sql
from hefu.dossiers.append import append
from hefu.dossiers.given import Asked, Given, record
from hefu.dossiers.history import since
from hefu.dossiers.outcome import Done, KeyReusedError, Refused, Stale
from hefu.dossiers.refusals import keep
from hefu.rules.decide import decide
from hefu.rules.due import due

if TYPE_CHECKING:
    from collections.abc import Callable

    from hefu.dossiers.outcome import Outcome, When
    from hefu.dossiers.sql import NewRow
    from hefu.dossiers.store import Held, Store
    from hefu.rules.decide import Act
    from hefu.rules.refusal import Refusal

    Complete = Callable[[Act], tuple[Act, tuple[Refusal, ...]]]


def whole(act: Act) -> tuple[Act, tuple[Refusal, ...]]:
    """An act that has been given whole."""
    return act, ()


def perform(  # noqa: PLR0913 - an act, its moment, and what guards it against haste
    store: Store, dossier: str, act: Act, when: When, *, seen: int | None = None, key: str = "",
    complete: Complete = whole,
) -> Outcome:  # fmt: skip
    """Do an act on the day `when.on`.

    `seen` is the version that the person had before them; without it the act is decided on whatever stands. `key`,
    chosen by the caller once for a request, makes it safe to send again. `complete` adds what is given out only while
    the dossier is under its lock, and says what stands against the act beyond its rules. Raises UnknownDossierError,
    KeyReusedError, LookupError when no version of the scheme is in force, ValueError for answers that cannot be stored.
    """
    try:
        return _attempt(store, dossier, act, when, seen, key, complete)
    except IntegrityError:
        if not key:
            raise
        # The same key has been written for another dossier at this moment; now it can be seen.
        return _attempt(store, dossier, act, when, seen, key, complete)


def _attempt(  # noqa: PLR0913 - as perform
    store: Store, dossier: str, act: Act, when: When, seen: int | None, key: str, complete: Complete
) -> Outcome:
    with transaction.atomic(using=store.using):
        # 1. The dossier, under a lock.
        held, used = store.load(dossier, (act.by.id, key) if key else None, lock=True)
        digest = asked(dossier, act, when) if key else b""
        # 2. Done before.
        if used is not None:
            return again(store, held, used, digest)
        # 3. Overtaken.
        if seen is not None and seen != held.version:
            return Stale(held.version, since(store, dossier, seen))
        act, against = complete(act)
        outcome, after = act_on(store, held, act, when, (act.by.id, key, digest) if key else None, against=against)
    if after is not None:
        store.remember(after)
    if isinstance(outcome, Refused):
        keep(store, held, act, when, outcome.refusals)
    return outcome


def act_on(  # noqa: PLR0913 - what an act needs, and the row of a dossier that begins with it
    store: Store,
    held: Held,
    act: Act,
    when: When,
    key: tuple[str, str, bytes] | None,
    new: NewRow | None = None,
    against: tuple[Refusal, ...] = (),
) -> tuple[Done | Refused, Held | None]:
    """Steps 4 to 6 on a dossier that is held under its lock, or is `new`, in the caller's transaction."""
    # 4. Time, then the act.
    facts = Asked(act.facts)
    act = act._replace(facts=facts)
    passed = due(held.law.scheme, held.dossier, when.on, facts, act.people, held.law.versions)
    decision = decide(held.law.over(passed.dossier, act, when.on), passed.dossier, act, when.on)
    # 5. No.
    if against or not decision.ok:
        return Refused((*decision.refusals, *against), held.version), None
    # 6. Yes.
    if new is not None:
        sql.create(store.using, new, when.on, held.head)
    events = (*passed.events, *decision.events)
    given = Given(when.on, act, facts.answered(), act.people)
    after = append(store, held, events, decision.dossier, given, when.at, key)
    return Done(held.id, after.version, events, after.dossier), after


def asked(dossier: str, act: Act, when: When) -> bytes:
    """What makes a request the same request: the dossier, the day, the act and its answers.

    Not the outside facts: they may have changed before the request is sent again.
    """
    said = record(Given(when.on, act, {}, act.people))
    return sha256(f"{dossier}\n{said}".encode()).digest()


def again(store: Store, held: Held, used: tuple[str, bytes, int, int], digest: bytes) -> Done:
    """The answer of a request that was done before. Raises KeyReusedError when this is another one."""
    dossier, then, first, version = used
    if bytes(then) != digest:
        raise KeyReusedError("this key was used for another request")
    events = tuple(item.event for item in since(store, dossier, first - 1) if item.number <= version)
    return Done(dossier, version, events, held.dossier, repeated=True)
