"""Search: dossiers, certificates, acts that wait, pages, people and clauses of somebody's own, by what they type.

The same view answers the page and, for htmx, the palette of the shell: then only what was found. Four queries, each
limited, and those of the work list; clauses are looked for in the schemes that are in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hefu.dossiers.models import CertificateRow, SubjectRow
from hefu.dossiers.search import holding as with_words
from hefu.dossiers.search import matching, newest, terms
from hefu.people.models import Account, Assignment
from hefu.people.ties import holding
from hefu.web import nav, notes
from hefu.web.schemes.clauses import reading
from hefu.web.staff.laws import newest as newest_scheme
from hefu.web.staff.laws import scheme_of, state_title
from hefu.web.staff.lines import lines
from hefu.web.staff.mine import dossiers, mine, of_a_body, seen
from hefu.web.staff.waiting import Asked, page_of, waiting
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from hefu.dossiers.models import DossierRow
    from hefu.web.staff.mine import Mine

LONG, SHORT = 50, 6
"""Of each kind: on the page, and in the palette."""
WAITING = 100
"""Of what waits for somebody, so many of the most urgent are looked through; more only in the dossiers found."""
NEAR = 400
"""Of all dossiers that have the words, so many of the newest are looked at first."""
LONGEST = 100
"""Characters of a query that are looked at."""


class Found(NamedTuple):
    """One line of what was found; `href` may be empty where there is nothing to open."""

    icon: str
    title: str
    more: str
    href: str


class Answer(NamedTuple):
    """What was found, by kind; `limit` of each, and whether there are more dossiers than that."""

    dossiers: list[Found]
    certificates: list[Found]
    acts: list[Found]
    pages: list[Found]
    clauses: list[Found]
    people: list[Found]
    more: bool

    def __bool__(self) -> bool:
        return bool(self.dossiers or self.certificates or self.acts or self.pages or self.clauses or self.people)


@of_a_body
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found for `q`."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    live = bool(request.headers.get("HX-Request"))
    answer = _answer(request, query, SHORT if live else LONG) if terms(query) else None
    name = "hefu/staff/parts/found.html" if live else "hefu/staff/search.html"
    return render(request, name, {"query": query, "answer": answer, "limit": LONG, "live": live})


def _answer(request: HttpRequest, query: str, limit: int) -> Answer:
    known, words = mine(request), terms(query)
    rows = _dossiers(known, words, limit + 1)
    held = [
        Found("folder", f"{row.title}　{row.subject.holder}", row.subject.unit, reverse("dossier:page", args=[row.pk]))
        for row in rows[:limit]
    ]
    ids = [row.pk for row in rows[:limit]]
    return Answer(
        held,
        _certificates(ids, words, limit),
        _acts(known, ids, words, limit),
        _pages(request, words, limit),
        _clauses(known, words, limit),
        _people(known, words, limit),
        len(rows) > limit,
    )


def _dossiers(known: Mine, words: list[str], most: int) -> list[DossierRow]:
    """The newest dossiers that have the words: looked for among the newest of all before among all.

    Whoever sees only the dossiers in which they are named has few, and those are looked through.
    """
    if not known.whole:
        own = SubjectRow.objects.filter(seen(known, "dossier__"), matching(words)).select_related("dossier")
        return [row.dossier for row in own.order_by("-dossier_id")[:most]]
    near = newest(words, NEAR)
    found = dossiers(known).select_related("subject").order_by("-pk")
    rows = list(found.filter(pk__in=near)[:most])
    if len(rows) == most or len(near) < NEAR:
        return rows
    return list(found.filter(with_words(words))[:most])


def _acts(known: Mine, ids: list[str], words: list[str], limit: int) -> list[Found]:
    """Acts that wait for somebody: those in the dossiers found, and the urgent ones whose own words were typed."""
    waits = waiting(known).filter(since__lte=known.on)
    here = page_of(waits.filter(dossier_id__in=ids), Asked(), 0, limit)
    urgent = page_of(waits, Asked(), 0, WAITING) if _names_an_act(known, words) else []
    rows = {(row.dossier_id, row.key, row.role): row for row in [*here, *urgent]}
    found: dict[str, Found] = {}
    for line in lines(list(rows.values()), known.on):
        for act in line.acts:
            text = f"{act.title} {line.dossier.title} {line.dossier.subject.holder}".casefold()
            if line.dossier.pk in ids or all(word in text for word in words):
                whose = f"{line.dossier.title}　{line.dossier.subject.holder}　{line.left}"
                found.setdefault(act.href, Found("fit", act.title, whose.strip(), act.href))
    return list(found.values())[:limit]


def _names_an_act(known: Mine, words: list[str]) -> bool:
    """Whether a word that was typed is part of the title of any act of one's schemes."""
    titles = (
        in_language(action.title).casefold()
        for name in known.schemes
        for machine in newest_scheme(name).machines.values()
        for action in machine.actions.values()
    )
    return any(word in title for title in titles for word in words)


def _pages(request: HttpRequest, words: list[str], limit: int) -> list[Found]:
    """The pages of the navigation whose title or heading has every term."""
    found = [
        Found(link.icon, str(link.title), str(group.heading), link.href)
        for portal in ("staff", "person")
        for group in nav.groups(request, portal)
        for link in group.links
        if all(word in f"{link.title} {group.heading}".casefold() for word in words)
    ]
    return found[:limit]


def _certificates(ids: list[str], words: list[str], limit: int) -> list[Found]:
    """The certificates of the dossiers that were found whose own number has one of the terms."""
    numbers = Q()
    for word in words:
        numbers |= Q(number__icontains=word)
    rows = CertificateRow.objects.filter(numbers, dossier_id__in=ids).select_related("dossier__subject")
    return [
        Found(
            "stamp",
            f"{row.number} {row.dossier.subject.holder}",
            state_title(scheme_of(row.dossier), "certificate", row.status),
            reverse("dossier:page", args=[row.dossier_id]),
        )
        for row in rows.order_by("number")[:limit]
    ]


def _people(known: Mine, words: list[str], limit: int) -> list[Found]:
    """The people of one's own bodies, by name; each leads to the dossiers in which they are named."""
    ties = Assignment.objects.filter(holding(known.on), body__in=known.bodies)
    found = Account.objects.filter(pk__in=ties.values("account"), is_active=True)
    for word in words:
        found = found.filter(name__icontains=word)
    listing = reverse("staff:dossiers")
    return [Found("user", one.name, "", f"{listing}?person={one.key}") for one in found.order_by("name", "pk")[:limit]]


def _clauses(known: Mine, words: list[str], limit: int) -> list[Found]:
    found = []
    for one in _said(known, words):
        found.append(one)
        if len(found) == limit:
            break
    return found


def _said(known: Mine, words: list[str]) -> Iterator[Found]:
    """The clauses of one's schemes in whose place or gist every term is found."""
    for name in known.schemes:
        scheme = newest_scheme(name)
        for ident, clause in scheme.clauses.items():
            place = notes.label(ident, scheme)
            text = f"{scheme.file.document.id} {place} {ident} {clause.zh} {clause.en}".casefold()
            if all(word in text for word in words):
                title = f"{scheme.file.document.id} {place}"
                yield Found("book", title, in_language(clause), reading(scheme, ident))
