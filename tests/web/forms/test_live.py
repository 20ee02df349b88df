"""What htmx is sent: the fields that begin or cease to apply, the table that changes, and how the draft stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.web import forms
from hefu.web.forms.drafts import State
from hefu.web.forms.live import live
from hefu.web.forms.seen import Seen
from tests.web.forms.desk import draw, page
from tests.web.forms.sending import pairs, sent
from tests.web.forms.toys import asking
from tests.web.shell.rendering import request

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import QueryDict

    from hefu.rules.model import Action, Scheme


def answered(asked: tuple[Scheme, Action], post: QueryDict, draft: State | None = None) -> tuple[forms.Read, str]:
    """What was read, and the answer to it."""
    scheme, action = asked
    post["_live"] = "1"
    read = forms.read(action, scheme, post)
    asking_for = request("/somewhere/")
    asking_for.POST = post  # type: ignore[assignment]  # as Django would read it
    drawn = draw(scheme, action, read.filled, read.problems, pressed=read.pressed)
    return read, live(asking_for, drawn, read, draft).content.decode()


def test_only_what_has_changed_is_sent(tmp_path: Path) -> None:
    asked = asking(tmp_path)
    html = page(draw(*asked, {}))
    read, part = answered(asked, sent(html, None, outsourced="no"))
    assert (read.live, read.pressed) == (True, "refresh")
    assert part.count("hx-swap-oob") == 3
    for element in ("w-partner", "w-f-papers.1", "saved"):
        assert f'id="{element}"' in part


def test_nothing_but_the_state_of_the_draft_is_sent_where_nothing_has_changed(tmp_path: Path) -> None:
    asked = asking(tmp_path)
    _, part = answered(asked, sent(page(draw(*asked, {})), None, name="甲"))
    assert part.count("hx-swap-oob") == 1


def test_what_the_answer_draws_is_settled(tmp_path: Path) -> None:
    asked = asking(tmp_path)
    _, part = answered(asked, sent(page(draw(*asked, {})), None, outsourced="no", partner="丙"))
    assert ("_kept.partner", "丙") in pairs(part)
    assert ("_state", "partner.off") in pairs(part)


def test_a_new_row_comes_with_its_table_and_takes_the_focus(tmp_path: Path) -> None:
    asked = asking(tmp_path)
    read, part = answered(asked, sent(page(draw(*asked, {"members": [{"who": "甲"}]})), "add:members"))
    assert read.pressed == "add:members"
    assert 'id="w-members" hx-swap-oob="true"' in part
    assert part.count("autofocus") == 1
    assert [value for name, value in pairs(part) if name == "members.rows"] == ["0", "1"]


def test_a_window_that_was_overtaken_is_not_let_past_by_saving_by_itself(tmp_path: Path) -> None:
    asked = asking(tmp_path)
    post = sent(page(draw(*asked, {}), draft=State(3, Seen(3, "ab"))), None, name="甲")
    _, part = answered(asked, post, State(version=5, seen=Seen(5, "ab"), overtaken=True))
    assert ("_draft", "3.ab") in pairs(part)
    assert "没有保存" in part


def test_pressing_save_again_after_being_told_keeps_what_stands_here(tmp_path: Path) -> None:
    html = page(draw(*asking(tmp_path), {}), draft=State(version=5, seen=Seen(5, "ab"), overtaken=True))
    assert ("_draft", "5.ab") in pairs(html)
    assert "另一窗口" in html
