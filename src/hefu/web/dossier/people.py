"""The people of a dossier: who has taken part, in what, who leads; what stands against somebody, what to do then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.appointed import appointed, unfit
from hefu.rules.model import Text
from hefu.web.dossier.acts import titles
from hefu.web.dossier.answers import answered
from hefu.web.forms.shown import Words, text
from hefu.web.words import english, in_language

if TYPE_CHECKING:
    from hefu.rules.appointed import Appointed
    from hefu.rules.dossier import Case, Dossier
    from hefu.rules.refusal import Refusal
    from hefu.web.door import Door
    from hefu.web.dossier.acts import Act, Acts
    from hefu.web.forms.shown import Shown


class Person(NamedTuple):
    """Somebody who takes part: name, roles, what they are in the team, parts taken in the present case.

    `against` is what would stand against appointing them today, `change` the acts of the present state that appoint
    somebody else.
    """

    key: str
    name: str
    roles: list[Text]
    duties: tuple[str, ...]
    parts: list[Text]
    me: bool
    against: tuple[Refusal, ...] = ()
    change: tuple[Act, ...] = ()


class People(NamedTuple):
    """Everybody who takes part, and the man-days that were agreed; both as far as the reader may know."""

    everybody: list[Person]
    man_days: list[Shown]


def people(door: Door, dossier: Dossier, case: Case | None, acts: Acts) -> People:
    """Who is appointed in the present case, then who else has taken part; outsiders read nothing against anybody."""
    if case is None:
        return People([], [])
    scheme = door.scheme
    teams: dict[str, list[Appointed]] = {}
    for one in appointed(scheme, case):
        teams.setdefault(one.person, []).append(one)
    against = unfit(scheme, dossier, case, door.facts, door.people, door.when.on) if door.inside else {}
    words = {key: Text(title.zh, title.en) for key, title in scheme.file.parts.items()}
    keys = dict.fromkeys(teams) | dict.fromkeys(key for done in case.done.values() for key in done.people)
    found = []
    for key in filter(None, keys | dict.fromkeys(case.parts)):
        held, named = door.people.get(key), teams.get(key, [])
        found.append(Person(
            key, held.name if held else key, titles(scheme, held.roles) if held else [],
            tuple(duty for one in named for duty in _duties(one)),
            [words[part] for part in sorted(case.parts.get(key, ())) if part in words], key == door.actor.id,
            against.get(key, ()), _change(acts, case, named) if key in against else (),
        ))  # fmt: skip
    return People(found, _man_days(door, case) if door.inside else [])


def _duties(one: Appointed) -> list[str]:
    """What somebody is in a team, and what else its row says of them; a number with its title."""
    if not one.row:
        return [in_language(one.field.title)]
    said, words = [], Words("en" if english() else "zh", {}, {})
    for column in one.field.columns:
        value = text(column, one.row.get(column.id), words) if column.id != "person" else ""
        if value:
            said.append(f"{in_language(column.title)} {value}" if column.type in ("integer", "number") else value)
    return said


def _change(acts: Acts, case: Case, named: list[Appointed]) -> tuple[Act, ...]:
    """The acts of the present state that name people in the same place, first those that the reader may do."""
    fields = {one.field.id for one in named}
    return tuple(
        act
        for act in (*acts.can, *acts.cannot, *acts.others)
        if act.action.machine == case.process and any(field.id in fields for field in act.action.form.naming)
    )


def _man_days(door: Door, case: Case) -> list[Shown]:
    """The man-days of the visits, where the scheme says which answer they are."""
    wanted = dict.fromkeys(visit.days for visit in door.scheme.file.visits if visit.days)
    fields = door.scheme.machines[case.process].fields
    return answered((fields[name] for name in wanted if name in fields), case.data, door.people)
