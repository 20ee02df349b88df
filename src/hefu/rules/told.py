"""Told: one event of a journal in words, in both languages, from the titles of the scheme that it happened under.

Names that the scheme no longer knows are shown as they stand: an old journal is told as well as it can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.model import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from hefu.rules.events import Event
    from hefu.rules.model import Scheme


class Told(NamedTuple):
    """`how` is the kind of the event as people see it, in words `sign`; `what` is what it is about."""

    how: str
    sign: Text
    what: Text


def told(scheme: Scheme, event: Event) -> Told | None:
    """One event in words, or nothing where it would only repeat what stands beside it in the journal."""
    data = event.data
    silent = event.type == "certificate-moved" and not (data["to"] or data["print"] or "valid_to" in data["set"])
    if silent or event.type == "clock-reminded" or ("ground" in data and event.type == "flagged"):
        return None
    how = _how(scheme, event)
    teller = _TELLERS.get(event.type.partition("-")[0], _output)
    return Told(how, scheme.words[f"event/{how}"], teller(scheme, event))


def _how(scheme: Scheme, event: Event) -> str:
    """The kind of an event; what elapses, and what has its own consequence, is neither breached nor done late."""
    clock = scheme.clocks.get(event.name)
    ends = clock is not None and (clock.elapses or bool(clock.automatic))
    if event.type == "clock-breached" and ends:
        return "clock-over"
    if event.type == "clock-met" and event.data.get("late"):
        return "clock-done" if clock is None or ends else "clock-met-late"
    return event.type


def _named(name: str) -> Text:
    return Text(name, name)


def _acted(scheme: Scheme, event: Event) -> Text:
    action = scheme.action(event.name)
    return action.title if action else _named(event.name)


def _clock(scheme: Scheme, event: Event) -> Text:
    clock = scheme.clocks.get(event.name)
    title = clock.title if clock else _named(event.name)
    due = event.data.get("due")
    return Text(f"{title.zh} {due}", f"{title.en} {due}") if due else title


def _duty(scheme: Scheme, event: Event) -> Text:
    action = scheme.action(event.name)
    title = action.title if action else _named(event.name)
    ground = action.grounds.get(event.data["ground"]) if action else None
    return Text(f"{title.zh}（{ground.title.zh}）", f"{title.en} ({ground.title.en})") if ground else title


def _certificate(scheme: Scheme, event: Event) -> Text:
    data = event.data
    state = scheme.machines["certificate"].states.get(data["to"])
    title = state.title if state else scheme.words["print/" + (data["print"] or "update")]
    until = data["set"].get("valid_to")
    return Text(f"{title.zh} → {until}", f"{title.en} → {until}") if until else title


def _case(scheme: Scheme, event: Event) -> Text:
    machine = scheme.machines.get(event.name)
    if machine is None:
        return _named(event.name)
    state = machine.states.get(event.data.get("to", ""))
    title = machine.title
    return Text(f"{title.zh}：{state.title.zh}", f"{title.en}: {state.title.en}") if state else title


def _item(scheme: Scheme, event: Event) -> Text:
    machine = scheme.machines.get(event.name)
    title = machine.title if machine else _named(event.name)
    return Text(f"{title.zh} {event.subject}", f"{title.en} {event.subject}")


def _output(scheme: Scheme, event: Event) -> Text:
    name, data = event.name, event.data
    form = scheme.forms.get(name) or next((item for item in scheme.forms.values() if item.number == name), None)
    if form is not None:
        return Text(f"{form.number} {form.title.zh}".strip(), f"{form.number} {form.title.en}".strip())
    return Text(str(data.get("zh", name)), str(data.get("en", name)))


_TELLERS: dict[str, Callable[[Scheme, Event], Text]] = {
    "acted": _acted,
    "clock": _clock,
    "duty": _duty,
    "certificate": _certificate,
    "case": _case,
    "item": _item,
}
