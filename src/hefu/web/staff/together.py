"""The same act on several dossiers: one small form, asked once; each dossier is a transaction of its own.

Which acts can be done together follows from the scheme: the same act under the same version, whose form asks for a few
plain answers or for none. A dossier that refuses is listed with its reasons, and holds up none of the others; so is one
that somebody else has led on since it was chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hefu.dossiers.models import NAME
from hefu.dossiers.outcome import Done, KeyReusedError, Stale
from hefu.dossiers.perform import perform
from hefu.rules.decide import Act
from hefu.rules.explain import explain
from hefu.web import forms
from hefu.web.door import doors
from hefu.web.dossier.acts import addressed, present
from hefu.web.dossier.numbers import numbering
from hefu.web.dossier.sheet import CONFIRMED, KEY, OK, REFUSED, SEEN, fresh_key
from hefu.web.forms.follow import weighty
from hefu.web.staff.lines import lines
from hefu.web.staff.mine import dossiers, mine, of_a_body
from hefu.web.staff.waiting import waiting

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hefu.dossiers.models import DossierRow
    from hefu.dossiers.outcome import Outcome
    from hefu.rules.model import Action, Scheme
    from hefu.rules.refusal import Refusal
    from hefu.web.door import Door
    from hefu.web.forms import Read
    from hefu.web.staff.lines import Line
    from hefu.web.staff.mine import Mine

MOST = 100
"""Dossiers in one go."""
FIELDS = 6
"""Fields of a form that is still small."""
PLAIN = frozenset((
    "text", "long-text", "integer", "number", "money", "date", "boolean", "choice", "multi-choice", "grade",
))  # fmt: skip
"""Types of fields whose answer may be the same for several dossiers."""


class Common(NamedTuple):
    """An act that some of the chosen lines share. `small` says whether it can be done together."""

    do: str
    scheme: Scheme
    action: Action
    lines: list[Line]
    small: bool


class One(NamedTuple):
    """One dossier in the common act: what stands against it before it is tried, and what has come of it."""

    line: Line
    door: Door
    item: str
    refusals: tuple[Refusal, ...]
    done: bool = False
    changed: bool = False


def small(action: Action) -> bool:
    """Whether the form of an act is small and the same for every dossier: no number of a certificate is."""
    fields = action.form.fields
    options = (option for field in fields for option in field.options.values())
    return (
        len(fields) <= FIELDS
        and not action.opens
        and not numbering(action)
        and all(field.type in PLAIN and field.when is None for field in fields)
        and all(option.when is None for option in options)
    )


@of_a_body
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Choose what the chosen lines have in common, fill in its form, and see what has come of it."""
    known = mine(request)
    ids = request.GET.getlist("row")[:MOST]
    held = _chosen(known, ids)
    common = _common(held)
    wanted = next((one for one in common if f"{one.scheme.ref}/{one.do}" == request.GET.get("do")), None)
    if wanted is None:
        if held and "do" in request.GET:
            said = _(
                "None of the chosen dossiers waits for this act any more: somebody was faster, or time has passed."
            )
            messages.info(request, said)
        return render(request, "hefu/staff/together.html", {"lines": held, "common": common})
    if not wanted.small:
        raise Http404
    ones = _ones(request, wanted)
    if not ones:
        raise Http404
    return _answer(request, wanted, ones, _gone(known, ids, wanted))


def _chosen(known: Mine, ids: list[str]) -> list[Line]:
    """The lines with these ids, among what waits for this person; anything else is not there for them."""
    pairs = {tuple(ident.split("/", 1)) for ident in ids if "/" in ident}
    rows = waiting(known).filter(since__lte=known.on, dossier_id__in={pair[0] for pair in pairs})
    found = [row for row in rows.select_related("dossier__subject") if (row.dossier_id, row.key) in pairs]
    return lines(found, known.on)


def _gone(known: Mine, ids: list[str], wanted: Common) -> list[DossierRow]:
    """The dossiers among the chosen ones that no longer wait for this act: somebody else, or time, was faster."""
    missing = set(ids) - {line.id for line in wanted.lines}
    rows = dossiers(known).filter(pk__in={ident.partition("/")[0] for ident in missing})
    return list(rows.select_related("subject").order_by("title")) if missing else []


