"""`hefu demo`: one whole life under each scheme, told step by step with every clause.

Each scheme's story is its scenario `a-whole-life.yaml`; nothing here knows what happens in it. Texts come from the
scheme (titles, refusals) and the shared vocabulary, in the language asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
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


class Mark(NamedTuple):
    """How one kind of event is told: its sign, its colour, its words in both languages."""

    sign: str
    style: str
    zh: str
    en: str


MARKS = {
    "case-opened": Mark("◇", "cyan", "立案", "case opened"),
    "case-moved": Mark("◇", "cyan", "案件转入", "case moved"),
    "item-raised": Mark("+", "yellow", "开具", "raised"),
    "certificate-moved": Mark("■", "bold green", "状态", "status"),
    "clock-started": Mark("⏱", "blue", "计时开始，到期", "clock starts, due"),
    "clock-paused": Mark("⏸", "blue", "停表", "clock stops"),
    "clock-resumed": Mark("▶", "blue", "复表，到期", "clock resumes, due"),
    "clock-met": Mark("✓", "blue", "按期完成", "met"),
    "clock-overdue": Mark("!", "yellow", "已过第一时限", "first limit passed"),
    "clock-breached": Mark("✗", "bold red", "逾期", "breached"),
    "clock-reminded": Mark("…", "dim", "提醒", "reminder"),
    "clock-rescheduled": Mark("⏱", "blue", "重算，到期", "recomputed, due"),
    "clock-dropped": Mark("·", "dim", "计时终止", "clock dropped"),
    "duty-raised": Mark("⚑", "bold magenta", "须办理", "duty"),
    "duty-settled": Mark("⚐", "magenta", "已了结", "duty settled"),
    "document-made": Mark("▤", "white", "形成文件", "document"),
    "notice-sent": Mark("✉", "white", "发出通知", "notice"),
    "published": Mark("◉", "white", "公布", "published"),
    "reported": Mark("↑", "white", "上报", "reported"),
    "flagged": Mark("!", "yellow", "提示", "flag"),
    "warned": Mark("!", "yellow", "提醒注意", "warning"),
}


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
    console.print(f"{scheme.ref} · {_people(script)}\n", style="dim")
    for moment in moments(scheme, script):
        _tell_step(console, scheme, script, moment, lang)
    console.print()


def _people(script: Script) -> str:
    return " · ".join(f"{actor.name}（{'、'.join(sorted(actor.roles))}）" for actor in script.people.values())


def _tell_step(console: Console, scheme: Scheme, script: Script, moment: Moment, lang: str) -> None:
    for event in moment.passed:
        console.print(_line(scheme, event, lang))
    if moment.decision is None:
        return
    action = scheme.action(moment.step.do or "")
    title = action.title.get(lang) if action else moment.step.do or ""
    head = Line(f"{moment.step.on}  ", style="dim")
    head.append(f"{script.people[moment.step.by or ''].name}  ", style="bold")
    head.append(title, style="bold green" if moment.decision.ok else "bold red")
    head.append(f"  {moment.step.do}{' ' + moment.step.item if moment.step.item else ''}", style="dim")
    if action is not None and moment.decision.ok:
        head.append(_cited(action.clauses), style="cyan")
    console.print(head)
    for refusal in moment.refusals:
        line = Line("              ✗ ", style="red")
        line.append(refusal.message.get(lang), style="red")
        line.append(_cited(refusal.clauses), style="cyan")
        if refusal.remedy:
            line.append(f"  → {refusal.remedy.get(lang)}", style="dim")
        console.print(line)
    for event in moment.decision.events:
        if event.type != "acted":
            console.print(_line(scheme, event, lang, dated=False))


def _line(scheme: Scheme, event: Event, lang: str, *, dated: bool = True) -> Line:
    if event.type == "acted":
        action = scheme.action(event.name)
        line = Line(f"{event.on}  ", style="dim")
        line.append(action.title.get(lang) if action else event.name, style="bold yellow")
    else:
        mark = _mark(scheme, event)
        line = Line(f"{event.on}  " if dated else "              ", style="dim")
        line.append(f"{mark.sign} {getattr(mark, lang)} ", style=mark.style)
        line.append(_what(scheme, event, lang), style=mark.style)
    line.append(_cited(event.clauses), style="cyan")
    return line


def _cited(clauses: tuple[str, ...]) -> str:
    """The first clauses, and how many more there are: a whole form can stand under a dozen."""
    more = f" +{len(clauses) - SHOWN}" if len(clauses) > SHOWN else ""
    return f"  {' '.join(clauses[:SHOWN])}{more}"


def _mark(scheme: Scheme, event: Event) -> Mark:
    """How an event is told; the end of a validity is no breach of anybody's."""
    clock = scheme.clocks.get(event.name)
    if event.type == "clock-breached" and clock is not None and clock.kind != "task" and clock.automatic:
        return MARKS["clock-dropped"]._replace(zh="期满", en="ended")
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
    return scheme.machines[event.name].title.get(lang)


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
