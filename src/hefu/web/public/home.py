"""/: the search of the register, and what it may be narrowed to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.cache import caches
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hefu.register import search
from hefu.register.search import Group, Wanted
from hefu.rules.evolve import CERTIFICATE
from hefu.web import moment
from hefu.web.limits import limited
from hefu.web.public import fresh, schemes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django.http.response import HttpResponseBase

    from hefu.people.models import Body
    from hefu.register.models import EntryRow
    from hefu.rules.model import Scheme, State

PAGE, PAGES = 20, 200
"""Entries on a page, and pages of one search: whoever needs more narrows it."""
A_MINUTE = 60
SEARCHES = 60
"""Searches that one address may make in a minute."""


class Choice(NamedTuple):
    """Something that a search may be narrowed to, with how many entries there are of it."""

    value: str
    title: Any
    note: str
    number: int
    chosen: bool


class Line(NamedTuple):
    """An entry as the list shows it; `over`: its last day has passed, whatever its status says."""

    entry: EntryRow
    scheme: Scheme | None
    state: State | None
    body: Body | None
    over: bool


class Pages(Paginator):  # type: ignore[type-arg]  # Django's own class takes none
    """Pages over entries that have been counted already."""

    def __init__(self, found: QuerySet[EntryRow], number: int) -> None:
        super().__init__(found, PAGE)
        self.__dict__["count"] = number

    @property
    def num_pages(self) -> int:
        return max(1, min(PAGES, -(-self.count // PAGE)))


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The start page, or the result of a search."""
    if request.GET:
        return _searched(request)
    newest = search.newest()
    return fresh.answer(
        request, ("home", newest, moment.now().at.replace(second=0, microsecond=0)), lambda: _page(request)
    )


@limited("search", per_minute=SEARCHES, methods=("GET",))
def _searched(request: HttpRequest) -> HttpResponse:
    response = _page(request)
    response.headers["X-Robots-Tag"] = "noindex, follow"
    response.headers["Cache-Control"] = fresh.ASK_AGAIN
    return response


def _page(request: HttpRequest) -> HttpResponse:
    asked, bodies = request.GET, schemes.bodies()
    words, on = asked.get("q", "").strip()[: search.LONGEST], _day(asked.get("on", ""))
    short = bool(words) and not search.enough(words)
    groups = [] if short else _groups(Wanted(words, on=on))
    known = _schemes(groups)
    wanted = Wanted(
        words, asked.get("body", "") if asked.get("body", "") in bodies else "",
        tuple(one for one in asked.getlist("scheme") if one in known), _statuses(asked.getlist("status"), known), on,
        asked.get("order", "") if asked.get("order", "") in search.ORDERS else "since",
    )  # fmt: skip
    total = sum(group.number for group in groups if search.fits(group, wanted))
    page = Pages(search.entries(wanted), total).get_page(asked.get("page"))
    context = {
        "wanted": wanted, "short": short, "page": page, "total": total, "capped": total > PAGE * PAGES,
        "everything": sum(one.number for one in groups), "at": moment.now().at, "on": on,
        "first": page.start_index(), "last": min(page.end_index(), total), "bodies": bodies.values(),
        "rows": [_line(entry, bodies) for entry in page] if total else [], "chips": _chips(asked, known, bodies),
        "scheme_choices": _scheme_choices(groups, known, wanted),
        "status_choices": _status_choices(groups, known, wanted),
        "narrowed": bool(wanted.body or wanted.schemes or wanted.statuses or on),
        "alike": search.alike(words) if words and not total else None, "public_name": _single(bodies),
    }  # fmt: skip
    return render(request, "hefu/public/home.html", context)


def _single(bodies: Mapping[str, Body]) -> str:
    """The name for the head of the page where the installation serves one body."""
    return schemes.name_of(next(iter(bodies.values()))) if len(bodies) == 1 else ""


