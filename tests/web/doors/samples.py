"""Every address of the product, read from its resolver, and for each the things of one case that it is tried with.

A new address needs sample arguments here before anything else passes, and with them it is known whose it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from allauth.usersessions.models import UserSession
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils.http import int_to_base36

from hefu.notices.models import NoticeRow
from hefu.papers.arrivals import announce
from hefu.papers.models import Upload
from hefu.people.actor import actor
from hefu.people.invitations import invite_to_body
from hefu.people.models import Account, Assignment, Competence, Delegation, Employment, Interest, Standing
from hefu.register import intake
from hefu.register.models import EntryRow, StepRow
from hefu.rules.explain import explain
from hefu.web.dossier.acts import addressed
from hefu.web.staff.models import SavedView
from tests.papers.makers import PDF, documents_of, handed
from tests.web.doors.knocking import BACKEND
from tests.web.doors.quarter import ADMIN, CLIENT, NOW, SINCE, STAFF, STRANGER, TODAY, Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.dossiers.store import Store

ANYBODYS, CASES, BODYS, SOMEBODYS = "anybody's", "the case's", "the body's", "somebody's own"


class Address(NamedTuple):
    """A pattern of the resolver: its route, by which it is known, and the path as Python fills it in."""

    route: str
    path: str
    arguments: tuple[str, ...]


class Sample(NamedTuple):
    """Whose the address is, and its arguments."""

    whose: str
    arguments: dict[str, Any]


def addresses() -> list[Address]:
    """Every address, once each, in the order in which the resolver tries them."""
    found: dict[str, Address] = {}
    for route in _walked(get_resolver()):
        address = _address(route)
        found.setdefault(address.route, address)
    return list(found.values())


def _walked(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for item in resolver.url_patterns:
        route = before + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from _walked(item, route)
        else:
            yield route


_NAMED = re.compile(r"\(\?P<(\w+)>.*?\)(?=[/$-])")
_TYPED = re.compile(r"<(?:\w+:)?(\w+)>")


def _address(route: str) -> Address:
    plain = _NAMED.sub(r"<\1>", route.replace("^", "")).removesuffix("$").replace(r"\Z", "")
    assert "(" not in plain, f"cannot read the address {route}"
    return Address("/" + _TYPED.sub(r"<\1>", plain), "/" + _TYPED.sub(r"{\1}", plain), tuple(_TYPED.findall(plain)))


def samples(store: Store, case: Case) -> dict[str, Sample]:
    """For each route with arguments, whose it is and the arguments, from things made for one case."""
    own = _own(case)
    body = _of_the_body(case)
    there = {"dossier": case.held.id}
    do, item = _act_on_item(case)
    said = documents_of(store, case.held)[0]
    scheme, version = case.row.scheme.split("@")
    read = {"scheme": scheme, "version": version}
    entry, step = EntryRow.objects.earliest("id"), StepRow.objects.exclude(name="").earliest("id")
    begins = next(a for m in case.held.law.scheme.machines.values() for a in m.actions.values() if a.opens)
    written = _written(case)
    declared = next(iter(case.held.law.scheme.file.settings))
    setting = {"body": case.body, "scheme": scheme, "kind": "setting", "name": declared}
    found = {
        "/d/<dossier>/": (CASES, there),
        "/d/<dossier>/export/": (CASES, there),
        "/d/<dossier>/do/<do>/": (CASES, {**there, "do": _act(case)}),
        "/d/<dossier>/do/<do>/<item>/": (CASES, {**there, "do": do, "item": item}),
        "/d/<dossier>/<shown>/": (CASES, {**there, "shown": "papers"}),
        "/d/<dossier>/forms/<number>/": (CASES, {**there, "number": said.number}),
        "/d/<dossier>/forms/<number>/<form>/": (CASES, {**there, "number": said.number, "form": said.form.id}),
        "/uploads/<upload_id>/": (CASES, {"upload_id": own["bound"]}),
        "/begin/<body>/<scheme>/<do>/": (ANYBODYS, {"body": case.body, "scheme": scheme, "do": begins.id}),
        "/work/views/<number>/": (SOMEBODYS, {"number": own["view"]}),
        "/notices/<number>/": (SOMEBODYS, {"number": own["notice"]}),
        "/notices/<number>/open/": (SOMEBODYS, {"number": own["notice"]}),
        "/notices/<number>/read/": (SOMEBODYS, {"number": own["notice"]}),
        "/uploads/arriving/<arrival_id>/": (SOMEBODYS, {"arrival_id": own["arrival"]}),
        "/uploads/<upload_id>/forget/": (SOMEBODYS, {"upload_id": own["loose"]}),
        "/account/organisations/<uscc>/": (SOMEBODYS, {"uscc": own["uscc"]}),
        "/account/sessions/<number>/": (SOMEBODYS, {"number": own["session"]}),
        "/account/interests/<number>/": (SOMEBODYS, {"number": own["interest"]}),
        "/account/absences/<number>/end/": (SOMEBODYS, {"number": own["absence"]}),
        "/bodies/<body>/wording/": (BODYS, {"body": case.body}),
        "/bodies/<body>/administrators/": (BODYS, {"body": case.body}),
        "/bodies/<body>/settings/": (BODYS, {"body": case.body}),
        "/bodies/<body>/settings/history/": (BODYS, {"body": case.body}),
        "/bodies/<body>/settings/take-up/": (BODYS, {"body": case.body}),
        "/bodies/<body>/settings/<scheme>/open/": (BODYS, {"body": case.body, "scheme": scheme}),
        "/bodies/<body>/settings/<scheme>/<kind>/<name>/": (BODYS, setting),
        "/bodies/<body>/settings/<scheme>/<kind>/<name>/sheet.csv": (BODYS, setting),
        "/bodies/<body>/people/": (BODYS, {"body": case.body}),
        "/bodies/<body>/people/invite/": (BODYS, {"body": case.body}),
        "/bodies/<body>/people/invitations/<number>/withdraw/": (
            BODYS,
            {"body": case.body, "number": own["invitation"]},
        ),
        "/bodies/<body>/people/<key>/": (BODYS, body),
        "/bodies/<body>/people/<key>/roles/<number>/": (BODYS, {**body, "number": own["role"]}),
        "/bodies/<body>/people/<key>/absences/<number>/": (BODYS, {**body, "number": own["absence"]}),
        "/bodies/<body>/competence/": (BODYS, {"body": case.body}),
        "/bodies/<body>/competence/<number>/": (BODYS, {"body": case.body, "number": own["competence"]}),
        "/bodies/<body>/standings/": (BODYS, {"body": case.body}),
        "/bodies/<body>/standings/<number>/": (BODYS, {"body": case.body, "number": own["standing"]}),
        "/intake/<number>/": (CASES, {"number": written}),
        "/intake/<number>/take/": (CASES, {"number": written}),
        "/intake/<number>/answer/": (CASES, {"number": written}),
        "/intake/<number>/about/": (CASES, {"number": written}),
        "/intake/<number>/files/<upload_id>/": (CASES, {"number": written, "upload_id": own["sent"]}),
        "/operator/outbox/<dossier>/<number>/": (SOMEBODYS, {"dossier": case.row.id, "number": 1}),
        "/operator/mails/<notice>/": (SOMEBODYS, {"notice": own["notice"]}),
        "/schemes/<ref>/forms/<form>/": (ANYBODYS, {"ref": case.row.scheme, "form": said.form.id}),
        "/schemes/<scheme>/<version>/": (BODYS, read),
        "/schemes/<scheme>/<version>/life/<machine>/": (BODYS, {**read, "machine": begins.machine}),
        "/schemes/<scheme>/<version>/clauses/": (BODYS, read),
        "/schemes/<scheme>/<version>/proof/": (BODYS, read),
        "/schemes/<scheme>/<version>/compare/": (BODYS, read),
        "/schemes/<scheme>/<version>/try/": (BODYS, read),
        "/c/<public>/": (ANYBODYS, {"public": entry.public}),
        "/c/<public>.json": (ANYBODYS, {"public": entry.public}),
        "/announcements/<public>/": (ANYBODYS, {"public": step.public}),
        "/announcements/of/<body>.atom": (ANYBODYS, {"body": case.body}),
        "/rules/<scheme>/": (ANYBODYS, {"scheme": scheme}),
        "/rules/<scheme>/<version>/": (ANYBODYS, {"scheme": scheme, "version": version}),
        "/sitemap/<number>.xml": (ANYBODYS, {"number": 1}),
        "/account/invitation/<secret>/": (ANYBODYS, {"secret": own["secret"]}),
        "/account/confirm-email/<key>/": (ANYBODYS, {"key": "MQ:1abcde:x"}),
        "/account/password/reset/key/<uidb36>-<key>/": (ANYBODYS, own["reset"]),
        "/account/2fa/webauthn/keys/<pk>/remove/": (SOMEBODYS, {"pk": 1}),
        "/account/2fa/webauthn/keys/<pk>/edit/": (SOMEBODYS, {"pk": 1}),
        "/account/oidc/<provider_id>/login/": (ANYBODYS, {"provider_id": "nobody"}),
        "/account/oidc/<provider_id>/login/callback/": (ANYBODYS, {"provider_id": "nobody"}),
    }
    return {route: Sample(*sample) for route, sample in found.items()}


def _of_the_body(case: Case) -> dict[str, Any]:
    return {"body": case.body, "key": case.one(STAFF).key}


def _act(case: Case) -> str:
    """An act that somebody can do now."""
    return str(_possible(case, items=False)[0])


def _act_on_item(case: Case) -> Any:  # noqa: ANN401 - a pair of words
    """An act on an item, and the item; where a case has none, an item that is not there."""
    return _possible(case, items=True) or ("finding.verify", "no-such-item")


def _possible(case: Case, *, items: bool) -> Any:  # noqa: ANN401 - a pair, or nothing
    scheme, dossier = case.held.law.scheme, case.held.dossier
    for who in case.people:
        if who.account is None or who.group not in (STAFF, CLIENT):
            continue
        known = actor(who.account, case.body, scheme.id, TODAY)
        for possible in explain(scheme, dossier, known, TODAY):
            machine = scheme.machines[possible.action.machine]
            item = addressed(machine, possible.action, possible.subject)
            if possible.action.by & known.roles and bool(item) == items:
                return possible.action.id, item
    return None


def _written(case: Case) -> int:
    """Somebody has complained about it."""
    scheme = case.row.scheme.partition("@")[0]
    told = intake.Written(
        case.body, intake.COMPLAINT, case.body, scheme, "", "", case.held.id, "某人", "x@example.org", "投诉"
    )
    row = intake.receive(told, NOW.at).row
    Upload.objects.filter(name=f"sent-{case.body}.pdf").update(dossier=intake.place_of(row))
    return int(row.pk)


def _own(case: Case) -> dict[str, Any]:
    """Things of the client (a notice, files, an interest) and of somebody of the body (a view, a role, an absence)."""
    client, somebody, admin = case.one(CLIENT), case.one(STAFF), case.one(ADMIN)
    firm = Employment.objects.select_related("organisation").get(account=client).organisation
    other = Employment.objects.select_related("organisation").get(account=case.one(STRANGER)).organisation
    notice = NoticeRow.objects.create(
        account=client, key=f"doors-{case.body}", body=case.body, dossier=case.held.id, number=1, kind="told",
        zh="通知", en="A notice", on=TODAY, created=NOW.at, mail="none",
    )  # fmt: skip
    files = {
        name: _uploaded(client.key if name != "sent" else "", f"{name}-{case.body}.pdf", dossier)
        for name, dossier in (("bound", case.held.id), ("loose", ""), ("sent", "somewhere"))
    }
    arrival: Any = announce(client.key, "arriving.pdf", 100)
    role = Assignment.objects.filter(account=somebody, body=case.body).earliest("pk")
    where, deputy = role.body, Account.objects.create_user(f"deputy-{case.body}@demo.invalid", name="deputy")
    invitation, secret = invite_to_body("new@example.org", where, [("", "administrator")], admin, NOW.at, TODAY)
    return {
        **files, "notice": notice.pk, "arrival": arrival.pk, "uscc": firm.uscc, "invitation": invitation.pk,
        "secret": secret, "role": role.pk,
        "view": SavedView.objects.create(account=somebody, name="late", query="due=overdue").pk,
        "session": _elsewhere(client),
        "interest": Interest.objects.create(account=client, subject="某公司", nature="shares", since=SINCE).pk,
        "absence": Delegation.objects.create(
            absent=somebody, deputy=deputy, body=where, since=TODAY, until=TODAY, reason="leave").pk,
        "competence": Competence.objects.create(account=somebody, body=where, field="x", since=SINCE).pk,
        "standing": Standing.objects.create(organisation=other, body=where, role="client", since=SINCE).pk,
        "reset": {"uidb36": int_to_base36(client.pk), "key": default_token_generator.make_token(client)},
    }  # fmt: skip


def _elsewhere(account: Account) -> int:
    """They are signed in in another browser too."""
    browser = Client()
    browser.force_login(account, backend=BACKEND)
    browser.get("/account/")
    return int(UserSession.objects.get(session_key=browser.session.session_key).pk)


def _uploaded(account: str, name: str, dossier: str) -> str:
    return str(handed(account, PDF + name.encode(), name, dossier).pk)
