"""A filled form as rows of text; the inputs of answers; what follows from an act."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from hefu.rules.decide import Act
from hefu.rules.dossier import Dossier
from hefu.rules.replay.sample import filled
from hefu.web import forms
from hefu.web.forms.follow import follows, weighty
from hefu.web.forms.pairs import pairs
from hefu.web.forms.shown import shown
from hefu.web.forms.tree import Paper
from tests.web.forms.desk import CLIENT, PEOPLE, TODAY, act, acts
from tests.web.forms.test_there_and_back import plain
from tests.web.forms.toys import asking
from tests.web.shell.rendering import request

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.rules.model import Action, Scheme

NAMES = {key: person.name for key, person in PEOPLE.items()}


def test_answers_stand_as_text_in_the_order_of_the_form(tmp_path: Path) -> None:
    scheme, action = asking(tmp_path)
    answers = {
        "since": date(2026, 3, 1), "name": "甲", "outsourced": False, "kind": "b", "fields": ("x", "y"),
        "price": 12.0,
        "firm": {"name": "乙公司", "uscc": "91"}, "proof": "id-1", "papers": ["licence"],
        "points": {"7.2": "不适用", "one": {"result": "符合", "remark": "看过"}},
        "members": ({"who": "丙", "on": date(2026, 1, 1), "main": True},),
    }  # fmt: skip
    rows = shown(action.form, answers, scheme, NAMES, "zh", papers={"id-1": Paper("id-1", "证据.pdf")})
    assert [row.id for row in rows] == [
        "name", "price", "since", "outsourced", "kind", "fields", "firm", "points", "proof", "papers", "members",
    ]  # fmt: skip
    text = {row.id: row.text for row in rows}
    assert text == {
        "name": "甲", "price": "12", "since": "2026-03-01", "outsourced": "否", "kind": "b", "fields": "x；y",
        "firm": "乙公司（91）", "points": "one: 符合: 看过\n7.2: 不适用", "proof": "证据.pdf", "papers": "执照",
        "members": "姓名: 丙；日: 2026-01-01；主: 是",
    }  # fmt: skip
    members = rows[-1]
    assert (members.columns, members.rows) == (("姓名", "日", "主"), (("丙", "2026-01-01", "是"),))


def test_fields_without_an_answer_are_shown_only_where_the_whole_form_is_wanted(tmp_path: Path) -> None:
    scheme, action = asking(tmp_path)
    assert shown(action.form, {}, scheme, NAMES, "en") == ()
    whole = shown(action.form, {}, scheme, NAMES, "en", empty=True)
    assert [row.id for row in whole] == [field.id for field in action.form.fields]
    assert {row.text for row in whole} == {""}


def test_grounds_come_first_and_a_departure_last() -> None:
    scheme, action = act("wal-qp-21", "certificate.suspend")
    ground = next(iter(action.grounds.values()))
    answers = {"grounds": [ground.id], "departure": {"reason": "急", "approver": "dong"}}
    rows = shown(action.form, answers, scheme, NAMES, "zh", action=action)
    assert [row.text for row in rows] == [ground.title.zh, "急", "董总监"]


@pytest.mark.parametrize(("scheme", "action"), list(acts()), ids=lambda item: item.id)
def test_every_act_can_be_shown_confirmed_and_sent_again(scheme: Scheme, action: Action) -> None:
    answers = filled(scheme, Dossier(scheme.ref), Act(action.id, CLIENT, people=PEOPLE), TODAY)
    post = QueryDict(mutable=True)
    for name, value in pairs(action, answers):
        post.appendlist(name, value)
    assert plain(forms.read(action, scheme, post).answers) == plain(answers)
    with translation.override("en"):
        rows = shown(action.form, answers, scheme, NAMES, "en", action=action)
        assert all(row.text for row in rows)
        around = {
            "rows": rows,
            "follows": follows(scheme, action, "en"),
            "scheme": scheme,
            "title": "It",
            "label": "Do",
        }
        html = render_to_string("hefu/forms/confirm.html", around, request())
    assert all(one.text for one in around["follows"])  # type: ignore[attr-defined]  # a tuple of consequences
    assert 'name="_confirmed"' in html


def test_an_act_that_names_grounds_or_may_end_a_certificate_is_weighty() -> None:
    weights = {f"{scheme.id} {action.id}" for scheme, action in acts() if weighty(scheme, action)}
    assert "wal-qp-21 certificate.withdraw" in weights
    assert "nfcc-ir-000-01 certificate.suspend" in weights
    assert "wal-qp-21 initial.submit" not in weights
    assert "wal-qp-21 initial.report" not in weights
