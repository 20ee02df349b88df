"""What a scheme shows to anybody: fields and clocks of the certificate, and answers published with an act.

Nothing that names a person, and nothing that a case is made of (signatures, files, teams, findings, tables), may be
among them: 个人信息保护法 art. 5 and 6, and the confidentiality that every scheme promises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.check.states import where
from hefu.rules.load.source import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.rules.load.files import Files
    from hefu.rules.load.source import Place
    from hefu.rules.model import Field, Machine, Scheme

WITHHELD = frozenset({"checklist", "evidence", "file", "man-days", "materials", "person", "rows", "signature", "team"})
"""Types of fields whose answers are never public."""


def public_problems(files: Files, scheme: Scheme) -> Iterator[Problem]:
    """What must not be public, and what is marked so where nobody would look for it."""
    for number, item in enumerate(files.certificate.fields):
        if item.public and item.type in WITHHELD:
            at = files.place("certificate.yaml", "fields", number, "public")
            yield Problem(at, f"the field {item.id!r} is a {item.type}, and cannot be public")
    for machine in scheme.machines.values():
        yield from _published(files, machine)
        for field, at in _asked(files, machine):
            if field.public:
                yield Problem(at, f"only a field that certificate.yaml declares can be public, not {field.id!r}")
    for clock in scheme.clocks.values():
        if clock.public and clock.machine != "certificate":
            at = where(files, scheme.machines[clock.machine], "clocks", clock.name)
            yield Problem(at, f"only a clock of the certificate can be public, not {clock.name!r}")


def _asked(files: Files, machine: Machine) -> Iterator[tuple[Field, Place]]:
    for action in machine.actions.values():
        for field in action.form.fields:
            yield field, where(files, machine, "actions", action.name)


def _published(files: Files, machine: Machine) -> Iterator[Problem]:
    for action in machine.actions.values():
        shown = {name for output in action.outputs for name in output.shows}
        for field in action.form.fields:
            if field.id in shown and field.type in WITHHELD:
                at = where(files, machine, "actions", action.name, "publishes")
                yield Problem(at, f"{field.id!r} is a {field.type}, and cannot be published")
