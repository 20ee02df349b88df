"""What a guard can see: one act on one dossier, as typed variables.

`declare` lists the variables of a machine for the type checker; `resolver` gives, for each of them, the function
that fetches its value from a View. Both are driven by the same table, so a variable cannot exist in one and not in
the other. Fields that have no value yet read as the empty value of their type; a date without value is `never`.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.guards import EMPTY, NEVER, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hefu.rules.dossier import Case, Certificate, ClockRun, Done, Dossier, Item
    from hefu.rules.model import Scheme

WORDS = {
    "text": "text", "long-text": "text", "choice": "text", "grade": "text", "uscc": "text", "file": "text",
    "evidence": "text",
    "person": "text", "signature": "text", "integer": "integer", "number": "number", "money": "number",
    "date": "date", "boolean": "boolean", "multi-choice": "list", "materials": "materials",
    "organisation": "organisation", "checklist": "map", "team": "rows", "rows": "rows", "man-days": "rows",
}  # fmt: skip


class Actor(NamedTuple):
    """A person as the core knows one. `competence` rows: {field, level, until}; `interests`: codes or names."""

    id: str
    roles: frozenset[str]
    name: str = ""
    organisation: Mapping[str, str] = {}
    competence: tuple[Mapping[str, Any], ...] | None = None
    interests: frozenset[str] = frozenset()


class Around(NamedTuple):
    """What surrounds the dossiers of a body on a day: outside facts, and people by their ids."""

    facts: Mapping[str, Any]
    people: Mapping[str, Actor]


SYSTEM = Actor("", frozenset({"system"}))


class View:
    """One moment of one act: the dossier, the subject acted on, the form handed in, the facts, the actor, the day."""

    __slots__ = ("actor", "case", "dossier", "facts", "form", "scheme", "subject", "today")

    def __init__(  # noqa: PLR0913 - a view is exactly these eight things
        self,
        scheme: Scheme,
        dossier: Dossier,
        subject: Case | Item | Certificate | None,
        case: Case | None,
        form: Mapping[str, Any],
        facts: Mapping[str, Any],
        actor: Actor,
        today: date,
    ) -> None:
        self.scheme = scheme
        self.dossier = dossier
        self.subject = subject
        self.case = case
        self.form = form
        self.facts = facts
        self.actor = actor
        self.today = today

    def done(self, action: str) -> Done | None:
        return self.subject.done.get(action) if self.subject else None

    def clock(self, name: str) -> ClockRun | None:
        """The run of a clock that concerns this case, item or dossier: the oldest unmet one, else the newest."""
        scopes = {"", self.case.id if self.case else "", getattr(self.subject, "id", "")}
        live = [run for scope in scopes if (run := self.dossier.unmet(name, scope)) is not None]
        if live:
            return min(live, key=_age)
        ended = [run for scope in scopes if (run := self.dossier.over(name, scope)) is not None]
        return max(ended, key=_age, default=None)


def _age(run: ClockRun) -> tuple[date, int]:
    return run.started, run.occurrence


def _value(raw: object, word: str) -> object:
    if type(raw) is str:  # most answers are
        return raw
    if raw is None:
        return EMPTY[word]
    if isinstance(raw, date):
        return stamp(raw)
    if word in ("rows", "table", "list", "materials"):
        return _cel(raw)
    if word == "map" and isinstance(raw, dict):
        return {point: answer["result"] if isinstance(answer, dict) else answer for point, answer in raw.items()}
    return float(raw) if word == "number" and isinstance(raw, int) else raw


def _cel(raw: Any) -> Any:  # noqa: ANN401 - nested form data
    """Nested data for CEL. The library takes no dates inside rows: they become text that `timestamp()` reads."""
    if isinstance(raw, dict):
        return {key: _cel(item) for key, item in raw.items() if item is not None}
    if isinstance(raw, list | tuple):
        return [_cel(item) for item in raw]
    return f"{raw.isoformat()}T00:00:00Z" if isinstance(raw, date) else raw


def _known(form: Mapping[str, Any], holder: Case | Item | Certificate | None, key: str, word: str) -> object:
    """What will be known once the act is done: this form's answer before an earlier one; materials add up."""
    given = form.get(key)
    if holder is None:
        return given
    if word == "materials":
        return (*(holder.data.get(key) or ()), *(given or ()))
    return holder.data.get(key) if given is None else given


def _items(view: View, kind: str) -> list[Item]:
    dossier = view.dossier
    if view.case is None:
        return dossier.items_of(kind)
    return [item for item in map(dossier.items.__getitem__, view.case.items) if item.kind == kind]


def _open(view: View, kind: str) -> int:
    """How many items of a kind have not ended, in this case or in all."""
    held = view.dossier.open.get(kind, ())
    if view.case is None:
        return len(held)
    return sum(view.dossier.items[name].case == view.case.id for name in held)


