"""`hefu replay` and `hefu explain`: scenarios from files, for people and for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hefu.rules.explain import explain
from hefu.rules.load import BadSourceError, Library, Problem, load, with_settings
from hefu.rules.replay.run import moments, replay
from hefu.rules.replay.scenario import misfits, open_scenario

if TYPE_CHECKING:
    from hefu.rules.model import Scheme
    from hefu.rules.replay.scenario import Script


def opened(file: Path, folder: str | None) -> tuple[Scheme, Script, dict[str, Scheme]]:
    """A scenario, its scheme, and the versions that may govern its acts.

    Raises BadSourceError, or LookupError when there is no such scheme or version.
    """
    script = open_scenario(file)
    scenario = script.scenario
    home = Path(folder) if folder else _beside(file, scenario.scheme)
    scheme = load(home) if home else Library().find(scenario.scheme, scenario.steps[0].on)
    if problems := misfits(script, scheme):
        raise BadSourceError(problems)
    versions = {} if home or "@" in scenario.scheme else Library().all_versions(scheme.id)
    own = {name: with_settings(item, scenario.settings) for name, item in {**versions, scheme.version: scheme}.items()}
    return own[scheme.version], script, own


def _beside(file: Path, ref: str) -> Path | None:
    """The scheme folder in whose scenarios/ a file lies, if it is the one that the file names."""
    folder = file.resolve().parent.parent
    name, _, version = ref.partition("@")
    fits = folder.parent.name == name and version in ("", folder.name) and (folder / "scheme.yaml").exists()
    return folder if fits else None


def run_file(file: Path, folder: str | None, lang: str) -> dict[str, Any]:
    """The result of one scenario file. Raises BadSourceError or LookupError."""
    scheme, script, versions = opened(file, folder)
    return replay(scheme, script, lang, versions)


def unreadable(folder: Path) -> list[Problem]:
    """The scenario files of a scheme that cannot be read, each with its place."""
    problems: list[Problem] = []
    for path in sorted((folder / "scenarios").glob("*.yaml")):
        try:
            open_scenario(path)
        except BadSourceError as error:
            problems += error.problems
    return problems


def print_result(result: dict[str, Any]) -> None:
    """A result for people: one line, and what failed."""
    mark = click.style("ok", fg="green") if result["ok"] else click.style("failed", fg="red")
    click.echo(f"{mark}  {result['file']}  ({len(result['steps'])} steps)")
    for failure in result["failures"]:
        step = result["steps"][failure["step"] - 1]
        click.echo(f"  step {failure['step']} ({step['on']} {step['do'] or 'time passes'}):")
        click.echo(f"    expected {failure['expected']}")
        click.echo(f"    got      {failure['got']}")
        for refusal in step["refusals"]:
            click.echo(f"    refused  {refusal['code']}: {refusal['message']} {refusal['clauses']}")


def explained(file: Path, person: str, folder: str | None, lang: str) -> dict[str, Any]:
    """What a person may do after the last step. Raises BadSourceError or LookupError."""
    scheme, script, versions = opened(file, folder)
    actor = script.people.get(person)
    if actor is None:
        known = ", ".join(script.people)
        message = f"nobody among the people is named {person!r}; known are: {known}"
        raise LookupError(message)
    last = moments(scheme, script, versions)[-1]
    facts = {**script.scenario.facts, **last.step.facts}
    found = explain(scheme, last.dossier, actor, last.step.on, facts)
    return {
        "file": script.name, "by": person, "on": last.step.on.isoformat(),
        "permitted": [
            {"do": item.action.id, "subject": item.subject, "title": item.action.title.get(lang),
             "clauses": list(item.action.clauses), "form": item.action.form.label,
             "conditions": [{"code": rule.code, "message": rule.message.get(lang), "clauses": list(rule.clauses)}
                            for rule in item.conditions]}
            for item in found if item.permitted
        ],
        "blocked": [
            {"do": item.action.id, "subject": item.subject, "title": item.action.title.get(lang),
             "clauses": list(item.action.clauses), "refusals": [refusal.as_data(lang) for refusal in item.refusals]}
            for item in found if not item.permitted
        ],
    }  # fmt: skip


def print_explained(result: dict[str, Any]) -> None:
    """An explanation for people."""
    click.secho(f"{result['by']} · {result['on']}", bold=True)
    for item in result["permitted"]:
        click.echo(f"{click.style('+', fg='green')} {item['do']}  {item['title']}  {' '.join(item['clauses'])}")
    for item in result["blocked"]:
        click.echo(f"{click.style('-', fg='red')} {item['do']}  {item['title']}")
        for reason in item["refusals"]:
            click.echo(f"    {reason['message']}  {' '.join(reason['clauses'])}")
            if "remedy" in reason:
                click.echo(f"    → {reason['remedy']}")