def _groups(wanted: Wanted) -> list[Group]:
    """How many entries there are of what; those of the whole register are counted once a minute, or when it changes."""
    if wanted != Wanted():
        return search.groups(wanted)
    newest = search.newest()
    key = f"register:groups:{newest.timestamp() if newest else ''}"
    found: list[Group] | None = caches["local"].get(key)
    if found is None:
        found = search.groups(wanted)
        caches["local"].set(key, found, A_MINUTE)
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _schemes(groups: Iterable[Group]) -> dict[str, Scheme]:
    found = {name: schemes.current(name) for name in sorted({group.scheme for group in groups})}
    return {name: scheme for name, scheme in found.items() if scheme is not None}


def _statuses(values: Iterable[str], known: Mapping[str, Scheme]) -> tuple[tuple[str, str], ...]:
    """Pairs of scheme and status for values such as `list:removed`: statuses of all schemes of a kind."""
    found = set()
    for value in values:
        kind, _, status = value.partition(":")
        found |= {
            (name, status) for name, scheme in known.items()
            if scheme.file.kind == kind and status in scheme.machines[CERTIFICATE].states
        }  # fmt: skip
    return tuple(sorted(found))


def _line(entry: EntryRow, bodies: Mapping[str, Body]) -> Line:
    scheme = schemes.of(entry.scheme, entry.version)
    state = scheme.machines[CERTIFICATE].states.get(entry.status) if scheme else None
    over = entry.ended is not None or (entry.valid_to is not None and entry.valid_to < moment.today())
    return Line(entry, scheme, state, bodies.get(entry.body), over)


def _scheme_choices(groups: Sequence[Group], known: Mapping[str, Scheme], wanted: Wanted) -> list[Choice]:
    other = wanted._replace(schemes=())
    return [
        Choice(name, scheme.file.document.title, scheme.file.document.id,
               sum(group.number for group in groups if group.scheme == name and search.fits(group, other)),
               name in wanted.schemes)
        for name, scheme in known.items()
    ]  # fmt: skip


def _status_choices(
    groups: Sequence[Group], known: Mapping[str, Scheme], wanted: Wanted
) -> list[tuple[str, list[Choice]]]:
    """By kind of scheme, in the order in which its states stand."""
    other = wanted._replace(statuses=())
    found: dict[str, dict[str, Choice]] = {}
    for name, scheme in known.items():
        here = found.setdefault(scheme.file.kind, {})
        for state in scheme.machines[CERTIFICATE].states.values():
            number = sum(
                group.number for group in groups
                if (group.scheme, group.status) == (name, state.id) and search.fits(group, other)
            )  # fmt: skip
            before = here.get(state.id)
            value, chosen = f"{scheme.file.kind}:{state.id}", (name, state.id) in wanted.statuses
            here[state.id] = Choice(value, state.title, state.id, number + (before.number if before else 0), chosen)
    return [(kind, list(choices.values())) for kind, choices in found.items()]


def _chips(asked: QueryDict, known: Mapping[str, Scheme], bodies: Mapping[str, Body]) -> list[tuple[Any, str, str]]:
    """What a search is narrowed to: a title, or the name of what it is, its value, and the address without it."""
    found = []
    for name in ("scheme", "status", "body", "on"):
        for value in asked.getlist(name):
            rest = asked.copy()
            rest.setlist(name, [one for one in asked.getlist(name) if one != value])
            rest.pop("page", None)
            title = _title(name, value, known, bodies)
            if title is not None:
                found.append((title, name, f"?{rest.urlencode()}" if rest else "."))
    return found


def _title(name: str, value: str, known: Mapping[str, Scheme], bodies: Mapping[str, Body]) -> Any:  # noqa: ANN401 - a text of a scheme, or words
    if name == "scheme":
        return known[value].file.document.title if value in known else None
    if name == "status":
        kind, _, status = value.partition(":")
        held = (
            scheme.machines[CERTIFICATE].states.get(status) for scheme in known.values() if scheme.file.kind == kind
        )
        state = next(filter(None, held), None)
        return state.title if state else None
    if name == "on":
        return _day(value)
    return schemes.name_of(bodies.get(value)) or None
