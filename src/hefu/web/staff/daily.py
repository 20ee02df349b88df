"""The first few rows of each of some days, whatever the number of rows.

Of what somebody sees all of there may be hundreds a day, and to rank or count them costs more than the whole page:
every day is looked up by itself, in one question, and no further than is shown. Of dossiers in which somebody is
named there are few, and all of their rows are read.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Q

from hefu.web.staff.mine import every, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from hefu.web.staff.mine import Mine

STAND_IN = date(1, 1, 1)
"""A day on which nothing happens: it marks where the day of a question stands."""

Row = tuple[Any, ...]


class Asked(NamedTuple):
    """Which rows: those of the first questions come first; `day` is the column of their day, `key` names them."""

    rows: Sequence[QuerySet[Any]]
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
    """Of what somebody sees all of: every day by itself, each with its own limit, in one question to the database."""
    if not mine.whole:
        return
    apart = _by_joining if connection.vendor == "postgresql" else _by_adding
    texts, words = [], []
    for rows in asked.rows:
        one = rows.filter(every(mine, "dossier__"), **{asked.day: STAND_IN}).values_list(*asked.key)[:most]
        text, given = apart(*one.query.sql_with_params(), days)
        texts.append(text)
        words += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(texts), words)
        for place, *key in cursor.fetchall():
            yield days[place], *key


def _by_adding(text: str, given: Iterable[Any], days: Sequence[date]) -> tuple[str, list[Any]]:
    """A question of as many parts as there are days."""
    parts = (f"SELECT {place}, d{place}.* FROM ({text}) d{place}" for place in range(len(days)))  # noqa: S608 - numbers
    stands, told = _adapted(STAND_IN), map(_adapted, days)
    words = [day if value == stands else value for day in told for value in given]
    return " UNION ALL ".join(parts), words


def _by_joining(text: str, given: Iterable[Any], days: Sequence[date]) -> tuple[str, list[Any]]:
    """The same as one part, joined to the days: PostgreSQL would plan every part anew."""
    known, stands = list(given), _adapted(STAND_IN)
    one = text % tuple("days.day" if value == stands else "%s" for value in known)
    values = ", ".join(["(%s, %s::date)"] * len(days))
    words = [word for pair in enumerate(days) for word in pair] + [value for value in known if value != stands]
    joined = f"SELECT days.place, one.* FROM (VALUES {values}) days (place, day) CROSS JOIN LATERAL ({one}) one"  # noqa: S608 - marks
    return joined, words


def _adapted(day: date) -> object:
    """A day as the database gets it."""
    found: object = connection.ops.adapt_datefield_value(day)
    return found


def _theirs(mine: Mine, asked: Asked, days: Sequence[date]) -> Iterator[Row]:
    """All rows of the dossiers that somebody sees because they are named in them."""
    if set(mine.offers) - set(mine.whole):
        here = named(mine, "dossier__") & Q(**{f"{asked.day}__range": (days[0], days[-1])})
        parts = [rows.filter(here).values_list(asked.day, *asked.key) for rows in asked.rows]
        yield from parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
