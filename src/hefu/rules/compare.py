"""What differs between two versions of a scheme: by construct and value, not by line of text.

Every construct of a scheme's files (a clause, a state, an act, a guard, a clock, a setting …) has an address that does
not depend on where it stands. Two versions are compared address by address; a construct that is in both and says
something else is changed, with each value before and after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from hefu.rules.load import grammar
    from hefu.rules.load.files import Files

Address = tuple[str, str]
"""The kind of a construct (`clause`, `state`, `guard` …) and its name within the scheme."""
KINDS = (
    "clause", "document", "stage", "role", "part", "separation", "setting", "fact", "machine", "state", "act", "guard",
    "ground", "clock", "form", "field", "other",
)  # fmt: skip
"""The kinds of constructs, in the order in which differences are told."""
OWN = {
    "document": "document", "stages": "stage", "roles": "role", "parts": "part", "separations": "separation",
    "settings": "setting", "facts": "fact",
}  # fmt: skip
"""The keys of scheme.yaml whose contents are constructs; `items` are machines, and the rest is `other`."""


class Value(NamedTuple):
    """One value that differs: its path within the construct, before and after; None where there is none."""

    path: str
    before: Any
    after: Any


class Difference(NamedTuple):
    """A construct that was `added`, `removed` or `changed`; `values` are empty unless it was changed."""

    kind: str
    name: str
    what: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    values: tuple[Value, ...]


def differences(before: Files, after: Files) -> list[Difference]:
    """Everything that differs between two versions, by kind and in the order of the files."""
    old, new = dict(_constructs(before)), dict(_constructs(after))
    found = []
    for kind, name in dict.fromkeys((*old, *new)):
        was, now = old.get((kind, name)), new.get((kind, name))
        if was is None or now is None:
            found.append(Difference(kind, name, "added" if was is None else "removed", was or {}, now or {}, ()))
        elif was != now:
            found.append(Difference(kind, name, "changed", was, now, tuple(_values(was, now, ""))))
    return sorted(found, key=lambda one: KINDS.index(one.kind))


def _constructs(files: Files) -> Iterator[tuple[Address, dict[str, Any]]]:
    for place in files.places:
        yield ("other", f"place/{place.place}"), {"title": _plain(place.title)}
        for name, clause in place.clauses.items():
            yield ("clause", name), {"place": place.place, **_plain(clause)}
    for key, value in _plain(files.scheme).items():
        if key == "version" or key == "items":  # noqa: PLR1714 - the one names what is compared, the others are machines
            continue
        yield from _group(key, value)
    for name, form in files.forms.items():
        yield from _form(name, form)
    machines: dict[str, grammar.Machine] = {**files.processes, "certificate": files.certificate, **files.scheme.items}
    for name, machine in machines.items():
        yield from _machine(name, machine)


def _group(key: str, value: Any) -> Iterator[tuple[Address, dict[str, Any]]]:  # noqa: ANN401 - JSON
    kind = OWN.get(key, "other")
    if kind == "document" or kind == "other":  # noqa: PLR1714 - two reasons to take it whole
        yield (kind, key), value if isinstance(value, dict) else {"value": value}
    elif isinstance(value, dict):
        for name, item in value.items():
            yield (kind, name), item
    else:
        for item in value:
            yield (kind, item["id"]), item


def _machine(name: str, machine: grammar.Machine) -> Iterator[tuple[Address, dict[str, Any]]]:
    whole = _plain(machine)
    states, actions, clocks = whole.pop("states"), whole.pop("actions"), whole.pop("clocks", {})
    grounds, fields = whole.pop("grounds", {}), whole.pop("fields", [])
    yield ("machine", name), whole
    for state, said in states.items():
        yield ("state", f"{name}/{state}"), said
    for verb, said in actions.items():
        guards, own = said.pop("guards", []), said.pop("fields", [])
        yield ("act", f"{name}.{verb}"), said
        yield from _many("guard", f"{name}.{verb}", guards, "code")
        yield from _many("field", f"{name}.{verb}", own, "id")
    for group, members in grounds.items():
        for ground, said in members.items():
            guards = said.pop("guards", [])
            yield ("ground", f"{name}/{group}/{ground}"), said
            yield from _many("guard", f"{name}/{group}/{ground}", guards, "code")
    for clock, said in clocks.items():
        yield ("clock", f"{name}/{clock}"), said
    yield from _many("field", name, fields, "id")


def _form(name: str, form: grammar.Form) -> Iterator[tuple[Address, dict[str, Any]]]:
    whole = _plain(form)
    fields = whole.pop("fields", [])
    yield ("form", name), whole
    yield from _many("field", name, fields, "id")


def _many(kind: str, owner: str, items: list[dict[str, Any]], key: str) -> Iterator[tuple[Address, dict[str, Any]]]:
    """Parts of a list by their own names; one that stands there twice is told apart by its number."""
    seen: dict[str, int] = {}
    for item in items:
        name = str(item.get(key, ""))
        seen[name] = seen.get(name, 0) + 1
        more = f"#{seen[name]}" if seen[name] > 1 else ""
        yield (kind, f"{owner}/{name}{more}"), item


def _plain(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _values(was: Any, now: Any, path: str) -> Iterator[Value]:  # noqa: ANN401 - JSON
    """The values that differ, as deep as both sides have the same shape."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*was, *now)):
            yield from _values(was.get(key), now.get(key), f"{path}.{key}" if path else str(key))
    elif was != now:
        yield Value(path, was, now)
