"""Drawing and sending the forms of the shipped schemes, as a page does."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import translation

from hefu.rules.dossier import Dossier
from hefu.rules.load import Library, load
from hefu.rules.view import Actor
from hefu.web import forms
from tests.web.shell.rendering import request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hefu.rules.model import Action, Scheme
    from hefu.rules.refusal import Refusal
    from hefu.web.forms.tree import Box, Drawn

TODAY = date(2026, 3, 2)
ROOT = Path(__file__).parents[3]
USCC = "91110000600037341L"
CLIENT = Actor("wang", frozenset({"client", "member", "vendor"}), "王客户", {"name": "示例科技有限公司", "uscc": USCC})
LEAD = Actor("zhao", frozenset({"lead-auditor", "auditor"}), "赵组长", competence=({"field": "密码", "level": "高级"},))
EXPERT = Actor(
    "sun", frozenset({"technical-expert"}), "孙专家",
    competence=({"field": "网络", "level": "", "until": date(2026, 1, 31)},), interests=frozenset({USCC}),
)  # fmt: skip
HEAD = Actor("dong", frozenset({"director", "decision-maker"}), "董总监")
PEOPLE = {person.id: person for person in (CLIENT, LEAD, EXPERT, HEAD)}


def box(drawn: Drawn, name: str) -> Box:
    """The box of a field."""
    return next(item for item in drawn.boxes if item.id == name)


@cache
def schemes() -> tuple[Scheme, ...]:
    """The shipped schemes and the example."""
    folders = [*Library().folders(), ROOT / "examples/qinghe-svc-01/1.0"]
    return tuple(load(folder) for folder in folders)


def acts() -> Iterator[tuple[Scheme, Action]]:
    """Every act that a person may do."""
    for scheme in schemes():
        for machine in scheme.machines.values():
            for action in machine.actions.values():
                if action.by != frozenset(("system",)):
                    yield scheme, action


def act(scheme: str, name: str) -> tuple[Scheme, Action]:
    """One act by its address."""
    found = next(item for item in schemes() if item.id == scheme)
    action = found.action(name)
    assert action is not None
    return found, action


def draw(  # noqa: PLR0913 - as drawn
    scheme: Scheme,
    action: Action,
    answers: Mapping[str, Any] | None = None,
    refusals: Iterable[Refusal] = (),
    *,
    person: Actor = CLIENT,
    dossier: Dossier | None = None,
    subject: str = "",
    language: str = "zh",
    people: Mapping[str, Actor] = PEOPLE,
    today: date = TODAY,
    facts: Mapping[str, Any] | None = None,
    **more: Any,  # noqa: ANN401 - as drawn
) -> forms.Drawn:
    return forms.drawn(
        scheme, dossier or Dossier(scheme.ref), action, subject, person, today, facts or {}, people, answers, refusals,
        language, **more,
    )  # fmt: skip


def page(drawn: forms.Drawn, language: str = "zh-hans", **more: object) -> str:
    """The form as HTML."""
    with translation.override(language):
        return render_to_string("hefu/forms/form.html", {"drawn": drawn, **more}, request("/somewhere/"))
