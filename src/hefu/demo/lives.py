"""The lives: shipped scenarios, moved in time and given other people, lived through the real store.

A life ends with the act that lives.yaml names; the whole story is moved so that this act was done as many days ago as
it says. Steps that the scenario expects to be refused are left out, but for the lives that are to show refused acts
(`tried`): there they are handed in too, if whoever plays the part is refused as well, because the people of the
demonstration hold more roles than those of a story. Time passes at the end, so that the dossier stands as it would
today.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.demo.cast import read
from hefu.dossiers.journal import canonical
from hefu.dossiers.models import DossierRow
from hefu.dossiers.number import next_number
from hefu.dossiers.open import New, fresh_id, open_dossier
from hefu.dossiers.outcome import Done, When
from hefu.dossiers.perform import perform
from hefu.dossiers.sweep import sweep
from hefu.people.around import around
from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier
from hefu.rules.due import due
from hefu.rules.replay.sample import filled
from hefu.rules.replay.scenario import open_scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hefu.demo.cast import Cast
    from hefu.dossiers.outcome import Outcome
    from hefu.dossiers.store import Store
    from hefu.rules.load.grammar.scenario import Step
    from hefu.rules.replay.scenario import Script
    from hefu.rules.view import Around

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"([A-Z][A-Z0-9-]*-)\d{4}")
"""The numbers that stories give to certificates: each dossier gets one of its own."""
HOUR = time(2, 30, tzinfo=UTC)
"""The hour of every act: half past ten in the bodies' zone."""


class Life(NamedTuple):
    """One dossier of the demonstration, as lives.yaml tells it.

    `unit` are answers that the story leaves out, `called` names of the story with those that stand for them here.
    """

    body: str
    story: str
    until: str
    ago: int
    holder: str
    unit: Mapping[str, Any]
    settings: Mapping[str, Any]
    tried: bool = False
    called: Mapping[str, str] = {}


class CutShortError(RuntimeError):
    """A life that did not come as far as it should; the message says at which act, and why."""


def lives() -> list[Life]:
    """Every dossier that the demonstration has."""
    found = []
    for group in read("lives.yaml"):
        for line in group["dossiers"]:
            story = line.get("story", "a-whole-life")
            known = (line["until"], line.get("ago", 0), line["holder"], line.get("with", {}), line.get("settings", {}))
            more = (line.get("tried", False), line.get("called", {}))
            found.append(Life(group["body"], f"{group['scheme']}/{story}", *known, *more))
    return found


def live_all(store: Store, cast: Cast, today: When, progress: Callable[[int, int], None] | None = None) -> list[str]:
    """Live every life, then let time pass; the ids of the dossiers. Raises CutShortError."""
    told, ids = lives(), []
    known: dict[str, Around] = {}
    for number, life in enumerate(told, 1):
        ids.append(live(store, cast, life, today, known))
        if progress:
            progress(number, len(told))
    sweep(store, today)
    return ids


def live(store: Store, cast: Cast, life: Life, today: When, known: dict[str, Around]) -> str:
    """Live one life; the id of its dossier. `known` remembers what surrounds the dossiers of a scheme.

    Everybody has been what they are since before the oldest act, so that is asked for once. Raises CutShortError.
    """
    scheme = life.story.partition("/")[0]
    if scheme not in known:
        keys = {account.key for account in cast.accounts.values()}
        known[scheme] = around(life.body, scheme, today.on, keys)
    return _Living(store, cast, life, today, known[scheme]).through()


