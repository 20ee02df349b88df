"""Where a body's administrators load the wording of its documents, and the quotes of it in the notes of clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hefu.papers.models import Wording
from hefu.papers.wording import load_wording, wording
from hefu.people.models import Account
from hefu.people.seeing import bodies_of, managed
from hefu.web import kept, moment
from hefu.web.account.gate import administered, own
from hefu.web.door import person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from hefu.people.models import Body
    from hefu.rules.model import Scheme, Text

FILE, SCHEME = "file", "scheme"


class Loaded(NamedTuple):
    """A version of a scheme that the body operates, and how much of its wording is there."""

    scheme: Scheme
    clauses: int
    newest: Wording | None


@own
def index(request: HttpRequest) -> HttpResponseBase:
    """To the page of the body that somebody administers; each leads to the others."""
    mine = managed(person(request), moment.today())
    if not mine:
        raise Http404
    return redirect("papers:wording", mine[0].pk)


@administered
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, body: Body) -> HttpResponseBase:
    """What is loaded; POST loads a file for one version, or says what is wrong with it."""
    laws = kept.store().laws
    offered = {
        version.ref: version
        for name in body.offers.order_by("scheme").values_list("scheme", flat=True)
        for version in laws.library.all_versions(name).values()
    }
    problems: tuple[Text, ...] = ()
    if request.method == "POST":
        scheme, file = offered.get(request.POST.get(SCHEME, "")), request.FILES.get(FILE)
        if scheme is None or file is None:
            raise Http404
        answer = load_wording(body.pk, scheme, file, person(request).key)
        if isinstance(answer, Wording):
            count = len(answer.texts)
            told = ngettext("%(number)s clause has been loaded.", "%(number)s clauses have been loaded.", count)
            messages.success(request, told % {"number": count})
            return redirect("papers:wording", body.pk)
        problems = answer
    rows = [_loaded(body, scheme) for scheme in offered.values()]
    seen = {"body": body, "bodies": managed(person(request), moment.today()), "rows": rows, "problems": problems}
    return render(request, "hefu/papers/wording.html", seen, status=422 if problems else 200)


def _loaded(body: Body, scheme: Scheme) -> Loaded:
    newest = Wording.objects.filter(body=body.pk, scheme=scheme.ref).order_by("-pk").first()
    return Loaded(scheme, len(newest.texts) if newest else 0, newest)


def quotes(request: HttpRequest | None, scheme: Scheme) -> Mapping[str, str]:
    """The official wording for the notes of a page: that of a body for which the reader works, read once a request."""
    if request is None or not isinstance(getattr(request, "user", None), Account):
        return {}
    held: dict[str, Mapping[str, str]] = request.__dict__.setdefault("_hefu_wording", {})
    if scheme.ref not in held:
        held[scheme.ref] = next(filter(None, (wording(body, scheme.ref) for body in _bodies(request))), {})
    return held[scheme.ref]


def _bodies(request: HttpRequest) -> list[str]:
    return sorted(bodies_of(person(request), moment.today()))
