"""Who and what a dossier is about, as lists, searches and doors need to know it. Pure; the scheme's data says which.

A party of a case is a person who was named in it or has acted in it, or an organisation that a field of the scheme
names in a role. `subject` is the line by which people know the dossier: its holder and the certified unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hefu.rules.dossier import Case, Certificate, Dossier
    from hefu.rules.model import Scheme


class Party(NamedTuple):
    """`key` is a person's id, or an organisation's credit code (its name, where it has none); people have no role."""

    key: str
    role: str


class Subject(NamedTuple):
    """The holder's name and credit code, and the certified unit; empty where nothing is known yet."""

    holder: str
    uscc: str
    unit: str


def parties(scheme: Scheme, held: Case | Certificate) -> frozenset[Party]:
    """The parties of a case, or of the certificate."""
    people = set(held.parts)
    for done in held.done.values():
        people.update(done.people)
    found = {Party(name, "") for name in people if name}
    for field, role in scheme.parties.items():
        found.update(Party(key, role) for key in _keys(held.data.get(field)))
    return frozenset(found)


def subject(scheme: Scheme, dossier: Dossier) -> Subject:
    """The first of the scheme's words for holder and unit that has an answer."""
    words = scheme.file.subject
    holder, unit = _first(dossier, words.holder), _first(dossier, words.unit)
    known = holder if hasattr(holder, "get") else {"name": holder}
    return Subject(_line(known.get("name")), _line(known.get("uscc")), _line(unit))


def _keys(answer: Any) -> Iterator[str]:  # noqa: ANN401 - an organisation, or a name
    if hasattr(answer, "get"):
        yield from (word for word in (answer.get("uscc"), answer.get("name")) if word)
    elif answer:
        yield str(answer)


def _first(dossier: Dossier, fields: Iterable[str]) -> Any:  # noqa: ANN401 - an answer
    for field in fields:
        for data in _sources(dossier):
            if answer := data.get(field):
                return answer
    return ""


def _sources(dossier: Dossier) -> Iterator[Mapping[str, Any]]:
    if dossier.certificate:
        yield dossier.certificate.data
    cases = [dossier.cases[name] for name in dossier.newest.values() if name in dossier.cases]
    for case in sorted(cases, key=lambda case: (case.opened, case.id), reverse=True):
        yield case.data


def _line(value: object) -> str:
    return " ".join(str(value or "").split())
