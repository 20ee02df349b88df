"""Numbers by a pattern of the body: of dossiers, with a serial that has no gaps in a year, and of certificates.

A pattern is text with blanks: {scheme} the scheme's id, {year} or {yy} the year, {serial:4} the serial in four digits
or more. It must have the serial and the year, because the serials of a body under a scheme begin anew each year; then
no two numbers of one pattern are the same. `given_already` and `meet` find out whether another pattern gives one too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction

from hefu.dossiers.models import CertificateRow, DossierRow, SerialRow

if TYPE_CHECKING:
    from collections.abc import Iterator

DOSSIER, CERTIFICATE = "dossier", "certificate"
"""By these names a body's offer holds its patterns."""
PATTERN = "{scheme}-{year}-{serial:4}"
"""WAL-QP-21-2026-0007. For certificates there is none of the product's own."""
LONGEST = 40
"""Characters of a number with a serial of as many digits as it asks for."""
CENTURY = 100
_BLANK = re.compile(r"\{(?:(scheme|year|yy)|serial(?::([1-9]))?)\}")
_TEXT = re.compile(r"[\w.()（）〔〕\[\]-]*")


def faults(pattern: str, scheme: str) -> Iterator[str]:
    """What is wrong with a pattern, as codes: text, serial, year, long."""
    blanks = [match[1] or "serial" for match in _BLANK.finditer(pattern)]
    if not _TEXT.fullmatch(_BLANK.sub("", pattern)):
        yield "text"
    if blanks.count("serial") != 1:
        yield "serial"
    if not {"year", "yy"}.intersection(blanks):
        yield "year"
    if len(formed(pattern, scheme, 2000, 1)) > LONGEST:
        yield "long"


def formed(pattern: str, scheme: str, year: int, serial: int) -> str:
    """The number with this serial."""
    words = {"scheme": scheme.upper(), "year": str(year), "yy": f"{year % CENTURY:02d}"}

    def filled(blank: re.Match[str]) -> str:
        return words[blank[1]] if blank[1] else str(serial).zfill(int(blank[2] or 1))

    return _BLANK.sub(filled, pattern)


def next_number(body: str, scheme: str, year: int, pattern: str = PATTERN) -> str:
    """The next number of a body under a scheme, taken in the caller's transaction."""
    with transaction.atomic():
        SerialRow.objects.get_or_create(body=body, scheme=scheme, year=year)
        row = SerialRow.objects.select_for_update().get(body=body, scheme=scheme, year=year)
        row.last += 1
        row.save(update_fields=("last",))
    return formed(pattern, scheme, year, row.last)


def coming(body: str, scheme: str, year: int, pattern: str = PATTERN) -> str:
    """The number that the next dossier would get, as things stand."""
    return formed(pattern, scheme, year, last_serial(body, scheme, year) + 1)


def last_serial(body: str, scheme: str, year: int) -> int:
    """The last serial given in a year; 0 before the first."""
    row = SerialRow.objects.filter(body=body, scheme=scheme, year=year).first()
    return row.last if row else 0


def next_certificate(body: str, scheme: str, year: int, pattern: str) -> str:
    """The number after the highest that a certificate of the body has by this pattern in a year, as things stand.

    It is given out with the act that makes the certificate (`give_certificate`); two acts under way may be shown the
    same one.
    """
    like = _like(pattern, scheme)
    rows = CertificateRow.objects.filter(dossier__body=body, number__startswith=_around(pattern, scheme, year)[0])
    found = (like.fullmatch(number) for number in rows.values_list("number", flat=True).iterator())
    serials = (int(match["serial"]) for match in found if match and _year(match, year) == year)
    return formed(pattern, scheme, year, max(serials, default=0) + 1)


def give_certificate(body: str, scheme: str, year: int, pattern: str) -> str:
    """The next number of a certificate, in the caller's transaction: whoever comes meanwhile gets the one after it."""
    _in_turn(body)
    return next_certificate(body, scheme, year, pattern)


def taken(body: str, dossier: str, number: str) -> bool:
    """Whether a certificate of another dossier has a number; until the caller has ended nobody of the body gives it."""
    _in_turn(body)
    rows = CertificateRow.objects.filter(dossier__body=body, number=number)
    return rows.exclude(dossier_id=dossier).exists()


def _in_turn(body: str) -> None:
    """One after another in a body, whatever the scheme and the year: until the caller's transaction ends."""
    SerialRow.objects.get_or_create(body=body, scheme="", year=0)
    SerialRow.objects.select_for_update().get(body=body, scheme="", year=0)


def given_already(body: str, scheme: str, year: int, pattern: str) -> str:
    """A number that a dossier of the body has already, and that the pattern would give again; else empty.

    It reads every number of the body: for the moment in which somebody changes a pattern.
    """
    like, last = _like(pattern, scheme), last_serial(body, scheme, year)
    for title in DossierRow.objects.filter(body=body).values_list("title", flat=True).iterator():
        found = like.fullmatch(title)
        if found and _ahead(found, year, last):
            return title
    return ""


def meet(pattern: str, scheme: str, other: str, under: str, year: int) -> bool:
    """Whether two patterns, each under its scheme, can give the same number in a year: digits may be the serial's."""
    ours, theirs = _around(pattern, scheme, year), _around(other, under, year)
    return _reaches(ours[0], theirs[0]) and _reaches(ours[1][::-1], theirs[1][::-1])


def _around(pattern: str, scheme: str, year: int) -> tuple[str, str]:
    """What stands before and after the serial."""
    serial = next(blank for blank in _BLANK.finditer(pattern) if not blank[1])
    before, after = pattern[: serial.start()], pattern[serial.end() :]
    return formed(before, scheme, year, 0), formed(after, scheme, year, 0)


def _reaches(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    rest = long.removeprefix(short)
    return long.startswith(short) and (not rest or (rest.isascii() and rest.isdecimal()))


def _ahead(found: re.Match[str], year: int, last: int) -> bool:
    """Whether a number lies before the body: in this year after the last serial, or in a year to come."""
    then = _year(found, year)
    return then > year or (then == year and int(found["serial"]) > last)


def _year(found: re.Match[str], year: int) -> int:
    """The year in a number; of two digits, in the present century."""
    parts = found.groupdict()
    return int(parts["year"]) if parts.get("year") else year - year % CENTURY + int(parts["yy"])


def _like(pattern: str, scheme: str) -> re.Pattern[str]:
    """What every number of a pattern looks like; a blank that comes a second time says the same again."""
    found, at, seen = "", 0, set[str]()
    for blank in _BLANK.finditer(pattern):
        name = blank[1] or "serial"
        shape = {"scheme": re.escape(scheme.upper()), "year": r"\d{4}", "yy": r"\d\d"}.get(name) or _digits(blank[2])
        found += re.escape(pattern[at : blank.start()]) + (f"(?P={name})" if name in seen else f"(?P<{name}>{shape})")
        seen.add(name)
        at = blank.end()
    return re.compile(found + re.escape(pattern[at:]), re.ASCII)


def _digits(width: str | None) -> str:
    return rf"\d{{{width or 1},9}}"
