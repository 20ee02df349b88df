"""The rail: through which stages of the document a case has come, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.model import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hefu.rules.dossier import Case, Dossier
    from hefu.rules.events import Event
    from hefu.rules.model import Scheme


class Stage(NamedTuple):
    """One stage. `look` is `done`, `here` or `ahead`; `far` ones are left out on a narrow screen."""

    number: int
    title: Text
    look: str
    on: date | None
    clauses: tuple[str, ...]
    far: bool


def rail(scheme: Scheme, dossier: Dossier, case: Case | None, events: Iterable[Event]) -> list[Stage]:
    """The stages of the scheme in the document's order, as this case has come through them."""
    entered = _entered(scheme, dossier, events)
    here = _stage(scheme, case.process, case.state) if case is not None and not case.outcome else ""
    stages = scheme.file.stages
    place = next((number for number, stage in enumerate(stages) if stage.id == here), len(stages))
    found = []
    for number, stage in enumerate(stages):
        look = "here" if stage.id == here else "done" if number < place and stage.id in entered else "ahead"
        title, clauses = Text(stage.title.zh, stage.title.en), tuple(stage.clauses)
        found.append(Stage(number + 1, title, look, entered.get(stage.id), clauses, abs(number - place) > 1))
    return found


def main_case(dossier: Dossier) -> Case | None:
    """The case that a dossier is about at the moment: the newest one under way, else the newest."""
    cases = dossier.cases_of()
    under_way = [case for case in cases if not case.outcome]
    found = under_way or cases
    return found[-1] if found else None


def _entered(scheme: Scheme, dossier: Dossier, events: Iterable[Event]) -> Mapping[str, date]:
    """The day on which each stage was last entered from another one."""
    found: dict[str, date] = {}
    last: dict[str, str] = {}
    for event in events:
        case = dossier.cases.get(event.subject)
        state = event.data.get("to") or event.data.get("state") if case is not None else None
        stage = _stage(scheme, case.process, state) if case is not None and isinstance(state, str) else ""
        if stage and last.get(event.subject) != stage:
            found[stage] = event.on
            last[event.subject] = stage
    return found


def _stage(scheme: Scheme, process: str, state: str) -> str:
    machine = scheme.machines.get(process)
    held = machine.states.get(state) if machine else None
    return held.stage if held else ""