class _Living:
    """One life while it is lived: who plays whom, and by how many days it is moved."""

    def __init__(self, store: Store, cast: Cast, life: Life, today: When, around: Around) -> None:
        self.store, self.cast, self.life, self.around = store, cast, life, around
        scheme, _, story = life.story.partition("/")
        self.ref = store.laws.on(scheme, today.on)
        law = store.laws.of(self.ref)
        folder = store.laws.library.root.joinpath(*law.scheme.ref.split("@"))
        self.script = open_scenario(folder / "scenarios" / f"{story}.yaml")
        self.steps = self._until()
        self.moved = today.on - timedelta(days=life.ago) - self.steps[-1].on
        self.roles = self._played()
        self.serial = DossierRow.objects.count() + 1
        organisation = cast.organisations[life.holder]
        self.words = {key: cast.accounts[name].key for key, name in self.roles.items()}
        self.words |= _owner(self.script, organisation.name, organisation.uscc) | dict(life.called)

    def _until(self) -> list[Step]:
        """The acts from the first accepted one to the one named by `until`, or the number-th of these (`act#2`)."""
        act, _, count = self.life.until.partition("#")
        steps = [step for step in self.script.scenario.steps if step.do and (self.life.tried or not _refused(step))]
        places = [place for place, step in enumerate(steps) if step.do == act and not _refused(step)]
        if not places or len(places) < int(count or 1):
            raise CutShortError(f"{self.life.story} has no {self.life.until}")
        first = next(place for place, step in enumerate(steps) if not _refused(step))
        return steps[first : places[int(count or 1) - 1] + 1]

    def _played(self) -> dict[str, str]:
        """Who of the cast plays whom: somebody of the body with most of the roles, a different one for each."""
        free = {name: held for name, (body, held) in self.cast.roles.items() if body == self.life.body}
        found, taken = {}, set()
        for key, person in self.script.people.items():
            fitting = sorted(free, key=lambda name: (name in taken, -len(free[name] & person.roles)))
            inside = [name for name in fitting if free[name] & person.roles]
            found[key] = inside[0] if inside else self._outside(person.roles)
            taken.add(found[key])
        return found

    def _outside(self, roles: frozenset[str]) -> str:
        """Somebody of the holder, or of the organisation with such a role."""
        for row in read("cast.yaml")["standings"]:
            if row["role"] in roles and row["body"] == self.life.body:
                return _employee(row["organisation"])
        return _employee(self.life.holder)

    def through(self) -> str:
        """Live it; the id of the dossier."""
        day = self.steps[0].on + self.moved
        name = fresh_id(datetime.combine(day, HOUR))
        for number, step in enumerate(self.steps):
            self._do(name, step, first=number == 0)
        return name

    def _do(self, name: str, step: Step, *, first: bool) -> None:
        on = step.on + self.moved
        when = When(on, datetime.combine(on, HOUR))
        scheme = self.store.laws.of(self.ref, _settings(self.life)).scheme
        account = self.cast.accounts[self.roles[step.by or ""]]
        known = self.around
        facts = {**known.facts, **self._moved({**self.script.scenario.facts, **step.facts})}
        player = known.people[account.key]
        answers = {**self._moved(step.with_)}
        held = Dossier(scheme.ref) if first else self.store.load(name)[0].dossier
        act = Act(step.do or "", player, answers, step.item or "", facts, known.people)
        action = scheme.action(act.do)
        if action is not None:
            act = act._replace(form={**{k: v for k, v in self.life.unit.items() if k in action.form.by_id}, **answers})
        passed = due(scheme, held, on, facts, known.people)
        ours = {key: held for key, held in known.people.items() if key in self.words.values()}
        act = act._replace(form=self._numbered(filled(scheme, passed.dossier, act._replace(people=ours), on)))
        if _refused(step) and decide(scheme, passed.dossier, act, on).ok:
            return
        if first:
            number = next_number(self.life.body, scheme.id, on.year)
            new = New(name, scheme.ref, self.life.body, number, self.life.settings)
            outcome: Outcome = open_dossier(self.store, new, act, when)
        else:
            outcome = perform(self.store, name, act, when)
        if not isinstance(outcome, Done) and not _refused(step):
            why = "; ".join(refusal.message.zh for refusal in getattr(outcome, "refusals", ()))
            raise CutShortError(f"{self.life.story}: {step.do} on {on} by {player.name}: {why}")

    def _numbered(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Answers with certificate numbers of this dossier's own."""
        return {
            key: _NUMBER.sub(rf"\g<1>{self.serial:04d}", value) if isinstance(value, str) else value
            for key, value in form.items()
        }

    def _moved(self, value: Any) -> Any:  # noqa: ANN401 - answers and facts of any shape
        """Answers and facts with their days moved, and people and holder replaced by those who play them."""
        if isinstance(value, date):
            return value + self.moved
        if isinstance(value, dict):
            return {key: self._moved(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._moved(item) for item in value]
        if isinstance(value, str) and _DAY.fullmatch(value):
            return (date.fromisoformat(value) + self.moved).isoformat()
        return self.words.get(value, value) if isinstance(value, str) else value


def _refused(step: Step) -> bool:
    """Whether the story expects a step to be refused."""
    return bool(step.expect and step.expect.refused)


def _settings(life: Life) -> str:
    return canonical(dict(life.settings))


def _owner(script: Script, name: str, uscc: str) -> dict[str, str]:
    """The names and codes of the story's own client, each with those of the holder in the demonstration."""
    found: dict[str, str] = {}
    for person in script.people.values():
        if person.organisation.get("uscc"):
            found |= {person.organisation["uscc"]: uscc, person.organisation["name"]: name}
    return found


def _employee(organisation: str) -> str:
    """Somebody who acts for an organisation."""
    people: Mapping[str, Mapping[str, Any]] = read("cast.yaml")["people"]
    return next(key for key, known in people.items() if known.get("of") == organisation)
