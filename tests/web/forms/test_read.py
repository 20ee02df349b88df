"""Reading what was sent: every type, what cannot be read, rows, files, and what does not apply."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from hefu.papers.models import Upload
from hefu.papers.words import bad
from hefu.web import forms
from tests.web.forms.desk import draw, page
from tests.web.forms.sending import sent
from tests.web.forms.toys import asking

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.papers.words import BadUpload
    from hefu.rules.model import Action, Scheme

Asked = tuple["Scheme", "Action"]


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    return asking(tmp_path)


def read(asked: Asked, *, press: str = "", **typed: str | list[str]) -> forms.Read:
    scheme, action = asked
    post = QueryDict(mutable=True)
    post["_press"] = press
    for name, value in typed.items():
        post.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return forms.read(action, scheme, post)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("count", "5", 5),
        ("count", " ５ ", 5),
        ("count", "-3", -3),
        ("price", "1,234.50", 1234.5),
        ("price", "１２。５", "１２。５"),
        ("price", "12.", 12.0),
        ("since", "2026-03-01", date(2026, 3, 1)),
        ("since", "2026/3/1", date(2026, 3, 1)),
        ("since", "2026年3月1日", date(2026, 3, 1)),
        ("since", "２０２６．３．１", date(2026, 3, 1)),
        ("outsourced", "yes", True),
        ("outsourced", "no", False),
        ("story", "一\r\n二\r\n", "一\n二"),
        ("brands", "甲\r\n\r\n 乙 ", ["甲", "乙"]),
        ("code", "9111 0000-6000 37341l", "91110000600037341L"),
        ("name", "  有空格 ", "有空格"),
    ],
)
def test_what_people_type_is_read(asked: Asked, name: str, typed: str, value: Any) -> None:  # noqa: ANN401
    assert read(asked, **{name: typed}).answers == {name: value}


@pytest.mark.parametrize(
    ("name", "typed", "word"),
    [
        ("since", "abc", "日期"),
        ("since", "2026-02-30", "日期"),
        ("since", "03/02/2026", "日期"),
        ("count", "zwei", "数字"),
        ("count", "2.5", "数字"),
        ("count", "1e3", "数字"),
        ("count", "9" * 4000, "数字"),
        ("price", "nan", "数字"),
        ("price", "inf", "数字"),
        ("price", "1,23", "数字"),
        ("outsourced", "maybe", "是或否"),
    ],
)
def test_what_cannot_be_read_stays_as_typed_and_is_told_at_its_field(
    asked: Asked, name: str, typed: str, word: str
) -> None:
    found = read(asked, **{name: typed})
    assert found.answers == {name: typed}
    (problem,) = found.problems
    assert (problem.code, problem.field) == ("field-invalid", name)
    assert word in problem.message.zh
    assert typed in page(draw(*asked, found.filled, found.problems)) or name == "outsourced"


def test_nothing_is_read_from_what_was_left_empty(asked: Asked) -> None:
    empty = sent(page(draw(*asked, {})))
    assert forms.read(asked[1], asked[0], empty).answers == {}


def test_a_remark_stands_beside_its_point_whatever_the_point_is_called(asked: Asked) -> None:
    found = read(
        asked,
        points__one="符合",
        **{"points.7.2": "不符合", "points~remark.7.2": "缺页", "points~remark.x y": "没看到"},
    )
    assert found.answers == {
        "points": {"one": "符合", "7.2": {"result": "不符合", "remark": "缺页"}, "x y": {"remark": "没看到"}}
    }


def test_empty_rows_are_not_handed_in_and_a_wrong_cell_is_told_in_its_row(asked: Asked) -> None:
    found = read(
        asked, members__rows=["0", "1", "7"], members__0__who="甲", members__7__who="乙", members__7__on="morgen",
    )  # fmt: skip
    assert found.answers == {"members": [{"who": "甲"}, {"who": "乙", "on": "morgen"}]}
    (problem,) = found.problems
    assert problem.field == "members.1.on"
    assert problem.message.zh == "“成员，第 2 行，日”填写有误：应为日期（年-月-日）"


def test_rows_are_added_and_taken_away_without_a_script(asked: Asked) -> None:
    scheme, action = asked
    two = {"members": [{"who": "甲", "main": True}, {"who": "乙", "main": False}]}
    html = page(draw(scheme, action, two))
    more = forms.read(action, scheme, sent(html, "add:members"))
    assert (more.pressed, more.answers["members"]) == ("add:members", [*two["members"], {}])
    again = forms.read(action, scheme, sent(page(draw(scheme, action, more.filled)), "add:members"))
    assert again.answers["members"] == [*two["members"], {}, {}]
    fewer = forms.read(action, scheme, sent(html, "remove:members:0"))
    assert (fewer.pressed, fewer.answers["members"]) == ("remove:members:0", [two["members"][1]])


def test_what_does_not_apply_is_kept_but_not_handed_in(asked: Asked) -> None:
    scheme, action = asked
    html = page(draw(scheme, action, {"outsourced": False, "partner": "丙公司"}))
    found = forms.read(action, scheme, sent(html))
    assert found.answers == {"outsourced": False}
    assert found.filled == {"outsourced": False, "partner": "丙公司"}
    turned = forms.read(action, scheme, sent(html, "refresh", outsourced="yes"))
    back = forms.read(action, scheme, sent(page(draw(scheme, action, turned.filled))))
    assert back.answers == {"outsourced": True, "partner": "丙公司"}


def test_a_draft_of_what_was_typed_reads_as_the_form_did(asked: Asked) -> None:
    scheme, action = asked
    found = read(asked, since="übermorgen", members__rows=["0"], members__0__who="甲", points__one="符合", name="名")
    assert "csrfmiddlewaretoken" not in found.typed
    saved = forms.again(action, scheme, found.typed)
    assert saved.filled == found.filled
    assert [one.field for one in saved.problems] == ["since"]


def test_names_that_the_form_does_not_have_are_no_answers(asked: Asked) -> None:
    found = read(asked, grounds="misuse", foreign="x", name__more="x", _kept__foreign="x", members__x__who="甲")
    assert found.answers == {}
    assert found.typed.keys() <= {"grounds", "name.more", "members.x.who"}


def test_far_too_many_rows_do_not_stop_the_reader(asked: Asked) -> None:
    found = read(asked, members__rows=[str(number) for number in range(2000)] + ["９", "-1", "1" * 50])
    assert found.answers == {}


def receiver(file: Any) -> Upload | BadUpload:  # noqa: ANN401 - an uploaded file
    """A papers office that knows a good file by its name."""
    return bad("empty") if file.name == "empty.pdf" else Upload(id=f"id-{file.name}", name=file.name)


def files(**given: str) -> MultiValueDict[str, Any]:
    found = MultiValueDict[str, Any]()
    for name, file in given.items():
        found.appendlist(name.replace("__", "."), SimpleUploadedFile(file, b"x"))
    return found


def test_files_are_received_for_fields_and_materials(asked: Asked) -> None:
    scheme, action = asked
    post = QueryDict("papers.licence.upload=old&papers=contract", mutable=True)
    found = forms.read(action, scheme, post, files(proof__file="a.pdf", papers__licence__file="b.pdf"), receiver)
    assert found.answers == {"proof": "id-a.pdf", "papers": ["licence", "contract"]}
    assert found.uploads == {"proof": {"": ("id-a.pdf",)}, "papers": {"licence": ("old", "id-b.pdf")}}
    assert found.upload_ids == {"id-a.pdf", "old", "id-b.pdf"}
    html = page(draw(scheme, action, found.filled, uploads=found.uploads))
    back = forms.read(action, scheme, sent(html))
    assert (back.answers, back.uploads) == (found.answers, found.uploads)


def test_a_file_that_may_not_come_in_is_told_at_its_material(asked: Asked) -> None:
    scheme, action = asked
    found = forms.read(action, scheme, QueryDict(), files(papers__licence__file="empty.pdf"), receiver)
    (problem,) = found.problems
    assert (problem.code, problem.field, found.answers) == ("upload-empty", "papers.licence", {})
    drawn = draw(scheme, action, found.filled, found.problems)
    (fault,) = drawn.faults
    assert fault.href == "#f-papers"
    assert problem.remedy is not None
    assert fault.remedy == problem.remedy.zh


def test_a_file_is_taken_out_of_the_form_again(asked: Asked) -> None:
    scheme, action = asked
    post = QueryDict("papers.licence.upload=one&papers.licence.upload=two&proof=three", mutable=True)
    post["_press"] = "drop:papers.licence.upload=one"
    found = forms.read(action, scheme, post)
    assert found.pressed == "refresh"
    assert found.uploads == {"papers": {"licence": ("two",)}, "proof": {"": ("three",)}}


def test_a_file_that_nobody_receives_is_a_mistake_of_the_page(asked: Asked) -> None:
    with pytest.raises(TypeError):
        forms.read(asked[1], asked[0], QueryDict(), files(proof__file="a.pdf"))
