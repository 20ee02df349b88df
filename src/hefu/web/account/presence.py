"""Presence: from which browsers somebody is signed in, and when each was last seen.

The account library keeps a row for each session (allauth.usersessions). It is touched at most once in ten minutes, so
that looking at a page does not write. Of the network address only the network is ever kept (IPv4 /24, IPv6 /48): enough
to tell home from elsewhere, and no trace of a person.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.utils import timezone

from hefu.web.limits import address

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from hefu.people.models import Account

SELDOM = 600
"""Seconds within which a session is touched once."""
NOWHERE = "0.0.0.0"  # noqa: S104 - no address to listen on: what is kept where a connection has none
LONGEST = UserSession._meta.get_field("user_agent").max_length  # noqa: SLF001 - the way Django has for it
BITS = {4: 24, 6: 48}


class PresenceMiddleware:
    """Notes that a session was seen, once the page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then note."""
        response = self.get_response(request)
        # A page that did not ask who reads it is kept by caches for everybody: it is not asked here either.
        key = request.session.session_key if request.session.accessed else None
        if key and caches["local"].add(_seen(key), 1, SELDOM) and request.user.is_authenticated:
            UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
        return response


def arrived(request: HttpRequest, user: Account, **_: Any) -> None:  # noqa: ANN401 - what the signal says besides
    """Somebody has signed in, by whatever means."""
    key = str(request.session.session_key)
    agent = request.headers.get("User-Agent", "")[:LONGEST]
    told = {"user": user, "ip": address(request), "user_agent": agent}
    UserSession.objects.update_or_create(session_key=key, defaults=told)
    caches["local"].set(_seen(key), 1, SELDOM)


def _seen(key: str) -> str:
    return f"seen:{key}"


def network(place: str) -> str:
    """The network of an address, as its first address; NOWHERE for what is none."""
    try:
        found = ip_address(place)
    except ValueError:
        return NOWHERE
    return str(ip_network(f"{found}/{BITS[found.version]}", strict=False).network_address)


def keep_the_network(instance: UserSession, **_: Any) -> None:  # noqa: ANN401 - what the signal says besides
    """Before a row is saved: the last part of the address goes."""
    instance.ip = network(instance.ip)


def living(account: Account) -> list[UserSession]:
    """The sessions in which somebody is signed in, the last seen first; rows of those that are over are forgotten."""
    rows = list(UserSession.objects.filter(user=account).order_by("-last_seen_at", "-pk"))
    keys = [row.session_key for row in rows]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list("pk", flat=True)
    )
    if over := [row.pk for row in rows if row.session_key not in alive]:
        UserSession.objects.filter(pk__in=over).delete()
    return [row for row in rows if row.session_key in alive]


def end_sessions(account: Account, but: str | None = None) -> int:
    """Sign somebody out everywhere, `but` in the session with this key; how many sessions ended."""
    rows = UserSession.objects.filter(user=account).exclude(session_key=but or "")
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    rows.filter(session_key__in=keys).delete()
    return len(keys)


def after_a_new_password(request: HttpRequest, user: Account, **_: Any) -> None:  # noqa: ANN401 - as above
    """Whoever knew the old password is signed out; whoever has set the new one stays."""
    own = request.user.is_authenticated and request.user.pk == user.pk
    end_sessions(user, request.session.session_key if own else None)
