"""Every shipped story, told through the forms: what a browser sends leads to the same decision as the story itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier
from hefu.rules.due import due
from hefu.rules.replay.run import NOBODY
from hefu.rules.replay.sample import filled
from hefu.rules.replay.scenario import open_scenario
from hefu.web import forms
from tests.web.forms.desk import ROOT, draw, page, schemes
from tests.web.forms.sending import sent
from tests.web.forms.test_there_and_back import plain

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.rules.decide import Decision
    from hefu.rules.model import Scheme

STORIES = [
    pytest.param(
        path, marks=() if path.stem == "a-whole-life" else pytest.mark.slow, id=f"{path.parents[2].name} {path.stem}"
    )
    for path in sorted([*ROOT.glob("schemes/*/*/scenarios/*.yaml"), *ROOT.glob("examples/*/*/scenarios/*.yaml")])
]
# No browser sends these: an option that there is not, an answer to what is not asked.
NOT_SENT = {"field-invalid", "field-not-applicable", "field-unknown"}


def of(path: Path) -> Scheme:
    """The scheme that a story is about."""
    return next(item for item in schemes() if item.id == path.parents[2].name)


def told_by(decision: Decision) -> list[Any]:
    """The events of a decision; what was ticked has no order."""
    found = [(event.type, event.subject, event.name, event.clauses, plain(event.data)) for event in decision.events]
    return sorted(found, key=str)


@pytest.mark.parametrize("path", STORIES)
def test_a_story_told_through_its_forms_goes_the_same_way(path: Path) -> None:
    scheme = of(path)
    script = open_scenario(path)
    dossier = Dossier(scheme.ref)
    for step in script.scenario.steps:
        facts = {**script.scenario.facts, **step.facts}
        dossier = due(scheme, dossier, step.on, facts, script.people, {scheme.version: scheme}).dossier
        if step.do is None or (action := scheme.action(step.do)) is None:
            continue
        by = script.people.get(step.by or "", NOBODY)
        told = Act(step.do, by, step.with_, step.item or "", facts, script.people)
        if script.scenario.fill == "sample":
            told = told._replace(form=filled(scheme, dossier, told, step.on))
        expected = decide(scheme, dossier, told, step.on)
        drawn = draw(
            scheme, action, told.form, person=by, dossier=dossier, subject=told.item, people=script.people,
            today=step.on, facts=facts,
        )  # fmt: skip
        read = forms.read(action, scheme, sent(page(drawn)))
        decision = decide(scheme, dossier, told._replace(form=read.answers), step.on)
        codes = {refusal.code for refusal in expected.refusals}
        if codes & NOT_SENT:
            assert {refusal.code for refusal in decision.refusals} >= codes - NOT_SENT
        else:
            assert {refusal.code for refusal in decision.refusals} == codes
            assert codes or told_by(decision) == told_by(expected)
        dossier = expected.dossier
