"""Which schemes a body operates: one more taken up, one opened to applications or closed; each after a confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hefu.people import offers as people
from hefu.people.models import Offer
from hefu.web import moment
from hefu.web.account.bodies import all_schemes
from hefu.web.account.entry import Entry, sent
from hefu.web.account.gate import administered
from hefu.web.account.titles import scheme_title
from hefu.web.bodies.frame import inner
from hefu.web.door import person

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Body


class TakeUpForm(Entry):
    """A scheme that the body does not operate yet."""

    scheme = forms.ChoiceField(
        label=_("Scheme"), help_text=_("It is closed to applications until you open it, so settings come first.")
    )

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        known = set(body.offers.values_list("scheme", flat=True))
        scheme = self.fields["scheme"]
        if isinstance(scheme, forms.ChoiceField):
            scheme.choices = [pair for pair in all_schemes() if pair[0] not in known]


@administered
def take_up(request: HttpRequest, body: Body) -> HttpResponse:
    """Operate one scheme more."""
    form = TakeUpForm(body, sent(request), initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        by, at = person(request), moment.now().at
        made = form.attempt(lambda: people.take_up(body, form.given("scheme"), by, at))
        if made is not None:
            messages.success(request, gettext("%(name)s is taken up.") % {"name": scheme_title(made.scheme)})
            return redirect("bodies:settings", body.pk)
    context = {"form": form, "label": gettext("Take it up"), **inner(body, gettext("Take up a scheme"))}
    return render(request, "hefu/bodies/offer.html", context)


@administered
def turn(request: HttpRequest, body: Body, scheme: str) -> HttpResponse:
    """Open a scheme to new applications, or close it; what is under way goes on."""
    offer = get_object_or_404(Offer, body=body, scheme=scheme)
    to = request.POST.get("to") == "open" if request.method == "POST" else not offer.open
    form = Entry(sent(request))
    if request.method == "POST" and request.POST.get("to") not in ("open", "closed"):
        raise Http404
    if request.method == "POST" and form.is_valid():
        by, at = person(request), moment.now().at
        if form.did(lambda: people.turn(offer, by, at, to=to)):
            name = {"name": scheme_title(scheme)}
            opened = gettext("%(name)s is open to applications.")
            messages.success(request, (opened if to else gettext("%(name)s takes no new applications.")) % name)
            return redirect("bodies:settings", body.pk)
    heading = gettext("Open to applications") if to else gettext("Close to new applications")
    context = {
        "form": form, "to": "open" if to else "closed", "label": heading, "title": scheme_title(scheme),
        "intro": gettext("From now on clients can apply under this scheme.") if to else gettext(
            "From now on nobody can begin an application under this scheme. Dossiers that there are go on, with "
            "all their limits and duties."
        ),
        **inner(body, heading),
    }  # fmt: skip
    return render(request, "hefu/bodies/offer.html", context)
