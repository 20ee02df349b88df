"""Without scripts, with keys alone, and on a narrow screen: the same acts, through the same pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import NARROW, fits

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.journeys.town import Town

SERVICE = "网络空间安全服务资质认证"


def test_an_application_is_accepted_in_a_browser_without_scripts(town: Town) -> None:
    wang, li, mei, he = (town.person(name, javascript=False) for name in ("wang", "li", "mei", "he"))
    wang.opens("/home/")
    wang.follows("新的申请")
    answers = {"认证级别": "三级", "法规是否要求行政许可": True, "已取得所需许可": True, "随附材料": {"": "材料.txt"}}

    dossier = wang.begins(SERVICE, "初次认证：提交申请", answers)
    li.does(dossier, "通知补充材料", {"补充截止日期": "2025-03-13"})
    wang.does(dossier, "补充材料")
    li.refused(dossier, "申请评审", "人工核定", {"审核人天": 5})
    li.does(dossier, "申请评审", {"审核人天": 5, "人工核定的理由": "人日表尚未录入"})
    mei.does(dossier, "审批")
    he.does(dossier, "受理")

    wang.opens(dossier)
    wang.sees("受理")
    wang.opens("/my/")
    wang.sees_nothing_of("草稿")


def test_a_form_is_filled_in_and_handed_in_with_keys_alone(town: Town) -> None:
    wang, li = town.person("wang"), town.person("li")
    dossier = wang.begins(SERVICE, "初次认证：提交申请")
    li.opens_sheet(dossier, "通知补充材料")
    page = li.page

    _tab_to(page, "需补充或修改的内容")
    page.keyboard.type("请补交营业执照")
    _tab_to(page, "补充截止日期")
    page.keyboard.type("03132025")  # the order in which the browser of the tests shows a day
    _tab_to(page, "通知补充材料")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert not li.problems()
    wang.opens(dossier)
    wang.sees("补充")


NARROW_PAGES = [
    ("", "/"), ("", "/announcements/"), ("", "/rules/"), ("", "/complain/"), ("", "/account/login/"),
    ("wang", "/my/"), ("wang", "/my/begin/"), ("wang", "DOSSIER"), ("wang", "DOSSIERanswers/"),
    ("wang", "/begin/wal/wal-qp-21/initial.submit/"),
    ("li", "/home/"), ("li", "DOSSIER"), ("li", "DOSSIERjournal/"), ("li", "DOSSIERdo/initial.review-application/"),
]  # fmt: skip


def test_no_page_has_to_be_pushed_sideways_on_a_narrow_screen(town: Town) -> None:
    dossier = town.person("wang").begins(SERVICE, "初次认证：提交申请")
    people = {"": town.anybody(width=NARROW), **{name: town.person(name, width=NARROW) for name in ("wang", "li")}}
    for name, path in NARROW_PAGES:
        people[name].opens(path.replace("DOSSIER", dossier))
        fits(people[name].page)


@pytest.mark.parametrize("width", [NARROW, 1440])
def test_the_pages_of_an_application_have_no_barriers_in_light_and_dark(town: Town, width: int) -> None:
    wang, li = town.person("wang", width=width), town.person("li", width=width)
    wang.opens("/my/begin/")
    wang.finds_no_barriers()
    wang.opens_beginning(SERVICE, "初次认证：提交申请")
    wang.finds_no_barriers()
    dossier = wang.hands_in()
    wang.finds_no_barriers()
    li.opens(dossier)
    li.finds_no_barriers()
    li.opens_sheet(dossier, "申请评审")
    li.finds_no_barriers()


def _tab_to(page: Page, words: str) -> None:
    """Go on with the tabulator until what has these words has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            return
    pytest.fail(f"no key leads to {words}")


FOCUSED = """() => {
  const here = document.activeElement;
  return [...(here.labels || []), here].map((one) => one.innerText || one.value || "").join(" ");
}"""
