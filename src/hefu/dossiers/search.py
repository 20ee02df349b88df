"""search: the dossiers in whose words (number, holder, code, unit, certificate numbers) every term is found.

From three characters on an index answers: FTS5 trigrams on SQLite, pg_trgm on PostgreSQL. A term of one or two
characters, as 北京 is, has no trigram and would be found nowhere, so it is looked for in the words themselves.
Of terms that very many dossiers have, the newest of these are found: whoever types 有限公司 will type more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections
from django.db.models import Q
from django.db.models.expressions import RawSQL

from hefu.dossiers.models import SubjectRow

if TYPE_CHECKING:
    from collections.abc import Iterable

TRIGRAM = 3
"""Characters that a term must have for the index to know it."""
TERMS = 6
"""Terms of a query that are looked at; nobody types more."""
MOST = 20_000
"""Dossiers among which a query looks further."""
INDEXED = f"SELECT rowid FROM hefu_search WHERE hefu_search MATCH %s ORDER BY rowid DESC LIMIT {MOST}"  # noqa: S608 - a number


def terms(query: str) -> list[str]:
    """The terms of what somebody typed, as the words are kept: without case, without NUL."""
    return query.replace("\0", "").casefold().split()[:TERMS]


def holding(words: Iterable[str], using: str = "default") -> Q:
    """The condition on dossiers that every one of these terms is found in their words."""
    rows = SubjectRow.objects.using(using).filter(matching(words, using))
    return Q(pk__in=rows.order_by("-id").values("dossier_id")[:MOST])


def newest(words: Iterable[str], most: int, using: str = "default") -> list[str]:
    """The newest dossiers in whose words every term is found; no further is looked than to so many."""
    rows = SubjectRow.objects.using(using).filter(matching(words, using))
    return list(rows.order_by("-id").values_list("dossier_id", flat=True)[:most])


def matching(words: Iterable[str], using: str = "default") -> Q:
    """The same condition on the rows that hold the words."""
    asked = list(words)
    lite = connections[using].vendor == "sqlite"
    long = [word for word in asked if lite and len(word) >= TRIGRAM]
    condition = Q()
    for word in asked:
        if word not in long:
            condition &= Q(words__contains=word)
    if long:
        query = " ".join('"' + word.replace('"', '""') + '"' for word in long)
        condition &= Q(id__in=RawSQL(INDEXED, (query,)))  # noqa: S611 - a constant text with a parameter
    return condition
