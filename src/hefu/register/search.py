"""Searching the register: by parts of words, by number as people write it, by body, scheme, status, and by a day.

Parts of three signs or more go through the index of trigrams; shorter ones, as 北京, and those that very many lines
hold, as 有限公司, are looked for in the lines, which are kept short for that. What is asked for is cut to a reasonable
length before anything is looked for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Count, Max, OuterRef, Q, Subquery, TextField
from django.db.models.lookups import Contains

from hefu.register.models import EntryRow, StepRow
from hefu.register.public import number_key, searched

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet
    from django.db.models.sql.compiler import SQLCompiler

LONGEST, TERMS, PART = 100, 8, 40
"""Signs that are looked at; parts that are looked for; signs of a part."""
SHORTEST = 2
"""Signs that a search needs."""
TRIGRAM = 3
COMMON = 4_000
"""Lines that hold a part; with so many it is common."""
KEPT = 1_000
"""Parts of which a process remembers whether they are common."""
FIRST = "SELECT count(*) FROM (SELECT rowid FROM hefu_entry_words WHERE words MATCH %s LIMIT %s)"
VALID = "valid"
"""The status in which a certificate may be used, or an entry is on its list (docs/glossary.md)."""
ORDERS = {"since": ("-since", "-id"), "granted": ("-granted", "-id"), "valid_to": ("valid_to", "id")}


class Wanted(NamedTuple):
    """What somebody looks for. `statuses` are pairs of scheme and status; empty means any."""

    words: str = ""
    body: str = ""
    schemes: tuple[str, ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    on: date | None = None
    order: str = "since"


class Group(NamedTuple):
    """How many entries there are of one body, scheme and status."""

    body: str
    scheme: str
    status: str
    number: int


@TextField.register_lookup
class Reads(Contains):
    """Whether the line of an entry holds a part, found by reading the lines."""

    lookup_name = "reads"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[str | int]]:
        text, params = Contains(self.lhs, self.rhs).as_sql(compiler, connection)
        return text, list(params)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[str | int]]:
        # Both sides are casefolded, so the bytes are compared; LIKE would decode every sign of every line.
        text, params = self.process_lhs(compiler, connection)
        return f"instr({text}, %s) > 0", [*params, str(self.rhs)]


@TextField.register_lookup
class Holds(Reads):
    """The same, found by the index of trigrams; SQLite, which has no index for LIKE, has a table of them."""

    lookup_name = "holds"

    def as_sqlite(self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> tuple[str, list[str | int]]:
        key, _ = compiler.compile(EntryRow._meta.pk.get_col(self.lhs.alias))  # noqa: SLF001 - Django's name for it
        return f"{key} IN (SELECT rowid FROM hefu_entry_words WHERE words MATCH %s)", [_phrase(str(self.rhs))]  # noqa: S608 - a column's own name


def _phrase(part: str) -> str:
    """A part as the table of trigrams is asked for it."""
    quoted = part.replace('"', '""')
    return f'"{quoted}"'


@lru_cache(KEPT)
def _is_common(part: str) -> bool:
    """Whether so many lines hold a part that SQLite reads them all sooner than it finds these one by one.

    PostgreSQL knows by itself how common a part is. An answer may grow old: it decides how lines are found, not which.
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(FIRST, [_phrase(part), COMMON])
        (found,) = cursor.fetchone()
    return bool(found == COMMON)


def parts(words: str) -> list[str]:
    """The parts that are looked for."""
    return [part[:PART] for part in searched(words[:LONGEST]).split()][:TERMS]


def enough(words: str) -> bool:
    """Whether there is enough to look for."""
    return sum(map(len, parts(words))) >= SHORTEST


def entries(wanted: Wanted) -> QuerySet[EntryRow]:
    """The entries that fit, in the order asked for."""
    return _narrowed(matching(wanted), wanted).order_by(*ORDERS.get(wanted.order, ORDERS["since"]))


def groups(wanted: Wanted) -> list[Group]:
    """How many entries fit the words and the day, by body, scheme and status: what may be narrowed to what."""
    rows = matching(wanted).order_by().values_list("body", "scheme", "status").annotate(count=Count("id"))
    return [Group(*row) for row in rows]


def fits(group: Group, wanted: Wanted) -> bool:
    """Whether a group is among what somebody has narrowed a search to."""
    return (
        (not wanted.body or group.body == wanted.body)
        and (not wanted.schemes or group.scheme in wanted.schemes)
        and (not wanted.statuses or (group.scheme, group.status) in wanted.statuses)
    )


def matching(wanted: Wanted) -> QuerySet[EntryRow]:
    """The entries that fit the words and the day, whatever their body, scheme and status."""
    found = EntryRow.objects.all()
    held = parts(wanted.words)
    if held:
        every = Q()
        for part in held:
            every &= Q(words__reads=part) if len(part) < TRIGRAM or _is_common(part) else Q(words__holds=part)
        key = number_key(wanted.words[:LONGEST])
        if any(sign.isdigit() for sign in key):  # only then can it be a number
            every |= Q(key=key)
        found = found.filter(every)
    return _valid_on(found, wanted.on) if wanted.on is not None else found


def _narrowed(found: QuerySet[EntryRow], wanted: Wanted) -> QuerySet[EntryRow]:
    if wanted.body:
        found = found.filter(body=wanted.body)
    if wanted.schemes:
        found = found.filter(scheme__in=wanted.schemes)
    if wanted.statuses:
        by_status: dict[str, list[str]] = {}
        for scheme, status in wanted.statuses:
            by_status.setdefault(status, []).append(scheme)
        any_of = Q()
        for status, schemes in by_status.items():
            any_of |= Q(status=status, scheme__in=schemes)
        found = found.filter(any_of)
    return found


def _valid_on(found: QuerySet[EntryRow], day: date) -> QuerySet[EntryRow]:
    """Those that were valid on a day: they still are since before it, or the last change up to it says so."""
    steps = StepRow.objects.filter(entry=OuterRef("public"), on__lte=day).exclude(status="").order_by("-number")
    return found.alias(then=Subquery(steps.values("status")[:1])).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        Q(status=VALID, since__lte=day) | Q(then=VALID),
        granted__lte=day,
    )


def alike(words: str) -> EntryRow | None:
    """The entry whose number is meant by a mistyped one (O for 0, I for 1, no hyphens)."""
    key = number_key(words[:LONGEST])
    return EntryRow.objects.filter(key=key).first() if key else None


def newest() -> datetime | None:
    """The instant of the newest change in the register."""
    found: datetime | None = EntryRow.objects.aggregate(newest=Max("moved"))["newest"]
    return found
