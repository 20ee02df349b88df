"""`hefu demo`: one whole life under each scheme, told step by step with every clause.

Each scheme's story is its scenario `a-whole-life.yaml`; nothing here knows what happens in it. Texts come from the
scheme (titles, refusals) and the shared vocabulary, in the language asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from hefu.rules.load import Library, with_settings
from hefu.rules.replay.run import moments
from hefu.rules.replay.scenario import open_scenario

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hefu.rules.events import Event
    from hefu.rules.model import Scheme
    from hefu.rules.replay.run import Moment
    from hefu.rules.replay.scenario import Script

STORY = "a-whole-life.yaml"
SHOWN = 3
DAY = 10


class Mark(NamedTuple):
    """How one kind of event is told: its sign, its colour, its words in both languages."""

    sign: str
    style: str
    zh: str
    en: str


MARKS = {
    "case-opened": Mark("◇", "cyan", "立案", "case opened"),
    "case-moved": Mark("◇", "cyan", "案件转为", "case moves to"),
    "item-raised": Mark("+", "yellow", "开具", "raised"),
    "certificate-moved": Mark("■", "bold green", "状态", "status"),
    "clock-started": Mark("⏱", "blue", "计时开始，到期", "clock starts, due"),
    "clock-paused": Mark("⏸", "blue", "停表", "clock stops"),
    "clock-resumed": Mark("▶", "blue", "复表，到期", "clock resumes, due"),
    "clock-met": Mark("✓", "blue", "按期完成", "met"),
    "clock-overdue": Mark("!", "yellow", "已过第一时限", "first limit passed"),
    "clock-breached": Mark("✗", "bold red", "逾期", "breached"),
    "clock-rescheduled": Mark("⏱", "blue", "重算，到期", "recomputed, due"),
    "clock-dropped": Mark("·", "dim", "计时终止", "clock dropped"),
    "duty-raised": Mark("⚑", "bold magenta", "须办理", "duty"),
    "duty-settled": Mark("⚐", "magenta", "已了结", "duty settled"),
    "document-made": Mark("▤", "white", "形成文件", "document"),
    "notice-sent": Mark("✉", "white", "发出", "sent"),
    "published": Mark("◉", "white", "公布", "published"),
    "reported": Mark("↑", "white", "上报", "reported"),
    "flagged": Mark("!", "yellow", "提示", "flag"),
    "warned": Mark("!", "yellow", "提醒注意", "warning"),
}
LATE = Mark("✓", "yellow", "逾期后完成", "done late")
DONE = Mark("✓", "blue", "已办", "done")
OVER = Mark("·", "dim", "期满", "ended")


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
    data = event.data
    silent = event.type == "certificate-moved" and not (data["to"] or data["print"] or "valid_to" in data["set"])
    if silent or event.type == "clock-reminded" or ("ground" in data and event.type == "flagged"):
        return None
    if event.type == "acted":
        action = scheme.action(event.name)
        line = Line(action.title.get(lang) if action else event.name, style="bold yellow")
    else:
        mark = _mark(scheme, event)
        line = Line(f"{mark.sign} {getattr(mark, lang)} ", style=mark.style)
        line.append(_what(scheme, event, lang), style=mark.style)
    line.append(_cited(event.clauses), style="cyan")
    return line


def _cited(clauses: tuple[str, ...]) -> str:
    """The first clauses, and how many more there are: a whole form can stand under a dozen."""
    more = f" +{len(clauses) - SHOWN}" if len(clauses) > SHOWN else ""
    return f"  {' '.join(clauses[:SHOWN])}{more}"


def _mark(scheme: Scheme, event: Event) -> Mark:
    """How an event is told; the end of a validity or a keeping time is no breach of anybody's."""
    clock = scheme.clocks.get(event.name)
    if event.type == "clock-breached" and clock is not None and (clock.automatic or clock.kind in ("validity", "ban")):
        return OVER
    if event.type == "clock-met" and event.data.get("late"):
        return LATE if clock is not None and clock.kind in ("task", "window") else DONE
    return MARKS[event.type]


def _what(scheme: Scheme, event: Event, lang: str) -> str:
    """What an event is about, in the scheme's own titles."""
    kind = event.type.partition("-")[0]
    teller = _TELLERS.get(kind)
    return teller(scheme, event, lang) if teller else _output(scheme, event, lang)


def _clock(scheme: Scheme, event: Event, lang: str) -> str:
    clock = scheme.clocks.get(event.name)
    title = clock.title.get(lang) if clock else event.name
    return f"{title} {event.data['due']}" if "due" in event.data else title


def _duty(scheme: Scheme, event: Event, lang: str) -> str:
    action = scheme.action(event.name)
    ground = action.grounds.get(event.data["ground"]) if action else None
    reason = f"（{ground.title.get(lang)}）" if ground else ""
    return f"{action.title.get(lang) if action else event.name}{reason}"


def _certificate(scheme: Scheme, event: Event, lang: str) -> str:
    data = event.data
    state = scheme.machines["certificate"].states.get(data["to"])
    title = state.title if state else scheme.words["print/" + (data["print"] or "update")]
    until = data["set"].get("valid_to")
    return f"{title.get(lang)}{f' → {until}' if until else ''}"


def _case(scheme: Scheme, event: Event, lang: str) -> str:
    machine = scheme.machines[event.name]
    state = machine.states.get(event.data.get("to", ""))
    return f"{machine.title.get(lang)}: {state.title.get(lang)}" if state else machine.title.get(lang)


def _item(scheme: Scheme, event: Event, lang: str) -> str:
    return f"{scheme.machines[event.name].title.get(lang)} {event.subject}"


def _output(scheme: Scheme, event: Event, lang: str) -> str:
    name = event.name
    form = scheme.forms.get(name) or next((item for item in scheme.forms.values() if item.number == name), None)
    if form is not None:
        return f"{form.number} {form.title.get(lang)}".strip()
    return str(event.data.get(lang, name))


_TELLERS: dict[str, Callable[[Scheme, Event, str], str]] = {
    "clock": _clock,
    "duty": _duty,
    "certificate": _certificate,
    "case": _case,
    "item": _item,
}
