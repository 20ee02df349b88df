"""Which variables an expression may use, by where it stands; the type checker of guards is fed from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.view import BY_TYPES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hefu.rules.load.files import Files
    from hefu.rules.load.grammar import Action, Form, FormField, Machine

SETTING_WORDS = {"boolean": "boolean", "integer": "integer", "text": "text", "date": "date", "list": "list",
                 "table": "table", "rows": "rows"}  # fmt: skip


def snake(name: str) -> str:
    """The name as CEL can write it."""
    return name.replace("-", "_").rpartition(".")[2]


def form_of(files: Files, action: Action) -> list[FormField]:
    """The fields that an action asks for: its form's and its own."""
    form: Form | None = files.forms.get(action.form) if action.form else None
    return [*(form.fields if form else ()), *action.fields]


def machine_fields(files: Files, machine: Machine) -> list[FormField]:
    """Every field that a case, certificate or item of this machine can hold."""
    return [*machine.fields, *(field for action in machine.actions.values() for field in form_of(files, action))]


def field_words(fields: Iterable[FormField], space: str) -> dict[str, str]:
    """Variables of fields under a name space."""
    return {f"{space}.{field.id}": WORDS[field.type] for field in fields}


def common(files: Files) -> dict[str, str]:
    """The variables that every expression of the scheme may use."""
    names = {"today": "date", "never": "date", "certificate.status": "text", "certificate.since": "date"}
    names |= {f"by.{key}": word for key, word in BY_TYPES.items()}
    names |= {f"facts.{key}": SETTING_WORDS[fact.type] for key, fact in files.scheme.facts.items()}
    names |= {f"settings.{key}": SETTING_WORDS[setting.type] for key, setting in files.scheme.settings.items()}
    names |= field_words(machine_fields(files, files.certificate), "certificate")
    if any(action.grounds for action in files.certificate.actions.values()):
        names["certificate.grounds"] = "list"
    for process in files.processes:
        names |= {f"cases.{snake(process)}": "text", f"active.{snake(process)}": "boolean"}
    for kind in files.scheme.items:
        names |= {f"open.{snake(kind)}": "integer", f"total.{snake(kind)}": "integer", f"items.{snake(kind)}": "rows",
                  f"waiting.{snake(kind)}": "integer", f"known.{snake(kind)}": "rows"}  # fmt: skip
    for machine in machines(files).values():
        for clock in machine.clocks:
            names |= {f"clock.{snake(clock)}": "text", f"due.{snake(clock)}": "date"}
        for duty in _duties(machine):
            names[f"duty.{snake(duty)}"] = "boolean"
    return names


def _duties(machine: Machine) -> Iterable[str]:
    for action in machine.actions.values():
        yield from (duty.act for duty in action.duties)
    yield from (clock.breach.duty.act for clock in machine.clocks.values() if clock.breach.duty)


def machines(files: Files) -> dict[str, Machine]:
    """Every machine of the scheme by the name under which its acts are addressed."""
    return {**files.processes, "certificate": files.certificate, **files.scheme.items}


def of_machine(files: Files, name: str) -> dict[str, str]:
    """The variables of a process, the certificate or a kind of item, without a form; gathered once."""
    if name not in files.variables:
        files.variables[name] = _of_machine(files, name)
    return files.variables[name]


def _of_machine(files: Files, name: str) -> dict[str, str]:
    machine = machines(files)[name]
    names = common(files)
    fields = machine_fields(files, machine)
    space = "item" if name in files.scheme.items else "case"
    if space == "item":
        for process in files.processes.values():
            if any(action.raises == name for action in process.actions.values()):
                names |= field_words(machine_fields(files, process), "case")
    if name != "certificate":
        names |= field_words(fields, space)
        if any(action.grounds for action in machine.actions.values()):
            names[f"{space}.grounds"] = "list"
    for verb in machine.actions:
        key = snake(verb)
        names |= {f"done.{key}": "integer", f"first.{key}": "date", f"last.{key}": "date", f"who.{key}": "list"}
    return names


def of_action(files: Files, name: str, action: Action) -> dict[str, str]:
    """The variables of an action: those of its machine, and its form."""
    names = {**of_machine(files, name), **field_words(form_of(files, action), "form")}
    return {**names, "form.grounds": "list"} if action.grounds else names


def everywhere(files: Files) -> Iterable[dict[str, str]]:
    """The variables of every place where an expression may stand, so that they can be declared once."""
    for name, machine in machines(files).items():
        yield of_machine(files, name)
        for action in machine.actions.values():
            yield {**field_words(form_of(files, action), "form"), "form.grounds": "list"}
    for form in files.forms.values():
        yield field_words(form.fields, "form")
