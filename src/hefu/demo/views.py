"""The sign-in of the demonstration, which exists there only: one person of each role, by body; and the tour."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth import login
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from hefu.demo.tour import DOMAIN, stops
from hefu.people.models import Account, Assignment, Body, Employment, Offer, Standing
from hefu.rules.model import Text
from hefu.web import kept, moment
from hefu.web.back import back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

APPLICANT = Text("申请或获证组织", "applicant or holder")
SUSPENDED = "certification:suspended"
"""The filter of the register that leaves suspended certificates."""
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Person(NamedTuple):
    """Somebody one may be: their name, and what they are."""

    account: Account
    titles: list[Text]


class Group(NamedTuple):
    """The people of a body, or those from outside."""

    name: str
    english: str
    people: list[Person]


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Whom one may be."""
    return render(request, "hefu/demo/choose.html", {"cast": list(_groups())})


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Two minutes through the product."""
    return render(request, "hefu/demo/tour.html", {"stops": stops(), "suspended": urlencode({"status": SUSPENDED})})


@require_POST
def become(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as somebody of the demonstration, and go where the tour goes on."""
    account = get_object_or_404(Account, key=key, email__endswith=DOMAIN)
    login(request, account, backend=BACKEND)
    return back(request) if "next" in request.POST else HttpResponseRedirect(reverse("home"))


def _groups() -> Iterator[Group]:
    """Everybody, those from outside first; what they are comes from the schemes that their body offers."""
    today = moment.today()
    standings = {tie.organisation_id: _titles(tie.body)[tie.role] for tie in Standing.objects.select_related("body")}
    outside = [
        Person(tie.account, [Text(held.name, held.name_en), standings.get(held.pk, APPLICANT)])
        for tie in Employment.objects.select_related("account", "organisation").order_by("pk")
        for held in (tie.organisation,)
    ]
    yield Group("申请与获证组织、检测机构、会员单位", "Applicants and holders, laboratory, members", outside)
    for body in Body.objects.order_by("pk"):
        words = _titles(body)
        people: dict[Account, list[Text]] = {}
        ties = Assignment.objects.filter(body=body).select_related("account").order_by("pk")
        for tie in ties:
            if tie.holds(today):
                people.setdefault(tie.account, []).append(words.get(tie.role, Text("管理员", "Administrator")))
        yield Group(body.name, body.name_en, [Person(*item) for item in people.items()])
    operators = Account.objects.filter(operator=True)
    yield Group("运行", "Operation", [Person(account, [Text("运维人员", "Operator")]) for account in operators])


def _titles(body: Body) -> dict[str, Text]:
    """The titles of roles in the schemes of a body, without what a document adds in brackets."""
    found: dict[str, Text] = {}
    for offered in Offer.objects.filter(body=body).values_list("scheme", flat=True):
        roles = kept.scheme(offered).file.roles
        found |= {key: Text(role.title.zh, role.title.en) for key, role in roles.items()}
    return found
