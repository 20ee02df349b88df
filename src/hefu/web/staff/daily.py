"""The first few rows of each of some days, whatever the number of rows.

Of what somebody sees all of there may be hundreds a day, and to rank or count them costs more than the whole page:
every day is looked up by itself, in one question, and no further than is shown. Of dossiers in which somebody is
named there are few, and all of their rows are read.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from hefu.web.staff.mine import every, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from hefu.web.staff.mine import Mine

STAND_IN = date(1, 1, 1)
"""A day on which nothing happens: it marks where the day of a question stands."""

Row = tuple[Any, ...]


class Asked(NamedTuple):
    """Which rows: `day` is the column of their day, `key` are the columns that name them."""

    rows: QuerySet[Any]
    day: str
    key: tuple[str, ...]


def few(mine: Mine, asked: Asked, days: Sequence[date], most: int) -> tuple[set[Row], frozenset[date]]:
    """The keys of at most so many rows of each day, and the days that have more."""
    found: dict[date, dict[Row, None]] = {}
    for day, *key in [*_each(mine, asked, days, most + 1), *_theirs(mine, asked, days)]:
        found.setdefault(day, {})[tuple(key)] = None
    shown = {(*key, day) for day, keys in found.items() for key in list(keys)[:most]}
    return shown, frozenset(day for day, keys in found.items() if len(keys) > most)


def _each(mine: Mine, asked: Asked, days: Sequence[date], most: int) -> Iterator[Row]:
    """Of what somebody sees all of: a question of as many parts as there are days, each with its own limit."""
    if not mine.whole:
        return
    one = asked.rows.filter(every(mine, "dossier__"), **{asked.day: STAND_IN}).values_list(*asked.key).distinct()[:most]
    sql, given = one.query.sql_with_params()
    adapt = connection.ops.adapt_datefield_value
    parts = (f"SELECT {place}, d{place}.* FROM ({sql}) d{place}" for place in range(len(days)))  # noqa: S608 - numbers
    words = [adapt(day) if value == adapt(STAND_IN) else value for day in days for value in given]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), words)
        for place, *key in cursor.fetchall():
            yield days[place], *key


def _theirs(mine: Mine, asked: Asked, days: Sequence[date]) -> Iterator[Row]:
    """All rows of the dossiers that somebody sees because they are named in them."""
    if set(mine.offers) - set(mine.whole):
        rows = asked.rows.filter(named(mine, "dossier__"), **{f"{asked.day}__range": (days[0], days[-1])})
        yield from rows.values_list(asked.day, *asked.key).distinct()
