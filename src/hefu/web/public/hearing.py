"""Who hears what the public writes, and by which acts it is taken up: both come from the schemes' data.

Somebody hears under a scheme who holds a role by which a complaint or an appeal may be registered there (or, of what is
being made public, an objection raised), as one of the body's people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from hefu.people.seeing import held_roles
from hefu.register.intake import OBJECTION, RECEIVED
from hefu.register.models import IntakeRow
from hefu.web import moment, nav
from hefu.web.dossier.begin import outside
from hefu.web.once import once
from hefu.web.public import schemes
from hefu.web.public.ways import HEARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from hefu.dossiers.store import Held
    from hefu.people.models import Account
    from hefu.rules.model import Action, Machine, Scheme


class Taking(NamedTuple):
    """An act by which something may be taken up in a dossier."""

    machine: Machine
    action: Action


@once
def heard_by(request: HttpRequest) -> frozenset[tuple[str, str]]:
    """The bodies and schemes under which the person who asks hears what the public writes."""
    return _heard_by(request.user) if request.user.is_authenticated else frozenset()


def hears(request: HttpRequest) -> bool:
    """Whether they hear anything at all."""
    return bool(heard_by(request))


def written_to(request: HttpRequest) -> QuerySet[IntakeRow]:
    """What was written to somebody, the oldest first."""
    mine = Q(pk__in=())
    for body, scheme in heard_by(request):
        mine |= Q(body=body, scheme=scheme)
    return IntakeRow.objects.filter(mine).order_by("received")


def waiting(request: HttpRequest) -> int:
    """How much of it nobody has taken up or answered, as far as the navigation tells."""
    return written_to(request).filter(state=RECEIVED)[: nav.MOST + 1].count()


def _heard_by(account: Account) -> frozenset[tuple[str, str]]:
    held = held_roles(account, moment.today())
    current = {name: schemes.current(name) for name in {one.scheme for one in held}}
    hearing = {name: hearing_roles(scheme) for name, scheme in current.items() if scheme is not None}
    return frozenset((one.body, one.scheme) for one in held if one.role in hearing.get(one.scheme, ()))


def hearing_roles(scheme: Scheme) -> frozenset[str]:
    """The roles of a body by which complaints and appeals are registered."""
    return frozenset(
        role
        for machine in scheme.machines.values() if machine.process_kind in HEARD
        for action in machine.actions.values() if action.opens
        for role in action.by if role in scheme.file.roles and not outside(scheme, role)
    )  # fmt: skip


def takings(row: IntakeRow, held: Held, roles: frozenset[str]) -> list[Taking]:
    """The acts by which somebody with these roles may take it up in a dossier; those of its own kind first."""
    found = list(_takings(held, roles, objections=row.kind == OBJECTION))
    return sorted(found, key=lambda one: one.machine.process_kind != row.kind)


def _takings(held: Held, roles: frozenset[str], *, objections: bool) -> Iterator[Taking]:
    for machine in held.law.scheme.machines.values():
        for action in machine.actions.values():
            if not action.by & roles:
                continue
            opens = action.opens and machine.process_kind in HEARD
            case = held.dossier.open_case(machine.name)
            raises = objections and bool(action.raises) and case is not None and case.state in action.sources
            if opens or (raises and _outside(held.law.scheme, action)):
                yield Taking(machine, action)


def _outside(scheme: Scheme, action: Action) -> bool:
    """Whether people from outside may do it too: then it is for what they bring forward."""
    return any(outside(scheme, role) for role in action.by)


def laid_out(row: IntakeRow, action: Action) -> dict[str, list[str]]:
    """A draft of the act's form with what was written: the text, and who wrote it, in the boxes of that kind."""
    typed: dict[str, list[str]] = {}
    who = " ".join(filter(None, (row.name, row.contact)))
    for kind, value in (("long-text", row.text), ("text", who)):
        field = next((field for field in action.form.fields if field.type == kind and not field.options), None)
        if field is not None and value:
            typed[field.id] = [value]
    return typed
