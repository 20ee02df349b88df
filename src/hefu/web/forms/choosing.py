"""People who may be chosen, with what a chooser must know before: roles, competence, conflicts of interest.

The rules decide in the end; here stands what they will look at, asked of the same functions.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hefu.rules.answers import EVERY_FIELD, competent
from hefu.rules.view import conflicted
from hefu.web.forms.tree import Candidate, Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from hefu.rules.model import Scheme
    from hefu.rules.view import Actor, View


def eligible(people: Mapping[str, Actor], roles: frozenset[str], person: Actor, scheme: Scheme) -> list[Actor]:
    """Who holds one of these roles: oneself, those of known competence, the others.

    Without roles, oneself and the body's people: nobody of the applicant is chosen to inspect it.
    """
    outside = frozenset(key for key, role in scheme.file.roles.items() if role.reach == "organisation")
    found = [
        actor for actor in people.values()
        if not roles.isdisjoint(actor.roles)
        or (not roles and (actor.id == person.id or not actor.roles or actor.roles - outside))
    ]  # fmt: skip
    return sorted(found, key=lambda actor: (actor.id != person.id, not actor.competence, actor.name or actor.id))


def choices(actors: Iterable[Actor], chosen: str, person: Actor, view: View) -> tuple[Choice, ...]:
    """People as options; a name that is not among them stays, as it was given."""
    found = []
    for actor in actors:
        words = [actor.name or actor.id]
        if actor.id == person.id:
            words.append(_("yourself"))
        if conflicted(actor, view):
            words.append(_("conflict of interest"))
        found.append(Choice("", actor.id, " · ".join(words), actor.id == chosen))
    if chosen and not any(choice.chosen for choice in found):
        found.append(Choice("", chosen, chosen, chosen=True))
    return tuple(found)


def candidates(actors: Iterable[Actor], scheme: Scheme, view: View, language: str) -> tuple[Candidate, ...]:
    """People as the table beside a choice shows them."""
    return tuple(_candidate(actor, scheme, view, language) for actor in actors)


def _candidate(actor: Actor, scheme: Scheme, view: View, language: str) -> Candidate:
    roles = [scheme.file.roles[role].title for role in sorted(actor.roles) if role in scheme.file.roles]
    rows = actor.competence or ()
    return Candidate(
        actor.id, actor.name or actor.id,
        _(", ").join(title.en if language == "en" else title.zh for title in roles),
        tuple(_competence(row) for row in rows), actor.competence is not None,
        competent(actor, "", view.today), conflicted(actor, view),
    )  # fmt: skip


def _competence(row: Mapping[str, Any]) -> str:
    """A field, its level, and until when it holds."""
    said = [str(row[key]) for key in ("field", "level") if row.get(key)]
    words = [_("every field") if word == EVERY_FIELD else word for word in said]
    until = row.get("until")
    if isinstance(until, date):
        words.append(_("until %(day)s") % {"day": until.isoformat()})
    return " ".join(words)


def fields_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    """The fields in which somebody here is competent."""
    named = {str(row["field"]) for actor in actors for row in actor.competence or () if row.get("field")}
    return tuple(sorted(named - {EVERY_FIELD}))


def organisations(actors: Iterable[Actor], role: str | None) -> tuple[str, ...]:
    """The organisations for which somebody acts in a role."""
    if role is None:
        return ()
    return tuple(sorted({actor.organisation.get("name", "") for actor in actors if role in actor.roles} - {""}))
