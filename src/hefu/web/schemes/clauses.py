"""The clauses of a version: what each says, how it is treated, where it lives, which scenario steps exercise it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from hefu.rules.place import cited
from hefu.rules.replay.proof import proven
from hefu.web import kept, notes
from hefu.web.papers.wording import quotes
from hefu.web.schemes.door import of_offered
from hefu.web.schemes.page import about
from hefu.web.words import CLAUSE_KINDS, TREATMENTS, in_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from hefu.rules.load.grammar import Clause
    from hefu.rules.model import Scheme
    from hefu.rules.replay.proof import Proof
    from hefu.web.schemes.door import Version

LENGTH = 40
"""Clauses on a page."""
LONGEST = 100
"""Characters of a search that are looked at."""
HELD = 4
"""Homes that stand beside a clause; the rest opens."""
HOMES = {
    "act": pgettext_lazy("home of a clause", "act"), "guard": pgettext_lazy("home of a clause", "condition"),
    "clock": pgettext_lazy("home of a clause", "clock"), "pause": pgettext_lazy("home of a clause", "clock stop"),
    "ground": pgettext_lazy("home of a clause", "ground"),
    "separation": pgettext_lazy("home of a clause", "separation"),
    "state": pgettext_lazy("home of a clause", "state"), "duty": pgettext_lazy("home of a clause", "duty"),
    "certificate": pgettext_lazy("home of a clause", "certificate"),
    "material": pgettext_lazy("home of a clause", "material"), "field": pgettext_lazy("home of a clause", "field"),
    "option": pgettext_lazy("home of a clause", "option"), "case": pgettext_lazy("home of a clause", "case"),
    "setting": pgettext_lazy("home of a clause", "setting"), "document": pgettext_lazy("home of a clause", "document"),
    "basis": pgettext_lazy("home of a clause", "basis"), "stage": pgettext_lazy("home of a clause", "stage"),
    "role": pgettext_lazy("home of a clause", "role"), "fact": pgettext_lazy("home of a clause", "fact"),
    "form": pgettext_lazy("home of a clause", "form"), "machine": pgettext_lazy("home of a clause", "process"),
    "notice": pgettext_lazy("home of a clause", "notice"),
    "published": pgettext_lazy("home of a clause", "publication"),
    "reported": pgettext_lazy("home of a clause", "report"),
}  # fmt: skip
"""The kinds of constructs that name clauses (rules/check/homes.py), in words."""
LOOKS = {
    "guard": 2,
    "separation": 2,
    "ground": 2,
    "field": 3,
    "material": 3,
    "option": 3,
    "form": 3,
    "clock": 4,
    "pause": 4,
}
"""The colour of a home: acts, conditions, forms, clocks; the rest is plain."""


class Home(NamedTuple):
    """Where a clause lives: the kind of construct in words, its address, its colour."""

    kind: str
    address: str
    look: int


class Said(NamedTuple):
    """A clause on the page; `steps` are those that exercise it, each with the scenario to try.

    `homes` are the first few constructs that name it, `rest` the others.
    """

    id: str
    clause: Clause
    place: str
    kind: str
    treatment: str
    homes: tuple[Home, ...]
    rest: tuple[Home, ...]
    places: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    wording: str


class Chapter(NamedTuple):
    """A file of the index as a chapter: its name, its first heading, how many clauses stand in it."""

    name: str
    title: str
    number: int


class Part(NamedTuple):
    """How many clauses are treated so, and where their piece of the bar begins and how wide it is, in hundredths."""

    name: str
    title: str
    number: int
    start: float
    width: float
    look: int


@of_offered
@require_safe
def clauses(request: HttpRequest, version: Version) -> HttpResponse:
    """The clauses that the filters leave."""
    scheme, proof = version.scheme, proven(version.folder, kept.shared())
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ("treatment", "chapter", "q", "at")}
    wording = quotes(request, scheme)
    found = list(_found(scheme, proof, asked, wording))
    pages = Paginator(found, LENGTH)
    number = request.GET.get("page")
    if asked["at"] in found:
        number = str(found.index(asked["at"]) // LENGTH + 1)
    page = pages.get_page(number)
    rows = {row["id"]: row for row in proof.clauses}
    return render(request, "hefu/schemes/clauses.html", about(version, "clauses") | {
        "page": page, "asked": asked, "chapters": _chapters(scheme, proof), "parts": _parts(scheme),
        "lines": [_said(scheme, proof, rows[ident], wording) for ident in page], "all": len(scheme.clauses),
        "loaded": bool(wording),
    })  # fmt: skip


def reading(scheme: Scheme, clause: str) -> str:
    """The address at which a clause is read, on whichever page of the list it stands."""
    page = reverse("schemes:clauses", args=[scheme.id, scheme.version])
    return f"{page}?{urlencode({'at': clause})}#{anchor(clause)}"


def anchor(clause: str) -> str:
    """The id of a clause on the page."""
    return f"clause-{notes.NOT_IN_IDS.sub('-', clause.lower()).strip('-')}"


def _found(scheme: Scheme, proof: Proof, asked: Mapping[str, str], wording: Mapping[str, str]) -> Iterator[str]:
    words = asked["q"].casefold().split()
    for ident, clause in scheme.clauses.items():
        if asked["treatment"] and clause.treatment != asked["treatment"]:
            continue
        if asked["chapter"] and proof.chapters.get(ident) != asked["chapter"]:
            continue
        text = f"{notes.label((ident,), scheme)} {ident} {clause.zh} {clause.en} {wording.get(ident, '')}".casefold()
        if all(word in text for word in words):
            yield ident


def _said(scheme: Scheme, proof: Proof, row: Mapping[str, Any], wording: Mapping[str, str]) -> Said:
    ident = row["id"]
    clause = scheme.clauses[ident]
    parts = (home.partition(" ") for home in row["by"])
    homes = tuple(Home(str(HOMES.get(kind, kind)), address, LOOKS.get(kind, 1)) for kind, _, address in parts)
    steps = tuple((step, step.partition("#")[0]) for step in row["exercised"])
    return Said(
        ident, clause, notes.label((ident,), scheme), str(CLAUSE_KINDS[clause.kind]), str(TREATMENTS[clause.treatment]),
        homes[:HELD], homes[HELD:],
        tuple(_short(scheme, place.file, place.line) for place in proof.places.get(ident, ())),
        steps, wording.get(ident, ""),
    )  # fmt: skip


def _short(scheme: Scheme, file: str, line: int) -> str:
    """A place within the folder of the scheme: clauses/06.yaml:12."""
    _, found, rest = file.rpartition(f"{scheme.id}/{scheme.version}/")
    return f"{rest if found else file.rpartition('/')[2]}:{line}"


def _chapters(scheme: Scheme, proof: Proof) -> list[Chapter]:
    first: dict[str, str] = {}
    for ident, name in proof.chapters.items():
        first.setdefault(name, ident)
    number = Counter(proof.chapters.values())
    return [Chapter(name, _heading(scheme, ident), number[name]) for name, ident in first.items()]


def _heading(scheme: Scheme, ident: str) -> str:
    """A place and its title, which is said once where the place is cited by it."""
    place, title = scheme.places[ident]
    return " ".join(dict.fromkeys((in_language(cited(place, title)), in_language(title))))


def _parts(scheme: Scheme) -> list[Part]:
    number = Counter(str(clause.treatment) for clause in scheme.clauses.values())
    found, start = [], 0.0
    for look, (name, title) in enumerate(TREATMENTS.items(), 1):
        width = 100 * number[name] / len(scheme.clauses)
        found.append(Part(name, str(title), number[name], start, width, 5 if name == "informative" else look))
        start += width
    return found
