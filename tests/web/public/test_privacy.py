"""No public page holds anything that the scheme does not publish: no person, no contact, nothing of a case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from hefu.register.models import EntryRow, StepRow
from hefu.rules.parties import subject
from hefu.web import kept
from tests.dossiers.lives import life
from tests.web.public.square import FIRST, LIST, SECOND, SLUG, WAL, lived, passed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client

    from hefu.web.words import Bilingual
    from tests.dossiers.lives import Life

LIVES = [
    (WAL, "a-whole-life"), (WAL, "six-grounds-of-suspension"), (WAL, "a-proven-complaint-leads-to-withdrawal"),
    (WAL, "misuse-and-accidents-lead-to-withdrawal"), (FIRST, "a-whole-life"), (FIRST, "complaints-and-appeals"),
    (FIRST, "suspension-on-eight-grounds"), (SECOND, "a-whole-life"), (LIST, "a-whole-life"),
    (LIST, "removal-on-each-ground"), (LIST, "objection-holds-listing"), (LIST, "complaint-about-a-listed-product"),
]  # fmt: skip
SHORTEST = 4
"""Shorter answers (dates, levels, yes and no) say nothing by themselves."""


def pages(visitor: Client) -> Iterator[str]:
    """Everything that anybody can read, in both languages."""
    addresses = ["/", "/announcements/", f"/announcements/of/{SLUG}.atom", "/sitemap.xml", "/sitemap/0.xml"]
    addresses += [f"/c/{public}{end}" for public in EntryRow.objects.values_list("public", flat=True)
                  for end in ("/", ".json")]  # fmt: skip
    addresses += [
        f"/announcements/{public}/" for public in StepRow.objects.exclude(name="").values_list("public", flat=True)
    ]
    for language in ("zh-hans", "en"):
        visitor.cookies["language"] = language
        for address in addresses:
            response = visitor.get(address)
            assert response.status_code == 200, address
            yield response.content.decode()


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - an answer of any shape
    if hasattr(value, "values"):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str) and len(value) >= SHORTEST:
        yield value


def published(told: Life) -> set[str]:
    """What the scheme makes public of a life: fields of the certificate, answers that are shown, holder and unit."""
    scheme = kept.store().laws.of(told.scheme).scheme
    public = {name for name, field in scheme.machines["certificate"].fields.items() if field.public}
    found: set[str] = set()
    for step in told.steps:
        held = step.dossier.certificate
        found.update(texts({name: held.data.get(name) for name in public} if held else ()))
        found.update(texts(subject(scheme, step.dossier)))
        action = scheme.action(step.act.do)
        shown = {name for output in action.outputs for name in output.shows} if action else set()
        found.update(texts({name: step.act.form.get(name) for name in shown}))
    return found


def words_of(scheme: str) -> str:
    """Every word of the scheme's own: options and titles are no secrets, whoever chooses them."""
    law = kept.store().laws.of(scheme).scheme
    fields = [field for machine in law.machines.values() for field in machine.fields.values()]
    held: list[Bilingual] = [*law.clauses.values(), *(field.title for field in fields)]
    options = [option for field in fields for option in field.options.values()]
    grounds = [one for machine in law.machines.values() for group in machine.grounds.values() for one in group.values()]
    return " ".join(
        [*(f"{one.zh} {one.en}" for one in held), *(f"{one.id} {one.title.zh} {one.title.en}" for one in options),
         *(f"{one.id} {one.title.zh} {one.title.en}" for one in grounds), *law.machines, *law.file.roles]
    )  # fmt: skip


@pytest.mark.parametrize(("folder", "name"), LIVES, ids=lambda value: str(value).rpartition("/")[2])
def test_nothing_that_was_answered_inside_is_read_outside(visitor: Client, folder: Path, name: str) -> None:
    lived(folder, name)
    passed()
    told = life(folder, name)
    open_words = published(told)
    said = "\n".join(pages(visitor))
    inside = {text for step in told.steps for text in texts(step.act.form)}
    people = {person.name for person in told.people.values() if not person.name.isascii()}
    known = words_of(told.scheme)
    secret = {text for text in inside if text not in open_words and text not in known
              and not any(text in other for other in open_words)}  # fmt: skip
    assert secret
    leaked = sorted(text for text in secret | people if text in said and text not in known)
    assert leaked == []
    assert re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", said) is None
    assert re.search(r"[\w.]+@[\w.]+\.\w+", said) is None


def test_the_dossier_cannot_be_guessed_from_what_is_public(visitor: Client) -> None:
    lived(WAL, dossier="a-dossier-of-nobody")
    assert all("a-dossier-of-nobody" not in page for page in pages(visitor))