def _common(held: list[Line]) -> list[Common]:
    """The acts that the lines offer, those that most of them share first."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in held:
        for offered in line.acts:
            groups.setdefault((line.scheme.ref, offered.do), []).append(line)
    found = []
    for (_ref, do), group in groups.items():
        scheme = group[0].scheme
        action = scheme.action(do)
        if action is not None:
            found.append(Common(do, scheme, action, group, small(action)))
    return sorted(found, key=lambda one: (not one.small, -len(one.lines), one.do))


def _ones(request: HttpRequest, wanted: Common) -> list[One]:
    """The dossiers of the act, each with what its rules say of it at this moment."""
    found, by_dossier = [], {door.row.id: door for door in doors(request, [line.dossier for line in wanted.lines])}
    for line in wanted.lines:
        door = by_dossier.get(line.dossier.pk)
        if door is not None:
            found.append(_one(line, door, wanted))
    return found


def _one(line: Line, door: Door, wanted: Common) -> One:
    """What the rules say of the act on this line's subject; it may be gone since the list was read."""
    machine = wanted.scheme.machines[wanted.action.machine]
    for possible in explain(door.scheme, present(door), door.actor, door.when.on, door.facts, wanted.action):
        item = addressed(machine, possible.action, possible.subject)
        if not item or item == line.subject:
            return One(line, door, item, possible.refusals)
    return One(line, door, "", (), changed=True)


def _answer(request: HttpRequest, wanted: Common, ones: list[One], gone: list[DossierRow]) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, wanted, ones, gone)
    read = forms.read(wanted.action, wanted.scheme, request.POST)
    if read.pressed or read.problems:
        return _shown(request, wanted, ones, gone, read)
    if weighty(wanted.scheme, wanted.action) and CONFIRMED not in request.POST:
        return _shown(request, wanted, ones, gone, read, confirm=True)
    key, versions = request.POST.get(KEY, ""), _seen(request, ones)
    done = [_performed(wanted, one, read, key, versions) for one in ones]
    context = {
        "wanted": wanted, "scheme": wanted.scheme, "ones": done, "gone": gone, "all": len(done) + len(gone),
        "number": sum(one.done for one in done),
    }  # fmt: skip
    return render(request, "hefu/staff/done-together.html", context)


def _seen(request: HttpRequest, ones: list[One]) -> dict[str, int]:
    """The version of each dossier that the person had before them when the form was opened."""
    said = dict(text.rsplit(":", 1) for text in request.POST.getlist(SEEN) if ":" in text)
    held = {one.door.held.id: one.door.held.version for one in ones}
    return {key: int(said[key]) if said.get(key, "").isdecimal() else version for key, version in held.items()}


def _performed(wanted: Common, one: One, read: Read, key: str, versions: dict[str, int]) -> One:
    """The act on one dossier, in a transaction of its own; what it has written is seen by the next on that dossier."""
    if one.refusals or one.changed:
        return one
    door, name = one.door, one.door.held.id
    act = Act(wanted.do, door.actor, read.answers, one.item, door.facts, door.people)

    def attempt(using: str) -> Outcome:
        return perform(door.store, name, act, door.when, seen=versions[name], key=using)

    try:
        outcome = attempt(f"{key}:{name}:{one.item}"[:NAME] if key else "")
    except KeyReusedError:
        # The form was changed after it had been sent: that is another request.
        outcome = attempt(fresh_key())
    if isinstance(outcome, Done):
        versions[name] = outcome.version
        return one._replace(done=True)
    if isinstance(outcome, Stale):
        return one._replace(changed=True)
    return one._replace(refusals=outcome.refusals)


def _shown(  # noqa: PLR0913 - what is asked, of which dossiers, and what was answered
    request: HttpRequest, wanted: Common, ones: list[One], gone: list[DossierRow], read: Read | None = None, *,
    confirm: bool = False,
) -> HttpResponse:  # fmt: skip
    """The form, asked once, over the list of dossiers; nothing is taken over from any one of them."""
    first = ones[0]
    door = first.door
    drawn = forms.drawn(
        wanted.scheme, present(door), wanted.action, first.item, door.actor, door.when.on, door.facts, door.people,
        read.filled if read else {}, read.problems if read else (), get_language() or "zh-hans",
    )._replace(live=False)  # fmt: skip
    hidden = [(KEY, fresh_key()), *((SEEN, f"{one.door.held.id}:{one.door.held.version}") for one in ones)]
    if confirm:
        hidden.append((CONFIRMED, "yes"))
    context = {
        "wanted": wanted, "scheme": wanted.scheme, "ones": ones, "gone": gone, "drawn": drawn, "hidden": hidden,
        "confirm": confirm, "ready": sum(not one.refusals and not one.changed for one in ones),
    }  # fmt: skip
    return render(request, "hefu/staff/together-form.html", context, status=REFUSED if read and read.problems else OK)
