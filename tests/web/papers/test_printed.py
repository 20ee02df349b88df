"""A controlled form as it comes out of the printer: everything that stands on it, for those who may read it."""

from __future__ import annotations

import pytest
from django.test import Client

from hefu.dossiers.models import DossierRow
from hefu.dossiers.store import Store
from hefu.papers.filled import filled, form_of
from hefu.papers.produce import formats, produce
from hefu.papers.uploads import bind
from hefu.people.models import Body, Offer
from hefu.rules.load import Library
from tests.conftest import ROOT
from tests.papers.makers import PDF, documents_of, handed
from tests.people import town
from tests.web.papers.place import DOSSIER, browser, place

pytestmark = pytest.mark.usefixtures("site")


def papers(who: Client, language: str = "zh-hans") -> dict[str, str]:
    """Every document of the dossier as somebody gets it, by its printed number; empty where it does not exist."""
    held, _ = Store().load(DOSSIER)
    who.cookies["language"] = language
    found = {}
    for item in documents_of(Store(), held):
        answer = who.get(f"/d/{DOSSIER}/forms/{item.number}/{item.form.id}/")
        found[item.form.number or item.form.id] = answer.content.decode() if answer.status_code == 200 else ""
    return found


def test_a_form_shows_its_head_its_answers_and_where_it_comes_from() -> None:
    there = place(12)
    DossierRow.objects.update(title="WAL-QP-21-2025-0001")

    page = papers(there.staff)["WAL-QP-21-01"]

    for said in (
        "WAL-QP-21-01",
        "网络空间安全服务资质认证申请书",
        "body-1认证中心",
        "示例安全服务有限公司",
        "2025年3月4日",
        "法人登记证明",
        "案卷 WAL-QP-21-2025-0001 日志第 1 条",
    ):
        assert said in page
    assert page.count("is-ticked") == 6


def test_a_form_in_english_keeps_its_chinese_title() -> None:
    there = place(12)

    page = papers(there.staff, "en")["WAL-QP-21-01"]

    assert "Application for cyberspace-security service certification" in page
    assert "网络空间安全服务资质认证申请书" in page
    assert "Beichen" not in page
    assert "4 Mar 2025" in page
    assert "Proof of registration as a legal person" in page


def test_every_kind_of_answer_is_drawn() -> None:
    there = place(30)

    pages = papers(there.staff)

    assert all(pages.values())
    assert "赵" in pages["WAL-QP-21-04"] or "zhao" in pages["WAL-QP-21-04"]
    assert '<th scope="row">' in pages["WAL-QP-21-02"]
    assert "signed" in pages["WAL-QP-21-15"]


def test_a_client_reads_what_they_handed_in_and_what_they_were_told_and_nothing_else() -> None:
    there = place(30)

    mine, colleagues = papers(there.client), papers(there.colleague)

    assert mine["WAL-QP-21-01"]
    assert mine["WAL-QP-21-13"]
    assert not mine["WAL-QP-21-02"]
    assert not mine["WAL-QP-21-04"]
    assert colleagues.keys() == {name for name, page in mine.items()}
    assert [name for name, page in mine.items() if page] == [name for name, page in colleagues.items() if page]


def test_for_a_stranger_no_paper_exists() -> None:
    there = place(12)

    assert not any(papers(there.stranger).values())
    assert not any(papers(there.other_staff).values())
    assert Client().get(f"/d/{DOSSIER}/forms/1/").status_code == 302


@pytest.mark.parametrize("path", ["4/", "10000/", "1/WAL-QP-21-02/", "1/none/"])
def test_what_no_act_has_made_does_not_exist(path: str) -> None:
    assert place(4).staff.get(f"/d/{DOSSIER}/forms/{path}").status_code == 404


def test_the_page_is_offered_as_a_format_like_any_other() -> None:
    place(4)
    held, _ = Store().load(DOSSIER)

    paper = produce("html", held, filled(Store(), held, 1), "en")

    assert "html" in formats()
    assert paper.name == "WAL-QP-21-01-1.html"
    assert "Proof of registration" in paper.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_form_of_every_scheme_can_be_printed_blank(language: str) -> None:
    anybody = Client()
    anybody.cookies["language"] = language
    for scheme in map(Library().get, Library().folders()):
        for form in scheme.forms:
            answer = anybody.get(f"/schemes/{scheme.ref}/forms/{form}/")
            known = form_of(scheme, form)
            assert answer.status_code == 200
            assert known is not None
            assert known.title.zh in answer.content.decode()
            assert "is-ticked" not in answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", ["/schemes/nfcc-ir-000-01@2.0/forms/application/", "/rules/nfcc-ir-000-01/2.0/"])
def test_how_many_copies_are_wanted_is_said_in_the_readers_language(page: str, language: str) -> None:
    # given a scheme that wants its materials in so many copies
    anybody = Client()
    Offer.objects.create(body=Body.objects.create(slug="body", name="机构"), scheme="nfcc-ir-000-01")
    form = form_of(Library().get(ROOT / "schemes/nfcc-ir-000-01/2.0"), "application")
    assert form is not None
    wanted = {one.copies for field in form.fields for one in field.options.values() if one.copies}
    assert wanted

    # when somebody reads of it, then it is in their language and not in the other
    anybody.cookies["language"] = language
    said = anybody.get(page).content.decode()
    for copies in wanted:
        assert copies.get("en" if language == "en" else "zh") in said
        assert copies.get("zh" if language == "en" else "en") not in said


@pytest.mark.parametrize("path", ["none@1/forms/a", "wal-qp-21@9/forms/application", "wal-qp-21@2.0/forms/none"])
def test_a_form_that_no_scheme_has_does_not_exist(path: str) -> None:
    assert Client().get(f"/schemes/{path}/").status_code == 404


def test_an_operator_reads_no_papers() -> None:
    place(4)

    assert browser(town.person("op", operator=True)).get(f"/d/{DOSSIER}/forms/1/").status_code == 404


def test_the_dossiers_papers_are_listed_for_each_as_they_may_read_them() -> None:
    there = place(12)
    own = handed(there.accounts["wang"].key, dossier=DOSSIER)
    inner = handed(there.accounts["he"].key, PDF + b"1", "内部记录.pdf", DOSSIER)

    staff = there.staff.get(f"/d/{DOSSIER}/papers/").content.decode()
    client = there.client.get(f"/d/{DOSSIER}/papers/").content.decode()

    assert f"/d/{DOSSIER}/forms/1/application/" in client
    assert own.name in client
    assert inner.name not in client
    assert "WAL-QP-21-04" not in client
    assert inner.name in staff
    assert "WAL-QP-21-04" in staff


def test_each_material_shows_its_own_files_with_who_handed_them_in() -> None:
    there = place(12)
    key = there.accounts["wang"].key
    licence, other = handed(key, name="执照.pdf"), handed(key, PDF + b"2", "附图.pdf")
    bind([licence.pk, other.pk], DOSSIER, key, {licence.pk: "materials.registration"})

    page = there.staff.get(f"/d/{DOSSIER}/papers/")

    shown = {material.option.id: [held.shown.upload.name for held in material.files]
             for material in page.context["papers"].materials}  # fmt: skip
    assert shown.pop("registration") == ["执照.pdf"]
    assert shown, "other materials were handed in too"
    assert not any(shown.values())
    assert [held.shown.upload.name for held in page.context["papers"].files] == ["附图.pdf"]
    text = page.content.decode()
    assert licence.sha256[:6] in text
    assert f"/uploads/{licence.pk}/" in text
