"""hefu: check schemes, read them, replay and explain cases. The contract is docs/reference/command-line.md.

Imports are made inside the commands, so that `hefu --help` and shell completion start at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hefu import __version__
from hefu.cli import dossiers
from hefu.cli.demo import demo
from hefu.cli.messages import messages
from hefu.cli.people import account
from hefu.cli.serve import serve
from hefu.cli.status import status
from hefu.cli.work import work

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from hefu.rules.load import Library
    from hefu.rules.model import Scheme

OK, FAILED, UNREADABLE = 0, 1, 2
as_json = click.option("--json", "json_", is_flag=True, help="Print JSON, for other programs.")
language = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of titles and messages."
)


def _complete_scheme(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The schemes of the library, for shell completion."""
    from click.shell_completion import CompletionItem

    names = sorted({folder.parent.name for folder in _library().folders()})
    return [CompletionItem(name) for name in names if name.startswith(typed)]


class Plain(click.Group):
    """A group whose commands end with a plain message, never a traceback, when what they are given is no good."""

    def invoke(self, context: click.Context) -> Any:  # noqa: ANN401 - click's own type
        """Run a command; what is wrong with its input goes to standard error, exit 2."""
        from hefu.rules.load import BadSourceError
        from hefu.rules.time import CalendarRangeError

        try:
            return super().invoke(context)
        except (BadSourceError, CalendarRangeError) as error:
            _stop(str(error))
        except LookupError as error:
            _stop(str(error.args[0]) if error.args else str(error))


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hefu")
def main() -> None:
    """Hefu 合符: certification schemes as executable data."""


