"""/rules/: the schemes that bodies offer; one version of a scheme, whole, as anybody may read it, with its fees."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hefu.people.models import Offer
from hefu.rules.evolve import CERTIFICATE
from hefu.rules.versions import in_force
from hefu.web import kept, moment
from hefu.web.public import fresh, lengths, schemes, ways
from hefu.web.public.reader import readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from hefu.people.models import Body
    from hefu.rules.load.grammar import Clause
    from hefu.rules.model import Action, Clock, Ground, Machine, Scheme, State
    from hefu.web.words import Bilingual


class Limit(NamedTuple):
    """A time limit in words: of which processes, how long, at the latest, whose, what stops it and what follows."""

    clock: Clock
    machines: list[Machine]
    length: str
    latest: str
    settings: list[str]
    owner: Bilingual
    stops: tuple[str, ...]
    follows: Bilingual | None


class Group(NamedTuple):
    """Grounds on which acts are done, with the titles of those acts."""

    actions: list[Action]
    grounds: list[Ground]


class Meaning(NamedTuple):
    """A status, and what the clauses say of it."""

    state: State
    gists: list[Clause]


@require_safe
def rules(request: HttpRequest) -> HttpResponseBase:
    """What is offered, by body."""
    offered = schemes.offered()
    bodies: dict[Body, list[schemes.Offered]] = {}
    for one in offered:
        bodies.setdefault(one.body, []).append(one)
    parts = ("rules", [(one.body.name, one.body.name_en, one.scheme.digest, one.open) for one in offered])
    context = {"bodies": bodies, "public_name": schemes.name_of(next(iter(bodies))) if len(bodies) == 1 else ""}
    return fresh.answer(request, parts, lambda: render(request, "hefu/public/rules.html", context))


@require_safe
def newest(request: HttpRequest, scheme: str) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """The version that is in force."""
    found = schemes.current(scheme) if Offer.objects.filter(scheme=scheme).exists() else None
    if found is None:
        raise Http404
    return redirect("public:rules-of", found.id, found.version)


@require_safe
def rules_of(request: HttpRequest, scheme: str, version: str) -> HttpResponseBase:
    """One version. Its numbers are those of the body where one alone offers it, or of the one that is asked for."""
    offers = list(Offer.objects.filter(scheme=scheme).select_related("body").order_by("body__name"))
    chosen = next((one for one in offers if one.body_id == request.GET.get("body")), None)
    own = chosen or (offers[0] if len(offers) == 1 else None)
    law = schemes.of(scheme, version)
    if not offers or law is None:
        raise Http404
    if own is not None and own.settings:
        law = kept.store().laws.of(law.ref, json.dumps(own.settings, sort_keys=True)).scheme
    today = moment.today()
    current = in_force(law, today)
    offered = [schemes.Offered(one.body, law, one.open and current) for one in offers]
    theirs = readers(request, offered)
    said = [(one.body_id, one.body.name, one.settings, one.open, theirs.get(one.body_id)) for one in offers]
    parts = ("rules-of", law.ref, law.digest, said)
    context = {
        "law": law, "document": law.file.document, "current": current, "offered": offered, "own": own,
        "ways": ways.of(law, offered, theirs), "heard": ways.heard(law), "limits": _limits(law),
        "ground_groups": list(_groups(law)), "meanings": list(_meanings(law)), "fees": _of_kind(law, "fee"),
        "versions": schemes.versions(scheme), "chosen": own.body if own else None,
        "public_name": schemes.name_of(own.body) if own else "",
        "here": request.build_absolute_uri(reverse("public:rules-of", args=[scheme, version])),
    }  # fmt: skip
    return fresh.answer(request, parts, lambda: render(request, "hefu/public/rules-of.html", context))


def _limits(law: Scheme) -> list[Limit]:
    """Every limit; what several processes say alike stands there once."""
    found: dict[tuple[object, ...], Limit] = {}
    for clock in law.clocks.values():
        act = law.action(clock.duty.act if clock.duty else clock.automatic)
        limit = Limit(
            clock,
            [law.machines[clock.machine]],
            lengths.of_clock(law, clock),
            lengths.of_term(law, clock.latest) if clock.latest else "",
            lengths.settings_of(clock),
            law.file.roles[clock.owner].title,
            tuple(clause for pause in clock.pauses for clause in pause.clauses),
            act.title if act else clock.flag,
        )
        said = (clock.title, clock.firmness, clock.clauses, bool(clock.automatic), bool(clock.duty))
        alike = found.setdefault((*said, *map(str, limit[2:])), limit)
        if alike is not limit:
            alike.machines.extend(limit.machines)
    return list(found.values())


def _groups(law: Scheme) -> Iterator[Group]:
    """The grounds of the certificate first, then those of the processes."""
    machines = sorted(law.machines.values(), key=lambda machine: machine.name != CERTIFICATE)
    for machine in machines:
        for name, grounds in machine.grounds.items():
            actions = [action for action in machine.actions.values() if action.group == name]
            yield Group(actions, list(grounds.values()))


def _meanings(law: Scheme) -> Iterator[Meaning]:
    for state in law.machines[CERTIFICATE].states.values():
        yield Meaning(state, [law.clauses[one] for one in state.clauses if one in law.clauses])


def _of_kind(law: Scheme, kind: str) -> list[tuple[tuple[str], Clause]]:
    return [((name,), clause) for name, clause in law.clauses.items() if clause.kind == kind]
