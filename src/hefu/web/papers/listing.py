"""The papers of a dossier for one reader: documents that acts have made, materials with their files, other files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from hefu.papers.filled import deeds, made
from hefu.papers.uploads import of
from hefu.web.papers.reading import may_read
from hefu.web.papers.uploads import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hefu.papers.filled import Deed, Made
    from hefu.rules.model import Option
    from hefu.web.door import Door


class Document(NamedTuple):
    """A document, and who has made it."""

    made: Made
    by: str


class Held(NamedTuple):
    """A file of the dossier, and who has handed it in."""

    shown: Shown
    by: str


class Material(NamedTuple):
    """A material that was handed in, and its files in the order in which they came; none where it came on paper.

    `name` is FIELD.OPTION, as of an upload (Upload.material).
    """

    name: str
    option: Option
    files: tuple[Held, ...]


class Papers(NamedTuple):
    """What one reader finds in a dossier, the newest documents first; `files` are those of no material."""

    documents: tuple[Document, ...]
    materials: tuple[Material, ...]
    files: tuple[Held, ...]


def papers(there: Door) -> Papers:
    """The papers of a dossier that somebody may read."""
    documents, readable = [], []
    for deed in deeds(there.store, there.held.id):
        if may_read(there, deed) and deed.given.act is not None:
            by = deed.given.act.by
            documents += [Document(item, by.name or by.id) for item in made(there.scheme, deed)]
            readable.append(deed)
    files = of(there.held.id)
    if not there.inside:
        said = [deed.entry.given for deed in readable]
        ids = [pk for pk in files.values_list("pk", flat=True) if any(pk in text for text in said)]
        files = files.filter(Q(account=there.account.key) | Q(pk__in=ids))
    by_material: dict[str, list[Held]] = {}
    for upload in files:
        person = there.people.get(upload.account)
        held = Held(shown(upload), person.name if person else "")
        by_material.setdefault(upload.material, []).append(held)
    known = _materials(there, readable)
    return Papers(
        tuple(reversed(documents)),
        tuple(Material(name, option, tuple(by_material.pop(name, ()))) for name, option in known.items()),
        tuple(held for rest in by_material.values() for held in rest),
    )


def _materials(there: Door, readable: Iterable[Deed]) -> dict[str, Option]:
    """Every material that acts have handed in, by its name (Upload.material), in the order in which it came."""
    found: dict[str, Option] = {}
    for deed in readable:
        action = there.scheme.action(deed.given.act.do) if deed.given.act else None
        for field in action.form.fields if action and deed.given.act else ():
            if field.type == "materials" and deed.given.act:
                handed = deed.given.act.form.get(field.id, ())
                found |= {f"{field.id}.{key}": field.options[key] for key in handed if key in field.options}
    return found