def _print(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def _stop(message: str, code: int = UNREADABLE) -> None:
    click.echo(message, err=True)
    sys.exit(code)


def _library() -> Library:
    from hefu.rules.load import Library

    return Library()


def _folders(names: tuple[str, ...]) -> list[Path]:
    """Scheme folders by path, id or id@version; all of the library without a name."""
    library = _library()
    if not names:
        return library.folders()
    found: list[Path] = []
    for name in names:
        path = Path(name)
        if (path / "scheme.yaml").exists():
            found.append(path)
            continue
        ident, _, version = name.partition("@")
        folders = [folder for folder in library.versions(ident) if not version or folder.name == version]
        if path.is_dir():
            folders = sorted(inner.parent for inner in path.glob("**/scheme.yaml"))
        if not folders:
            known = ", ".join(sorted({folder.parent.name for folder in library.folders()}))
            _stop(f"{name}: no such scheme or folder; known schemes: {known}")
        found += folders
    return found


def _scheme(name: str) -> tuple[Scheme, Path]:
    """One scheme by path, id or id@version. Raises BadSourceError."""
    from hefu.rules.load import load

    folder = _folders((name,))[-1]
    return load(folder), folder


@main.command()
@click.argument("schemes", nargs=-1, shell_complete=_complete_scheme)
@as_json
def check(schemes: tuple[str, ...], json_: bool) -> None:
    """Check schemes (all, or those named): 0 clean, 1 errors."""
    from hefu.cli.stories import unreadable
    from hefu.rules.check import check as examine

    found = [(folder, [*examine(folder), *unreadable(folder)]) for folder in _folders(schemes)]
    errors = sum(problem.level == "error" for _, problems in found for problem in problems)
    if json_:
        _print([
            {"scheme": f"{folder.parent.name}@{folder.name}", "ok": not any(p.level == "error" for p in problems),
             "problems": [{"file": p.place.file, "line": p.place.line, "column": p.place.column, "level": p.level,
                           "message": p.message} for p in problems]}
            for folder, problems in found
        ])  # fmt: skip
    else:
        for folder, problems in found:
            for problem in problems:
                click.echo(str(problem))
            count = sum(problem.level == "error" for problem in problems)
            click.echo(f"{folder.parent.name}@{folder.name}: {'clean' if not count else f'{count} errors'}")
    sys.exit(FAILED if errors else OK)


@main.group()
def scheme() -> None:
    """List the schemes, or show one."""


@scheme.command("list")
@as_json
@language
def scheme_list(json_: bool, lang: str) -> None:
    """The schemes of the library."""
    from hefu.cli.show import listed
    from hefu.rules.load import load

    rows = [listed(load(folder), lang) for folder in _library().folders()]
    if json_:
        _print(rows)
        return
    for row in rows:
        click.echo(f"{row['id']}@{row['version']}  {row['title']}  ({row['in_force']['from']} –)")


@scheme.command("show")
@click.argument("name", metavar="SCHEME", shell_complete=_complete_scheme)
@as_json
@language
def scheme_show(name: str, json_: bool, lang: str) -> None:
    """Roles, processes, states, actions with their fields, grounds, clocks, settings, facts."""
    from hefu.cli.show import print_scheme, shown

    found, _ = _scheme(name)
    if json_:
        _print(shown(found, lang))
    else:
        print_scheme(shown(found, lang))


@main.command()
@click.argument("schemes", nargs=-1, shell_complete=_complete_scheme)
@click.option("--require", is_flag=True, help="Exit 1 if a deciding clause is not enforced or not exercised.")
@as_json
def clauses(schemes: tuple[str, ...], require: bool, json_: bool) -> None:
    """Every clause: its kind, treatment, what names it, and the scenario steps that exercise it."""
    from hefu.rules.load import load
    from hefu.rules.replay.coverage import clause_table, unproven

    table: list[dict[str, Any]] = []
    for folder in _folders(schemes):
        table += clause_table(load(folder), folder)
    bare = unproven(table)
    if json_:
        _print(table)
    else:
        for row in table:
            proof = f"{len(row['exercised'])} steps" if row["exercised"] else "-"
            click.echo(
                f"{row['id']:<36} {row['kind']:<13} {row['treatment']:<12} {proof:<10} {'; '.join(row['by'][:3])}"
            )
    if require and bare:
        for row in bare:
            click.echo(f"not proven: {row['id']} ({row['kind']}, {row['treatment']})", err=True)
        sys.exit(FAILED)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--scheme", "folder", type=click.Path(exists=True), help="Use the scheme of this folder.")
@as_json
@language
def replay(files: tuple[str, ...], folder: str | None, json_: bool, lang: str) -> None:
    """Run scenarios: 0 all expectations hold, 1 some do not, 2 a file is wrong."""
    from hefu.cli.stories import print_result, run_file

    results = [run_file(Path(file), folder, lang) for file in files]
    if json_:
        _print(results[0] if len(results) == 1 else results)
    else:
        for result in results:
            print_result(result)
    sys.exit(OK if all(result["ok"] for result in results) else FAILED)


@main.command()
@click.argument("file", type=click.Path())
@click.option("--by", "person", required=True, help="The person who asks, by the name in the file.")
@click.option("--scheme", "folder", type=click.Path(exists=True), help="Use the scheme of this folder.")
@as_json
@language
def explain(file: str, person: str, folder: str | None, json_: bool, lang: str) -> None:
    """After the last step of a scenario: what a person may and may not do, and why."""
    from hefu.cli.stories import explained, print_explained

    result = explained(Path(file), person, folder, lang)
    if json_:
        _print(result)
    else:
        print_explained(result)


@main.command()
@click.argument("schemes", nargs=-1, shell_complete=_complete_scheme)
@click.option("--sample", type=int, default=0, help="Try only every Nth mutant.")
def mutate(schemes: tuple[str, ...], sample: int) -> None:
    """Remove each rule in turn; some scenario must notice. 0 all noticed, 1 some survive."""
    from hefu.cli.mutation import survivors

    sys.exit(FAILED if survivors(_folders(schemes), max(sample, 1)) else OK)


@main.command()
@language
def tell(lang: str) -> None:
    """Tell one whole life under each scheme: acts, clocks, refusals and notices with their clauses."""
    from hefu.cli.telling import tell_all

    tell_all(lang)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Exit 1 if a generated file is not up to date.")
def reference(only_check: bool) -> None:
    """Write the generated references: command line, JSON Schema, clause tables."""
    from hefu.cli.reference import write

    sys.exit(FAILED if write(only_check=only_check) and only_check else OK)


for _command in (
    dossiers.migrate, dossiers.sweep, dossiers.audit, dossiers.rebuild, dossiers.export, messages, serve, work, status,
    account,
    demo,
):  # fmt: skip
    main.add_command(_command)
