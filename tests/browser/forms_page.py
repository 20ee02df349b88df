"""Pages with the form of any act of any scheme, in tests only: they draw, read and save as the product's pages do.

/form/SCHEME/ACT/ holds the form for a dossier that has not begun; `?answers=sample` fills it in, `?answers=wrong`
hands it in empty. /confirm/SCHEME/ACT/ is the step before a weighty act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils.translation import get_language

from hefu.papers import uploads
from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier
from hefu.rules.replay.sample import filled
from hefu.site import urls
from hefu.web import door, forms, moment
from hefu.web.forms import drafts
from hefu.web.forms.follow import follows
from hefu.web.forms.handed import papers
from hefu.web.forms.live import live
from hefu.web.forms.pairs import pairs
from hefu.web.forms.shown import shown
from tests.web.forms.desk import CLIENT, PEOPLE, TODAY, act

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hefu.rules.model import Action, Scheme
    from hefu.rules.refusal import Refusal

PAGE = """
{% extends "hefu/shell/public.html" %}
{% block title %}{{ drawn.title }}{% endblock %}
{% block css %}<link rel="stylesheet" href="{% static "hefu/forms.css" %}">{% endblock %}
{% block h1 %}{{ title }}{% endblock %}
{% block content %}{% if done %}<p id="done">done</p>{% elif rows %}{% include "hefu/forms/confirm.html" %}
{% else %}{% include "hefu/forms/form.html" %}{% endif %}{% endblock %}
"""


def _answers(scheme: Scheme, action: Action) -> dict[str, Any]:
    return filled(scheme, Dossier(scheme.ref), Act(action.id, CLIENT, people=PEOPLE), TODAY)


@login_required
def form(request: HttpRequest, scheme_id: str, name: str) -> HttpResponse:
    scheme, action = act(scheme_id, name)
    dossier, account = Dossier(scheme.ref), door.person(request)
    place = drafts.Place(action.id, dossier="D-1")
    refusals: list[Refusal] = []
    read, saved = None, drafts.state(None)
    asked = request.GET.get("answers", "")
    if request.method == "POST":
        read = forms.read(action, scheme, request.POST, request.FILES, lambda file: uploads.receive(account.key, file))
        refusals += read.problems
        if not read.pressed and not read.problems:
            decision = decide(scheme, dossier, Act(action.id, CLIENT, read.answers, people=PEOPLE), TODAY)
            refusals += decision.refusals
            if decision.ok:
                drafts.drop(account, place)
                return _page(request, {"done": True, "title": "done"})
        if read.pressed == "save" or read.live:
            saved = drafts.save(account, place, read.typed, read.draft, moment.now().at)
        else:
            saved = drafts.State(read.draft.version, read.draft)
    elif draft := drafts.find(account, place):
        read, saved = forms.again(action, scheme, draft.typed), drafts.state(draft)
    answers = read.filled if read else _answers(scheme, action) if asked == "sample" else None
    if asked == "wrong" and read is None:
        answers = {}
        refusals += decide(scheme, dossier, Act(action.id, CLIENT, {}, people=PEOPLE), TODAY).refusals
    drawn = forms.drawn(
        scheme, dossier, action, "", CLIENT, TODAY, {}, PEOPLE, answers, refusals, get_language() or "",
        uploads=read.uploads if read else {}, pressed=read.pressed if read else "",
        papers=papers(read.upload_ids, account.key) if read else {},
    )  # fmt: skip
    if read is not None and read.live:
        return live(request, drawn, read, saved)
    return _page(request, {"drawn": drawn, "draft": saved, "title": action.form.title.get("zh")})


@login_required
def confirm(request: HttpRequest, scheme_id: str, name: str) -> HttpResponse:
    scheme, action = act(scheme_id, name)
    answers, language = _answers(scheme, action), get_language() or ""
    names = {key: person.name for key, person in PEOPLE.items()}
    around = {
        "rows": shown(action.form, answers, scheme, names, language, action=action),
        "follows": follows(scheme, action, language),
        "fields": list(pairs(action, answers)), "title": action.title.get("zh"), "label": "OK", "scheme": scheme,
        "form_url": f"/form/{scheme_id}/{name}/",
    }  # fmt: skip
    return _page(request, around)


def _page(request: HttpRequest, around: dict[str, object]) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PAGE).render(around, request))


urlpatterns = [
    path("form/<str:scheme_id>/<str:name>/", form),
    path("confirm/<str:scheme_id>/<str:name>/", confirm),
    *urls.urlpatterns,
]