def _rows(view: View, kind: str) -> object:
    return [_row(view.dossier, item) for item in _items(view, kind)]


def _row(dossier: Dossier, item: Item) -> Mapping[str, Any]:
    """An item as guards see it; made once, because a guard over all items sees each of them at every act."""
    held = dossier.rows.get(item.id)
    if held is None or held[0] is not item:
        held = dossier.rows[item.id] = item, _cel({**item.data, "id": item.id, "state": item.state})
    return held[1]


FETCHED: dict[Callable[[View], object], tuple[str, str, bool]] = {}
"""By what each function was asked for from `resolver`: so it can be written down, and made again."""


@lru_cache(maxsize=8192)
def resolver(name: str, word: str, borrowed: bool = False) -> Callable[[View], object]:  # noqa: FBT001, FBT002 - pickle gives arguments by their place
    """The function that fetches the variable `name` of type `word`; `borrowed`: an item's guard looks at its case."""
    found = _fetcher(name, word, borrowed=borrowed)
    FETCHED[found] = (name, word, borrowed)
    return found


def _fetcher(name: str, word: str, *, borrowed: bool) -> Callable[[View], object]:  # noqa: C901, PLR0911, PLR0912 - one table, one branch a name
    space, _, key = name.partition(".")
    verb = key.replace("_", "-")
    match space:
        case "today":
            return lambda view: stamp(view.today)
        case "never":
            return lambda _: NEVER
        case "form":
            return lambda view: _value(view.form.get(key), word)
        case "case" if borrowed:
            return lambda view: _value(view.case.data.get(key) if view.case else None, word)
        case "case":
            return lambda view: _value(_known(view.form, view.case, key, word), word)
        case "item":
            return lambda view: _value(_known(view.form, view.subject, key, word), word)
        case "certificate" if key == "status":
            return lambda view: view.dossier.status
        case "certificate" if key == "since":
            return lambda view: stamp(view.dossier.certificate.since) if view.dossier.certificate else NEVER
        case "certificate":
            return lambda view: _value((c := view.dossier.certificate) and c.data.get(key), word)
        case "facts":
            return lambda view: _value(view.facts.get(key, view.scheme.facts[key]), word)
        case "settings":
            return lambda view: _value(view.scheme.settings[key], word)
        case "done":
            return lambda view: d.times if (d := view.done(verb)) else 0
        case "first":
            return lambda view: stamp(d.first) if (d := view.done(verb)) else NEVER
        case "last":
            return lambda view: stamp(d.last) if (d := view.done(verb)) else NEVER
        case "who":
            return lambda view: list(d.people) if (d := view.done(verb)) else []
        case "open":
            return lambda view: _open(view, verb)
        case "total":
            return lambda view: len(_items(view, verb))
        case "items":
            return lambda view: _rows(view, verb)
        case "waiting":
            return lambda view: len(view.dossier.open.get(verb, ()))
        case "known":
            return lambda view: [_row(view.dossier, item) for item in view.dossier.items_of(verb)]
        case "cases":
            return lambda view: c.state if (c := view.dossier.case(verb)) else ""
        case "active":
            return lambda view: view.dossier.open_case(verb) is not None
        case "clock":
            return lambda view: r.status if (r := view.clock(verb)) else ""
        case "due":
            return lambda view: stamp(r.due) if (r := view.clock(verb)) else NEVER
        case "duty":
            return lambda view: any(duty.act.rpartition(".")[2] == verb for duty in view.dossier.duties.values())
        case "by":
            return _BY[key]
    message = f"no variable is named {name}"
    raise KeyError(message)


def _named(value: object) -> Iterator[str]:
    """The names and codes that an answer holds, also inside organisations and rows."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):  # an organisation; the answer to a point that is called so says more than a name
        yield from (held for held in (value.get("uscc"), value.get("name")) if isinstance(held, str))
    elif isinstance(value, tuple):
        for row in value:
            yield from _named(row)


def conflicted(actor: Actor, view: View) -> bool:
    """Whether the person has a declared interest in the organisation that the dossier is about."""
    if not actor.interests:
        return False
    sources = [case.data for case in view.dossier.cases.values()]
    if view.dossier.certificate:
        sources.append(view.dossier.certificate.data)
    known = {word for data in (*sources, view.form) for value in data.values() for word in _named(value)}
    return not actor.interests.isdisjoint(known)


_BY: dict[str, Callable[[View], object]] = {
    "id": lambda view: view.actor.id,
    "roles": lambda view: sorted(view.actor.roles),
    "uscc": lambda view: view.actor.organisation.get("uscc", ""),
    "conflicted": lambda view: conflicted(view.actor, view),
}
BY_TYPES = {"id": "text", "roles": "list", "uscc": "text", "conflicted": "boolean"}
