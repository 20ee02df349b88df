"""The form of an act as a tree of plain values: what is asked, what is known, what applies, what is wrong.

Everything comes from the scheme and from the rules; nothing here knows a scheme, an act or a field by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hefu.rules.conditions import holds, worded
from hefu.rules.standing import locate
from hefu.rules.view import View
from hefu.web.forms import choosing
from hefu.web.forms.applying import grounds, look, states
from hefu.web.forms.boxes import Boxes
from hefu.web.forms.faults import faults, soft
from hefu.web.forms.known import due_grounds, known, own
from hefu.web.forms.tree import ON, Box, Choice, Departure, Drawn, Fault, Section, Sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Action, Ground, Scheme
    from hefu.rules.refusal import Refusal
    from hefu.rules.standing import Target
    from hefu.rules.view import Actor
    from hefu.web.forms.tree import Paper


def drawn(  # noqa: PLR0913 - an act in its whole context, as `perform` has it
    scheme: Scheme,
    dossier: Dossier,
    action: Action,
    subject_id: str,
    person: Actor,
    today: date,
    facts: Mapping[str, Any],
    people: Mapping[str, Actor],
    answers: Mapping[str, Any] | None,
    refusals: Iterable[Refusal],
    language: str,
    *,
    uploads: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
    papers: Mapping[str, Paper] | None = None,
    pressed: str = "",
    offered: Mapping[str, str] | None = None,
    sources: Sources | None = None,
) -> Drawn:
    """The form of an act on a dossier, as one person sees it.

    `answers` are those so far (`Read.filled`), None when nobody has typed yet: then what is known already is filled
    in. `offered` are numbers that come next by the body's patterns: their fields may stay empty. `refusals` are the
    reader's problems and those of the rules. `uploads` and `pressed` are those of `Read`, `papers` what is known of
    each upload, `sources` what of the dossier may be named as evidence.
    """
    language, offered = "en" if language.startswith("en") else "zh", offered or {}
    target = locate(scheme, dossier, action, subject_id)
    subject, case = (target.subject, target.case) if target else (None, None)
    view = View(scheme, dossier, subject, case, {}, facts, person, today)
    given, source = (answers, {}) if answers is not None else _known(scheme, action, dossier, target, person, offered)
    applies = look(action, given, view, people)
    found = faults(action, refusals, language)
    drawer = Boxes(action, view, people, given, language, uploads or {}, papers or {}, pressed, sources or Sources())
    boxes = [_numbered(box, offered) for box in _boxes(drawer, applies, found, source)]
    if action.group:
        boxes = [_grounds(action, view, given, found, language, source.get("grounds", "")), *boxes]
    told = _summary(boxes, found)
    return Drawn(
        scheme, action, action.form, subject_id, action.title.get(language), action.form.number,
        _sections(action, boxes, language), told, _departure(action, view, given, people, found, language), today,
        any(field.type in ("file", "materials") for field in action.form.fields), bool(action.form.fields),
    )  # fmt: skip


def _known(  # noqa: PLR0913 - everything that knows something
    scheme: Scheme,
    action: Action,
    dossier: Dossier,
    target: Target | None,
    person: Actor,
    offered: Mapping[str, str],
) -> tuple[dict[str, Any], dict[str, str]]:
    """What need not be typed again, and for each answer where it comes from, in words."""
    theirs, held = own(action, person), known(scheme, action, dossier, target)
    held = {key: value for key, value in held.items() if key not in offered}
    told = dict.fromkeys(theirs, _("your organisation; please check it"))
    told |= dict.fromkeys(held, _("from the dossier; please check it"))
    if asked := due_grounds(action, dossier, target):
        held["grounds"], told["grounds"] = asked, _("from the duty; please check it")
    return {**theirs, **held}, told


def _numbered(box: Box, offered: Mapping[str, str]) -> Box:
    """The box of a number that comes next by a pattern: it may stay empty, because it is given out with the act."""
    if box.id not in offered:
        return box
    number = {"number": offered[box.id]}
    hint = _("next: %(number)s, given out when this is done; fill it in only where it must be another") % number
    return box._replace(required=False, hints=(*box.hints, hint))


def _boxes(boxes: Boxes, applies: Mapping[str, bool], found: tuple[Fault, ...], source: Mapping[str, str]) -> list[Box]:
    state = states(boxes.action, applies, boxes.view)
    return [
        boxes.box(
            field,
            state.get(field.id, ON),
            tuple(fault for fault in found if fault.path.partition(".")[0] == field.id),
            source.get(field.id, ""),
        )
        for field in boxes.action.form.fields
    ]


def _summary(boxes: list[Box], found: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """All faults, those of fields in the order of the form, then those of the whole act."""
    placed = [fault for box in boxes for fault in box.faults]
    seen = {(fault.code, fault.path, fault.message) for fault in placed}
    return (*placed, *(fault for fault in found if (fault.code, fault.path, fault.message) not in seen))


def _sections(action: Action, boxes: list[Box], language: str) -> tuple[Section, ...]:
    """The boxes in the parts of the form; one part without a title where the scheme names none."""
    parts: list[tuple[str, str, list[Box]]] = []
    for box in boxes:
        title = action.form.sections.get(box.id)
        if title is not None or not parts:
            parts.append((box.id, title.get(language) if title else "", []))
        parts[-1][2].append(box)
    return tuple(
        Section(f"s-{key}", title, tuple(held), sum(map(_waits, held)), sum(len(box.faults) for box in held))
        for key, title, held in parts
    )


def _waits(box: Box) -> int:
    """How much is still to be given in a box."""
    if box.materials:
        return sum(material.lacking for material in box.materials)
    return box.required and not box.filled and box.state == ON


def _grounds(  # noqa: PLR0913 - as drawn
    action: Action, view: View, given: Mapping[str, Any], found: tuple[Fault, ...], language: str, source: str
) -> Box:
    """The grounds on which the act may be done; beside each, why it does not hold at present."""
    named = tuple(map(str, given.get("grounds", ())))
    field = grounds(action)
    chosen = tuple(
        Choice(
            f"f-{field.id}.{number}" if number else f"f-{field.id}", ground.id, ground.title.get(language),
            ground.id in named, ground.clauses, _not_met(ground, view, language),
        )
        for number, ground in enumerate(action.grounds.values())
    )  # fmt: skip
    faulty = tuple(fault._replace(href=f"#f-{field.id}") for fault in found if fault.path == field.id)
    return Box(
        field.id, "picks", field.title.get(language), field.required, field.clauses, (_("one or more"),), faulty,
        choices=chosen, width="c6", filled=bool(named), known=source,
    )  # fmt: skip


def _not_met(ground: Ground, view: View, language: str) -> str:
    """What stands against a ground now, apart from what this form still has to say."""
    against = [
        worded(rule, view).message.get(language)
        for rule in ground.rules
        if not any(name.startswith("form.") for name in rule.test.guard.names) and not holds(rule, view)
    ]
    return _("does not hold at present: %(reasons)s") % {"reasons": _("; ").join(against)} if against else ""


def _departure(  # noqa: PLR0913 - as drawn
    action: Action,
    view: View,
    given: Mapping[str, Any],
    people: Mapping[str, Actor],
    found: tuple[Fault, ...],
    language: str,
) -> Departure | None:
    """The place for a reason and an approver, once a rule that allows a departure is not met."""
    codes = soft(action)
    against = tuple(fault for fault in found if fault.code in codes)
    said = given.get("departure")
    said = said if isinstance(said, dict) else {}
    if not against and not said:
        return None
    role = view.scheme.file.departures
    actors = choosing.eligible(people, frozenset((role,)), view.actor, view.scheme)
    title = view.scheme.file.roles[role].title
    approver = str(said.get("approver", ""))
    return Departure(
        str(said.get("reason", "")), approver, title.en if language == "en" else title.zh,
        choosing.choices(actors, approver, view.actor, view), against,
    )  # fmt: skip
