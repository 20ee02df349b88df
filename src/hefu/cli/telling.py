"""`hefu demo`: one whole life under each scheme, told step by step with every clause.

Each scheme's story is its scenario `a-whole-life.yaml`; nothing here knows what happens in it. Texts come from the
scheme (titles, refusals) and the shared vocabulary, in the language asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from hefu.rules.load import Library, with_settings
from hefu.rules.replay.run import moments
from hefu.rules.replay.scenario import open_scenario
from hefu.rules.told import told

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.rules.events import Event
    from hefu.rules.model import Scheme
    from hefu.rules.replay.run import Moment
    from hefu.rules.replay.scenario import Script

STORY = "a-whole-life.yaml"
SHOWN = 3
DAY = 10


SIGNS = {
    "case-opened": ("◇", "cyan"),
    "case-moved": ("◇", "cyan"),
    "case-repinned": ("◇", "cyan"),
    "item-raised": ("+", "yellow"),
    "certificate-moved": ("■", "bold green"),
    "clock-started": ("⏱", "blue"),
    "clock-paused": ("⏸", "blue"),
    "clock-resumed": ("▶", "blue"),
    "clock-met": ("✓", "blue"),
    "clock-met-late": ("✓", "yellow"),
    "clock-done": ("✓", "blue"),
    "clock-overdue": ("!", "yellow"),
    "clock-breached": ("✗", "bold red"),
    "clock-over": ("·", "dim"),
    "clock-rescheduled": ("⏱", "blue"),
    "clock-dropped": ("·", "dim"),
    "duty-raised": ("⚑", "bold magenta"),
    "duty-settled": ("⚐", "magenta"),
    "document-made": ("▤", "white"),
    "notice-sent": ("✉", "white"),
    "published": ("◉", "white"),
    "reported": ("↑", "white"),
    "flagged": ("!", "yellow"),
    "warned": ("!", "yellow"),
}
"""The sign and the colour of each kind of event (rules/told.py)."""


def tell_all(lang: str) -> None:
    """Tell the story of every scheme of the library."""
    console = Console(highlight=False)
    library = Library()
    for folder in library.folders():
        story = folder / "scenarios" / STORY
        if story.exists():
            tell(console, library.get(folder), story, lang)


def tell(console: Console, scheme: Scheme, story: Path, lang: str) -> None:
    """Tell one story."""
    script = open_scenario(story)
    scheme = with_settings(scheme, script.scenario.settings)
    document = scheme.file.document
    console.rule(f"[bold]{document.id}  {getattr(document.title, lang)}[/bold]")
    console.print(f"{scheme.ref} · {_cast(scheme, script, lang)}\n", style="dim")
    for moment in moments(scheme, script):
        for event in moment.passed:
            _say(console, str(event.on), _event(scheme, event, lang))
        _step(console, scheme, script, moment, lang)
    console.print()


def _cast(scheme: Scheme, script: Script, lang: str) -> str:
    """The people and their offices."""
    told = []
    for actor in script.people.values():
        offices = [scheme.file.roles[role].title for role in sorted(actor.roles) if role in scheme.file.roles]
        told.append(f"{actor.name} – {', '.join(getattr(office, lang) for office in offices)}")
    return " · ".join(told)


def _say(console: Console, day: str, line: Line | None) -> None:
    """One line beside its day; long ones wrap under themselves."""
    if line is None:
        return
    row = Table.grid(padding=(0, 1))
    row.add_column(width=DAY, no_wrap=True, style="dim")
    row.add_column()
    row.add_row(day, line)
    console.print(row)


def _step(console: Console, scheme: Scheme, script: Script, moment: Moment, lang: str) -> None:
    """What somebody did, and either what followed or why not."""
    step, decision = moment.step, moment.decision
    if decision is None:
        return
    action = scheme.action(step.do or "")
    head = Line(f"{script.people[step.by or ''].name}  ", style="bold")
    head.append(action.title.get(lang) if action else step.do or "", style="bold green" if decision.ok else "bold red")
    head.append(f"  {step.do}{' ' + step.item if step.item else ''}", style="dim")
    if action is not None and decision.ok:
        head.append(_cited(action.clauses), style="cyan")
    _say(console, str(step.on), head)
    for refusal in moment.refusals:
        line = Line("✗ ", style="red")
        line.append(refusal.message.get(lang), style="red")
        line.append(_cited(refusal.clauses), style="cyan")
        if refusal.remedy:
            line.append(f"  → {refusal.remedy.get(lang)}", style="dim")
        _say(console, "", line)
    for event in decision.events:
        if event.type != "acted":
            _say(console, "", _event(scheme, event, lang))


def _event(scheme: Scheme, event: Event, lang: str) -> Line | None:
    """One event, or nothing where it would only repeat what stands beside it."""
    found = told(scheme, event)
    if found is None:
        return None
    if event.type == "acted":
        line = Line(found.what.get(lang), style="bold yellow")
    else:
        sign, style = SIGNS[found.how]
        line = Line(f"{sign} {found.sign.get(lang)} {found.what.get(lang)}", style=style)
    line.append(_cited(event.clauses), style="cyan")
    return line


def _cited(clauses: tuple[str, ...]) -> str:
    """The first clauses, and how many more there are: a whole form can stand under a dozen."""
    more = f" +{len(clauses) - SHOWN}" if len(clauses) > SHOWN else ""
    return f"  {' '.join(clauses[:SHOWN])}{more}"
