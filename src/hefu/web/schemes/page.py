"""/schemes/: the schemes of one's bodies; one version of a scheme: what it is, and the lives that it governs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hefu.rules.dossier import Dossier
from hefu.rules.evolve import CERTIFICATE
from hefu.rules.explain import explain
from hefu.rules.versions import in_force
from hefu.rules.view import Actor
from hefu.web import moment
from hefu.web.bodies.told import words
from hefu.web.schemes.door import of_offered, offered, versions_of
from hefu.web.schemes.drawing import drawn
from hefu.web.staff.mine import of_a_body
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from hefu.rules.load.grammar import Setting
    from hefu.rules.model import Form, Scheme
    from hefu.web.schemes.door import Version

TABS = (
    ("page", _("Overview")), ("life", _("Lives")), ("clauses", _("Clauses")), ("proof", _("Checks")),
    ("compare", _("Versions compared")), ("try", _("What if")),
)  # fmt: skip
"""The pages of a version: the name of the address, and its title."""


class Row(NamedTuple):
    """A version in the list."""

    scheme: Scheme
    bodies: tuple[str, ...]
    current: bool


class Set(NamedTuple):
    """A setting: its default, and what each of the reader's bodies that sets it has set."""

    name: str
    setting: Setting
    default: str
    own: Mapping[str, str]


@of_a_body
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every version of every scheme that a body of the reader offers."""
    today = moment.today()
    rows = [
        Row(one, tuple(bodies), in_force(one, today))
        for name, bodies in offered(request).items() for one in versions_of(name)
    ]  # fmt: skip
    return render(request, "hefu/schemes/list.html", {"rows": rows})


@of_offered
@require_safe
def page(request: HttpRequest, version: Version) -> HttpResponse:
    """What a version is: identity, parties and roles, kinds, forms, settings; its first life and the certificate's."""
    scheme = version.scheme
    return render(request, "hefu/schemes/page.html", about(version, "page") | {
        "roles": _roles(scheme), "machines": list(scheme.machines.values()), "forms": _forms(scheme),
        "settings_rows": list(_settings(version)),
        "lives": [drawn(scheme, name) for name in (_first(scheme), CERTIFICATE)],
        "validity": [
            clock for clock in scheme.clocks.values() if clock.kind == "validity" and clock.machine == CERTIFICATE
        ],
    })  # fmt: skip


@of_offered
@require_safe
def lives(request: HttpRequest, version: Version, machine: str) -> HttpResponse:
    """One life: its drawing, and the same in tables."""
    if machine not in version.scheme.machines:
        raise Http404
    life = drawn(version.scheme, machine)
    machines = list(version.scheme.machines.values())
    return render(request, "hefu/schemes/life.html", about(version, "life") | {"life": life, "machines": machines})


def about(version: Version, tab: str) -> dict[str, Any]:
    """What every page of a version shows: its head and its tabs."""
    scheme = version.scheme
    document = scheme.file.document
    return {
        "scheme": scheme, "document": document, "versions": version.versions, "offers": version.offers,
        "current": in_force(scheme, moment.today()), "tabs": TABS, "tab": tab, "digest": scheme.digest,
        "first_machine": _first(scheme),
        "prospect": scheme.file.in_force.from_ > moment.today(),
    }  # fmt: skip


def _first(scheme: Scheme) -> str:
    """The process that somebody without a certificate goes through to be granted one."""
    everybody = Actor("", frozenset(scheme.file.roles))
    possible = explain(scheme, Dossier(scheme.ref), everybody, moment.today())
    begins = {one.action.machine for one in possible if one.permitted and one.action.opens}
    return min(scheme.machines.values(), key=lambda one: (not one.grants, one.name not in begins, one.name)).name


def _roles(scheme: Scheme) -> list[tuple[str, Any, int]]:
    """The roles: those of the parties first; each with the number of acts that it may do."""
    acts = [action for machine in scheme.machines.values() for action in machine.actions.values()]
    held = [(name, role, sum(name in action.by for action in acts)) for name, role in scheme.file.roles.items()]
    return sorted(held, key=lambda one: one[1].reach != "organisation")


def _forms(scheme: Scheme) -> list[Form]:
    return sorted(scheme.forms.values(), key=lambda form: (not form.number, form.number or form.id))


def _settings(version: Version) -> Iterable[Set]:
    for name, setting in version.scheme.file.settings.items():
        own = {body: words(setting, held[name]) for body, held in version.offers.items() if name in held}
        yield Set(name, setting, words(setting, setting.default), own)


def title(scheme: Scheme) -> str:
    """How a version is called on its pages."""
    return f"{scheme.file.document.id} {in_language(scheme.file.document.title)}"
