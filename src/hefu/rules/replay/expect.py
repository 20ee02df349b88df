"""What a step expects, held against what happened: each difference as {step, expected, got}."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hefu.rules.replay.run import Moment


def failures(number: int, moment: Moment, shown: dict[str, Any]) -> list[dict[str, Any]]:
    """The expectations of a step that do not hold. Without any, its act must have succeeded."""
    expect = moment.step.expect
    wanted: dict[str, Any] = expect.model_dump(exclude_unset=True, mode="json") if expect else {}
    if moment.decision is not None and not {"refused", "ok", "clauses"} & set(wanted):
        wanted["ok"] = True
    found = []
    for key, expected in wanted.items():
        got = _got(key, moment, shown)
        if not _meets(key, expected, got):
            found.append({"step": number, "expected": {key: expected}, "got": {key: got}})
    return found


def _got(key: str, moment: Moment, shown: dict[str, Any]) -> Any:  # noqa: ANN401, PLR0911 - one row a key
    events = moment.events
    match key:
        case "ok":
            return moment.outcome == "ok"
        case "refused":
            return [item["code"] for item in shown["refusals"]]
        case "clauses":
            named = [clause for item in shown["refusals"] for clause in item["clauses"]]
            return sorted({*named, *(clause for event in events for clause in event.clauses)})
        case "state":
            return _state(moment, shown)
        case "item_state":
            return shown["items"].get(moment.step.item or next(reversed(shown["items"]), ""))
        case "clock":
            return {clock["name"]: clock for clock in shown["clocks"]}
        case "duties":
            return sorted(duty["act"] for duty in shown["duties"])
        case "warned" | "reported":
            return [event.name for event in events if event.type == key]
        case "departed":
            return [code for event in events for code in event.data.get("departure", {}).get("codes", ())]
        case _:
            return shown[key]


def _state(moment: Moment, shown: dict[str, Any]) -> Any:  # noqa: ANN401 - a word or nothing
    """The state of what the step is about: what it acted on, else what it names, else the newest case."""
    machine = (moment.step.do or "").partition(".")[0]
    dossier = moment.dossier
    done = moment.decision.events if moment.decision else ()
    subject = next((event.subject for event in done if event.name == moment.step.do), moment.step.item or "")
    held = dossier.cases.get(subject) or dossier.items.get(subject)
    if held is not None:
        return held.state
    if machine == "certificate":
        return shown["certificate"]
    return shown["cases"].get(machine) or (shown["cases"] and list(shown["cases"].values())[-1])


def _meets(key: str, expected: Any, got: Any) -> bool:  # noqa: ANN401 - JSON values
    match key:
        case "refused" | "clauses" | "notices" | "documents" | "published" | "warned" | "reported" | "departed":
            wanted = expected if isinstance(expected, list) else [expected]
            return set(wanted) <= set(got) if wanted else not got
        case "duties":
            return bool(sorted(expected) == got)
        case "clock":
            return all(_clock_meets(want, got.get(name)) for name, want in expected.items())
        case _:
            return bool(expected == got)


def _clock_meets(expected: dict[str, Any] | None, got: dict[str, Any] | None) -> bool:
    if expected is None or got is None:
        return expected is got
    return all(got.get(key) == value for key, value in expected.items())
