"""How people from outside come in: the acts that open a case and are theirs, with form, materials and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import NoReverseMatch, reverse

from hefu.web.dossier.begin import for_outsiders, outside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hefu.people.models import Body
    from hefu.rules.load.grammar import Clause
    from hefu.rules.model import Action, Field, Machine, Option, Rule, Scheme
    from hefu.web.public.reader import Reader
    from hefu.web.public.schemes import Offered
    from hefu.web.words import Bilingual

HEARD = frozenset({"appeal", "complaint"})
"""Kinds of processes in which a body hears complaints and appeals."""


class Material(NamedTuple):
    """Something that is handed in; `gists` are what its clauses say, among them the condition of a conditional one."""

    option: Option
    gists: tuple[Clause, ...]


class Part(NamedTuple):
    """A part of a form: its title, where it has one, and its questions."""

    title: Bilingual | None
    fields: list[Field]


class Way(NamedTuple):
    """An act by which somebody from outside opens a case.

    `begin`: where it is begun, by body; `shut`: who reads this cannot begin it there, and who they are to that body.
    """

    machine: Machine
    action: Action
    roles: list[Bilingual]
    closed: bool
    parts: list[Part]
    materials: list[Material]
    refusals: dict[tuple[str, ...], list[Clause]]
    begin: list[tuple[Body, str]]
    shut: list[tuple[Body, Reader]]


def of(scheme: Scheme, offered: Iterable[Offered], readers: Mapping[str, Reader]) -> list[Way]:
    """The ways in, those that lead to a certificate or to the list first; complaints and appeals stand elsewhere.

    Every button leads somewhere: `readers` says what whoever has signed in could begin, by body.
    """
    bodies = [one.body for one in offered if one.open]
    found = []
    for machine in sorted(scheme.machines.values(), key=lambda machine: (not machine.grants, bool(machine.like))):
        if machine.kind != "process" or machine.process_kind in HEARD:
            continue
        acts = [action for action in machine.actions.values() if for_outsiders(scheme, action)]
        found += [_way(scheme, machine, action, bodies, readers) for action in acts]
    return found


def heard(scheme: Scheme) -> list[tuple[Machine, list[Bilingual]]]:
    """The processes of complaints and appeals, with the titles of the roles that register them."""
    return [
        (machine, [scheme.file.roles[role].title for role in _opening(machine) if role in scheme.file.roles])
        for machine in scheme.machines.values()
        if machine.process_kind in HEARD
    ]


def _opening(machine: Machine) -> list[str]:
    return sorted({role for action in machine.actions.values() if action.opens for role in action.by})


def _way(scheme: Scheme, machine: Machine, action: Action, bodies: list[Body], readers: Mapping[str, Reader]) -> Way:
    known = [(body, readers.get(body.pk)) for body in bodies]
    shut = [(body, reader) for body, reader in known if reader is not None and action.id not in reader.acts]
    places = [body for body, reader in known if reader is None or action.id in reader.acts]
    roles = [scheme.file.roles[role] for role in sorted(action.by) if outside(scheme, role)]
    return Way(
        machine,
        action,
        [role.title for role in roles],
        not any(role.open for role in roles),
        list(_parts(action)),
        list(_materials(scheme, machine, action)),
        _refusals(scheme, action.rules),
        [(body, href) for body in places if (href := _begin(body, scheme, action))],
        shut,
    )


def _refusals(scheme: Scheme, rules: Iterable[Rule]) -> dict[tuple[str, ...], list[Clause]]:
    """By the clauses of each guard that can refuse the act what these clauses say; each once."""
    return {
        rule.clauses: [scheme.clauses[one] for one in rule.clauses if one in scheme.clauses]
        for rule in rules
        if rule.level != "warn"
    }


def _begin(body: Body, scheme: Scheme, action: Action) -> str:
    """Where somebody begins; nowhere, in an installation without that page."""
    try:
        return reverse("dossier:begin", args=[body.pk, scheme.id, action.id])
    except NoReverseMatch:
        return ""


def _parts(action: Action) -> Iterator[Part]:
    """The questions of a form under the titles of its parts; what is handed in has a list of its own."""
    part = Part(None, [])
    for field in action.form.fields:
        if field.id in action.form.sections:
            if part.fields:
                yield part
            part = Part(action.form.sections[field.id], [])
        if field.type != "materials":
            part.fields.append(field)
    if part.fields:
        yield part


def _materials(scheme: Scheme, machine: Machine, action: Action) -> Iterator[Material]:
    """What is handed in on the way to acceptance: with this act, or later in the same process by the same people."""
    seen = set()
    for other in (action, *machine.actions.values()):
        if not any(outside(scheme, role) for role in other.by):
            continue
        for field in other.form.fields:
            for option in field.options.values() if field.type == "materials" else ():
                if option.id not in seen:
                    seen.add(option.id)
                    gists = tuple(scheme.clauses[one] for one in option.clauses if one in scheme.clauses)
                    yield Material(option, gists)
