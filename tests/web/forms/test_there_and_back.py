"""One property for the whole library: a form that is drawn with answers and sent again reads as the same answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hefu.rules.decide import Act
from hefu.rules.dossier import Dossier
from hefu.rules.replay.sample import filled
from hefu.web import forms
from tests.web.forms.desk import CLIENT, PEOPLE, TODAY, acts, draw, page
from tests.web.forms.sending import sent

if TYPE_CHECKING:
    from hefu.rules.model import Action, Scheme


def plain(value: Any) -> Any:  # noqa: ANN401 - any answer
    """An answer without the difference of lists and tuples, nor the order of what was ticked."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if item not in ("", [], ())}
    if isinstance(value, list | tuple):
        items = [plain(item) for item in value]
        return items if any(isinstance(item, dict) for item in items) else sorted(items, key=str)
    return value.strip() if isinstance(value, str) else value


@pytest.mark.parametrize(("scheme", "action"), list(acts()), ids=lambda item: item.id)
def test_every_act_reads_back_what_was_drawn(scheme: Scheme, action: Action) -> None:
    dossier = Dossier(scheme.ref)
    answers = filled(scheme, dossier, Act(action.id, CLIENT, people=PEOPLE), TODAY)
    read = forms.read(action, scheme, sent(page(draw(scheme, action, answers))))
    assert plain(read.answers) == plain(answers)
    assert not read.problems
    assert not read.pressed
