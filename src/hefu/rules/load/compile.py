"""Compiling: from the files of a scheme to the scheme as the core uses it, with every problem met on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules import model
from hefu.rules.gathered import STATE
from hefu.rules.load import grammar, variables
from hefu.rules.load.machines import MachineBuilder
from hefu.rules.load.values import fits
from hefu.rules.model import Scheme, Text

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from hefu.rules.load.files import Files
    from hefu.rules.load.grammar import SchemeFile
    from hefu.rules.load.source import Problem
    from hefu.rules.time import Calendar

_ORDER = {"stop": 0, "pause": 1, "resume": 2, "start": 3}


def compile_files(files: Files, days: Calendar, words: Mapping[str, Text]) -> tuple[Scheme, list[Problem]]:
    """The compiled scheme and the problems met on the way; with problems the scheme is only partly there."""
    builder = MachineBuilder(files, days, words)
    machines: dict[str, model.Machine] = {}
    clocks: dict[str, model.Clock] = {}
    triggers: dict[str, list[model.Trigger]] = {}
    for name, source in variables.machines(files).items():
        builder.file, path = _where(files, name)
        machine = builder.machine(name, source, path)
        machines[name] = machine
        for key, item in source.clocks.items():
            here = (*path, "clocks", key)
            if key in clocks:
                builder.refuse(here, f"the clock {key!r} is defined a second time")
            clock = builder.clock(machine, key, item, here)
            clocks[key] = clock
            for event, trigger in builder.triggers(clock, item, here):
                triggers.setdefault(event, []).append(trigger)
    builder.file, builder.names, builder.borrowed = "scheme.yaml", variables.common(files), False
    file = files.scheme
    parties = _parties(machines)
    return Scheme(
        file.scheme, file.version, files.digest, file,
        {key: clause for place in files.places for key, clause in place.clauses.items()},
        {key: (place.place, Text(place.title.zh, place.title.en)) for place in files.places for key in place.clauses},
        _forms(builder, files), machines, clocks, _ordered(triggers),
        _separations(builder, files), {key: setting.default for key, setting in file.settings.items()},
        {key: fact.default for key, fact in file.facts.items()}, days, words, parties,
    ), [*builder.problems, *_common_problems(builder, files), *_subject_problems(builder, files, machines)]  # fmt: skip


def _ordered(triggers: dict[str, list[model.Trigger]]) -> dict[str, tuple[model.Trigger, ...]]:
    """What an event does to clocks, in the order in which it must happen: a clock may stop and start again at once."""
    return {name: tuple(sorted(found, key=lambda item: _ORDER[item.does])) for name, found in triggers.items()}


def _where(files: Files, name: str) -> tuple[str, tuple[str | int, ...]]:
    if name == "certificate":
        return "certificate.yaml", ()
    return (f"{name}.yaml", ()) if name in files.processes else ("scheme.yaml", ("items", name))


def _forms(builder: MachineBuilder, files: Files) -> dict[str, model.Form]:
    builder.names = {name: word for machine in variables.machines(files).values() for action in machine.actions.values()
                     for name, word in variables.field_words(variables.form_of(files, action), "form").items()
                     } | variables.common(files)  # fmt: skip
    used = {action.form for machine in variables.machines(files).values() for action in machine.actions.values()}
    forms = {}
    for key, form in files.forms.items():
        names = {**builder.names, **variables.field_words(form.fields, "form")}
        kept, builder.names = builder.names, names
        fields = () if key in used else builder._form_fields(key, form)  # noqa: SLF001 - one builder, two files
        builder.names = kept
        builder.file = "scheme.yaml"
        forms[key] = model.Form(key, form.number or "", Text(form.title.zh, form.title.en), fields,
                                prints=form.prints or bool(form.number), clauses=tuple(form.clauses))  # fmt: skip
    return forms


def _fields(machines: Mapping[str, model.Machine]) -> Iterator[model.Field]:
    """Every field in which a case, an item or the certificate may know something."""
    for machine in machines.values():
        yield from machine.fields.values()
        for action in machine.actions.values():
            yield from action.form.fields


def _parties(machines: Mapping[str, model.Machine]) -> dict[str, str]:
    """The fields that name an organisation by itself or by its name, and say in which role it is a party."""
    return {item.id: item.role for item in _fields(machines) if item.role and item.type in ("organisation", "text")}


def _check_visits(builder: MachineBuilder, files: Files, known: Container[str]) -> None:
    for number, visit in enumerate(files.scheme.visits):
        for key, field in (("from", visit.from_), ("to", visit.to), ("team", visit.team), ("days", visit.days)):
            if field and field not in known:
                builder.refuse(("visits", number, key), f"no form or certificate has a field {field!r}")


def _subject_problems(
    builder: MachineBuilder, files: Files, machines: Mapping[str, model.Machine]
) -> Iterator[Problem]:
    """Words of `subject` and `visits` that no field has, and outside roles whose holders could never see a dossier."""
    before = len(builder.problems)
    builder.file, known = "scheme.yaml", {item.id for item in _fields(machines)}
    for group in ("holder", "unit"):
        for number, name in enumerate(getattr(files.scheme.subject, group)):
            if name not in known:
                builder.refuse(("subject", group, number), f"no form or certificate has a field {name!r}")
    _check_visits(builder, files, known)
    for key, fact in files.scheme.facts.items():
        if fact.gathers is not None:
            _check_gathers(builder, ("facts", key, "gathers"), fact, machines, known)
    named = set(_parties(machines).values())
    for key, role in files.scheme.roles.items():
        if role.reach == "organisation" and key not in named:
            builder.refuse(("roles", key, "reach"), f"no field has `role: {key}`, so its people would see no dossier")
        if role.open and role.reach != "organisation":
            builder.refuse(("roles", key, "open"), "only a role of outside organisations can be open to all of them")
    return iter(builder.problems[before:])


def _check_gathers(
    builder: MachineBuilder,
    path: tuple[str | int, ...],
    fact: grammar.Fact,
    machines: Mapping[str, model.Machine],
    known: set[str],
) -> None:
    """A fact gathers rows, from states and fields that there are."""
    gathers = fact.gathers
    if gathers is None:
        return
    machine = machines.get(gathers.of)
    if fact.type != "rows" or machine is None or machine.kind == "item":
        builder.refuse(path, f"only a fact of type rows can gather, from a process or the certificate: {gathers.of!r}")
        return
    for number, state in enumerate(gathers.states):
        if state not in machine.states:
            builder.refuse((*path, "states", number), f"{gathers.of} has no state {state!r}")
    for key, field in gathers.row.items():
        if field != STATE and field.partition(".")[0] not in known:
            builder.refuse((*path, "row", key), f"no form or certificate has a field {field!r}")


def _separations(builder: MachineBuilder, files: Files) -> tuple[model.Separation, ...]:
    found = []
    builder.file, builder.names = "scheme.yaml", variables.common(files)
    for number, item in enumerate(files.scheme.separations):
        path = ("separations", number)
        builder.parts([*item.took, *item.may_not], path)
        builder.roles(item.roles, path)
        remedy = Text(item.remedy.zh, item.remedy.en) if item.remedy else None
        found.append(model.Separation(
            item.id, item.code, frozenset(item.took), frozenset(item.roles), frozenset(item.may_not), item.within,
            builder.expression(item.unless, (*path, "unless")), Text(item.message.zh, item.message.en), remedy,
            builder.clauses(item.clauses, path),
        ))  # fmt: skip
    return tuple(found)


def _misplaced(builder: MachineBuilder, files: Files) -> None:
    """A version lies in the folder of its name, because that is how it is found."""
    file, folder = files.scheme, files.folder.resolve()
    if (file.scheme, file.version) != (folder.parent.name, folder.name):
        builder.refuse(("version",), f"{file.scheme}@{file.version} belongs in the folder {file.scheme}/{file.version}")


def _common_problems(builder: MachineBuilder, files: Files) -> Iterator[Problem]:
    """Clauses of the parts of scheme.yaml that are kept as they are."""
    before = len(builder.problems)
    file = files.scheme
    builder.file = "scheme.yaml"
    _misplaced(builder, files)
    builder.clauses(file.document.clauses, ("document",))
    for group in ("basis", "stages"):
        for number, item in enumerate(getattr(file, group)):
            builder.clauses(item.clauses, (group, number))
    if file.departures not in file.roles:
        builder.refuse(
            ("departures",), f"the role {file.departures!r} is not defined, so nobody could approve a departure"
        )
    for group in ("roles", "settings", "facts"):
        for key, item in getattr(file, group).items():
            builder.clauses(item.clauses, (group, key))
            if group != "roles" and not fits(item.type, item.default):
                builder.refuse((group, key, "default"), f"the default of {key!r} is not of the type {item.type}")
    _columns(builder, file)
    for name, source in files.sources.items():
        if name.startswith("forms/"):
            builder.file = name
            for key in source.data:
                builder.clauses(files.forms[key].clauses, (key,))
    return iter(builder.problems[before:])


def _columns(builder: MachineBuilder, file: SchemeFile) -> None:
    """Tables and rows say what stands in them, so that a body can enter it."""
    for group, kind, least in (("settings", "table", 2), ("facts", "rows", 1)):
        for key, item in getattr(file, group).items():
            if item.type == kind and len(item.columns) < least:
                builder.refuse((group, key), f"{key!r} of type {kind} needs {least} columns or more")
