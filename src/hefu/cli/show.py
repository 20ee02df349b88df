"""`hefu scheme list` and `show`: a scheme as data, and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from hefu.rules.model import Action, Clock, Field, Machine, Output, Rule, Scheme, Term, Text


def listed(scheme: Scheme, lang: str) -> dict[str, Any]:
    """One line of `scheme list`."""
    file = scheme.file
    days = file.in_force
    until = days.until.isoformat() if days.until else None
    return {
        "id": scheme.id, "version": scheme.version, "kind": file.kind, "document": file.document.id,
        "title": _text(file.document.title, lang), "issuer": _text(file.document.issuer, lang),
        "in_force": {"from": days.from_.isoformat(), "until": until}, "clauses": len(scheme.clauses),
        "digest": scheme.digest,
    }  # fmt: skip


def _text(value: Any, lang: str) -> str:  # noqa: ANN401 - both kinds of Text have zh and en
    return str(getattr(value, lang))


def shown(scheme: Scheme, lang: str) -> dict[str, Any]:
    """Everything that `scheme show --json` tells."""
    file = scheme.file
    return {
        **listed(scheme, lang),
        "stages": [
            {"id": stage.id, "title": _text(stage.title, lang), "clauses": stage.clauses} for stage in file.stages
        ],
        "roles": {name: {"title": _text(role.title, lang), "terms": role.terms} for name, role in file.roles.items()},
        "settings": {
            name: {"type": item.type, "default": item.default, "title": _text(item.title, lang),
                   "ambiguity": item.ambiguity, "clauses": item.clauses}
            for name, item in file.settings.items()
        },
        "facts": {
            name: {"type": item.type, "default": item.default, "title": _text(item.title, lang),
                   "clauses": item.clauses}
            for name, item in file.facts.items()
        },
        "separations": [
            {"id": item.id, "took": sorted(item.took), "roles": sorted(item.roles), "may_not": sorted(item.may_not),
             "within": item.within, "message": item.message.get(lang), "clauses": list(item.clauses)}
            for item in scheme.separations
        ],
        "processes": {name: _machine(item, lang) for name, item in scheme.machines.items() if item.kind == "process"},
        "certificate": _machine(scheme.machines["certificate"], lang),
        "items": {name: _machine(item, lang) for name, item in scheme.machines.items() if item.kind == "item"},
        "clocks": {name: _clock(item, lang) for name, item in scheme.clocks.items()},
        "forms": {name: {"number": form.number, "title": form.title.get(lang)} for name, form in scheme.forms.items()},
    }  # fmt: skip


def _machine(machine: Machine, lang: str) -> dict[str, Any]:
    return {
        "kind": machine.process_kind or machine.kind,
        "title": machine.title.get(lang),
        "states": {
            name: {"title": state.title.get(lang), "stage": state.stage, "end": state.outcome,
                   "clauses": list(state.clauses)}
            for name, state in machine.states.items()
        },
        "actions": {name: _action(action, lang) for name, action in machine.actions.items()},
        "grounds": {
            group: {name: {"title": ground.title.get(lang), "clauses": list(ground.clauses)}
                    for name, ground in members.items()}
            for group, members in machine.grounds.items()
        },
    }  # fmt: skip


def _action(action: Action, lang: str) -> dict[str, Any]:
    return {
        "title": action.title.get(lang), "by": sorted(action.by),
        "from": ["any"] if action.anywhere else sorted(action.sources), "to": [state for state, _ in action.targets],
        "form": action.form.label, "fields": [_field(field, lang) for field in action.form.fields],
        "grounds": sorted(action.grounds), "guards": [_rule(rule, lang) for rule in action.rules],
        "outputs": [_output(output, lang) for output in action.outputs], "clauses": list(action.clauses),
    }  # fmt: skip


def _field(field: Field, lang: str) -> dict[str, Any]:
    return {
        "id": field.id, "type": field.type, "title": field.title.get(lang), "required": field.required,
        "when": field.when.guard.source if field.when else None,
        "options": {name: option.title.get(lang) for name, option in field.options.items()},
        "columns": [_field(column, lang) for column in field.columns], "clauses": list(field.clauses),
    }  # fmt: skip


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    return {
        "code": rule.code, "level": rule.level, "test": rule.test.guard.source,
        "when": rule.when.guard.source if rule.when else None, "message": rule.message.get(lang),
        "clauses": list(rule.clauses),
    }  # fmt: skip


def _output(output: Output, lang: str) -> dict[str, Any]:
    return {
        "event": output.event,
        "name": output.name,
        "title": output.title.get(lang),
        "to": list(output.to),
        "clauses": list(output.clauses),
    }


def _term(term: Term | None) -> dict[str, Any] | None:
    return {"number": term.number, "unit": term.unit.value} if term else None


def _clock(clock: Clock, lang: str) -> dict[str, Any]:
    title: Text = clock.title
    return {
        "title": title.get(lang), "machine": clock.machine, "scope": clock.scope, "kind": clock.kind,
        "length": _term(clock.term), "every": _term(clock.every), "due": clock.due.guard.source if clock.due else None,
        "latest": _term(clock.latest), "firmness": clock.firmness, "owner": clock.owner,
        "automatic": clock.automatic or None, "duty": clock.duty.act if clock.duty else None,
        "clauses": list(clock.clauses),
    }  # fmt: skip


def print_scheme(data: dict[str, Any]) -> None:
    """The scheme for people."""
    click.secho(f"{data['id']}@{data['version']}  {data['title']}", bold=True)
    click.echo(
        f"{data['document']} · {data['issuer']} · {data['in_force']['from']} – {data['in_force']['until'] or ''}"
    )
    for name, machine in {**data["processes"], "certificate": data["certificate"], **data["items"]}.items():
        click.secho(f"\n{name}  {machine['title']}", bold=True)
        click.echo("  " + " · ".join(f"{key} {state['title']}" for key, state in machine["states"].items()))
        for verb, action in machine["actions"].items():
            way = f"{'/'.join(action['from']) or '·'} → {'/'.join(action['to']) or '·'}"
            click.echo(f"  {verb:<28} {'/'.join(action['by']):<36} {way}")
            for field in action["fields"]:
                mark = "*" if field["required"] else " "
                click.echo(f"      {mark} {field['id']}: {field['type']}  {field['title']}")
        for group, grounds in machine["grounds"].items():
            click.echo(f"  grounds {group}: " + " · ".join(f"{key} {item['title']}" for key, item in grounds.items()))
    click.secho("\nclocks", bold=True)
    for name, clock in data["clocks"].items():
        length = clock["length"] or clock["every"]
        limit = f"{length['number']} {length['unit']}" if length else clock["due"]
        click.echo(f"  {name:<24} {limit:<24} {clock['title']}  {' '.join(clock['clauses'])}")
    for group in ("settings", "facts"):
        click.secho(f"\n{group}", bold=True)
        for name, item in data[group].items():
            click.echo(f"  {name:<32} {item['type']:<8} {item['default']!r:<12} {item['title']}")
