"""Forms of acts in chromium: no barriers in the largest of them; what htmx improves; and that all works without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from hefu.people.models import Account
from hefu.web.forms.models import Draft
from tests.browser.barriers import fits, no_barriers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

LARGEST = [
    "/form/hbfma-2023-15/nomination.nominate/",
    "/form/hbfma-2023-15/nomination.nominate/?answers=wrong",
    "/form/nfcc-ir-000-01/initial.submit/?answers=sample",
    "/form/nfcc-ir-000-02/initial.submit/",
    "/form/wal-qp-21/initial.submit/?answers=wrong",
    "/form/wal-qp-21/initial.appoint-team/",
    "/form/wal-qp-21/initial.review-application/",
    "/form/nfcc-ir-000-01/certificate.suspend/",
    "/confirm/nfcc-ir-000-01/certificate.suspend/",
]
JOINT = "/form/hbfma-2023-15/nomination.nominate/"
SUBMIT = "/form/nfcc-ir-000-01/initial.submit/"


@pytest.fixture(autouse=True)
def pages() -> Iterator[None]:
    """The pages of forms that only these tests have."""
    with override_settings(ROOT_URLCONF="tests.browser.forms_page"):
        yield


@pytest.fixture
def person(site: str) -> Account:  # noqa: ARG001 - the database first
    return Account.objects.create_user("an@example.org", "a long password", name="安审核")


@pytest.mark.parametrize("path", LARGEST)
@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (360, "dark", "en")])
def test_the_largest_forms_have_no_barriers_and_fit(  # noqa: PLR0913 - how a page is opened
    open_page: OpenPage, person: Account, path: str, width: int, theme: str, language: str
) -> None:
    page = open_page(path, person, width=width, theme=theme, language=language)
    fits(page)
    no_barriers(page)


def test_fields_come_and_go_with_the_answer_and_nothing_that_was_typed_is_lost(
    open_page: OpenPage, person: Account
) -> None:
    page = open_page(JOINT, person)
    address = page.locator("#f-office_address")
    address.fill("石家庄市乙路2号")
    _answer(page, "office_differs", "no")
    expect(address).to_have_count(0)
    expect(page.locator("#w-office_address")).to_contain_text("不随表提交")
    page.locator("#f-registered_address").fill("石家庄市甲路1号")
    _answer(page, "office_differs", "yes")
    expect(address).to_have_value("石家庄市乙路2号")
    expect(page.locator("#f-registered_address")).to_have_value("石家庄市甲路1号")
    no_barriers(page)


def test_a_row_is_added_without_a_new_page_and_has_the_focus(open_page: OpenPage, person: Account) -> None:
    page = open_page(JOINT, person)
    page.locator("#f-product_name").fill("风险平台")
    page.locator("[id='f-awards.0.name']").fill("专利一")
    page.evaluate("window.same = true")
    page.locator("#add-awards").click()
    second = page.locator("[id='f-awards.1.name']")
    expect(second).to_be_focused()
    expect(page.locator("[id='f-awards.0.name']")).to_have_value("专利一")
    second.fill("专利二")
    page.locator("#w-awards").get_by_role("button", name="删除第 1 行").click()
    expect(page.locator("[id='f-awards.1.name']")).to_have_count(0)
    expect(page.locator("[id='f-awards.0.name']")).to_have_value("专利二")
    assert page.evaluate("window.same")


def test_what_is_typed_saves_itself_and_is_there_again(open_page: OpenPage, person: Account) -> None:
    page = open_page(SUBMIT, person)
    page.locator("#f-product_name").fill("支付风险识别系统")
    expect(page.locator("#saved")).to_contain_text("草稿已存")
    page.locator("#f-model").fill("V1.0")
    page.locator("#f-model").blur()
    expect(page.locator("[name=_draft]")).to_have_value(re.compile(r"^2\."))
    page.reload()
    expect(page.locator("#f-product_name")).to_have_value("支付风险识别系统")
    expect(page.locator("#f-model")).to_have_value("V1.0")


def test_of_two_windows_the_one_that_has_not_seen_the_newer_draft_is_told(open_page: OpenPage, person: Account) -> None:
    first, second = open_page(SUBMIT, person), open_page(SUBMIT, person)
    first.locator("#f-product_name").fill("甲")
    expect(first.locator("#saved")).to_contain_text("草稿已存")
    second.locator("#f-product_name").fill("乙")
    expect(second.locator("#saved")).to_contain_text("没有保存")
    second.locator("#press-save").click()
    expect(second.locator("#overtaken")).to_be_visible()
    no_barriers(second)
    expect(second.locator("#f-product_name")).to_have_value("乙")
    second.locator("#press-save").click()
    expect(second.locator("#saved")).to_contain_text("草稿已存")
    assert Draft.objects.get().typed["product_name"] == ["乙"]


def test_a_file_goes_up_at_once_and_counts_as_its_material(open_page: OpenPage, person: Account) -> None:
    page = open_page(SUBMIT, person)
    row = page.locator("[id='w-f-materials']")
    row.locator("input[type=file]").set_input_files(
        {"name": "申请书.txt", "mimeType": "text/plain", "buffer": "申请书的内容".encode()}
    )
    expect(row).to_contain_text("申请书.txt")
    expect(page.locator("#saved")).to_contain_text("草稿已存")
    page.reload()
    expect(page.locator("[id='w-f-materials']")).to_contain_text("申请书.txt")
    no_barriers(page)


def test_the_summary_leads_to_the_field(open_page: OpenPage, person: Account) -> None:
    page = open_page("/form/hbfma-2023-15/nomination.nominate/?answers=wrong", person)
    page.get_by_role("link", name="请填写“注册地址”").click()
    expect(page.locator("#f-registered_address")).to_be_focused()


def test_everything_works_without_a_script(open_page: OpenPage, person: Account) -> None:
    page = open_page(JOINT, person)
    context = page.context.browser.new_context(  # type: ignore[union-attr]  # it has one
        java_script_enabled=False, base_url=page.url, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(page.url)
    plain.locator("#f-office_address").fill("石家庄市乙路2号")
    _answer(plain, "office_differs", "no")
    plain.locator("#press-refresh").click()
    assert "不随表提交" in plain.locator("#w-office_address").inner_text()
    plain.locator("[id='f-awards.0.name']").fill("专利一")
    plain.locator("#add-awards").click()
    assert plain.locator("[id='f-awards.1.name']").count() == 1
    assert plain.locator("[id='f-awards.0.name']").input_value() == "专利一"
    plain.locator("#f-filed_on").press("Enter")
    assert plain.locator("[data-errors]").count() == 0, "Enter hands nothing in"
    plain.locator("#press-save").click()
    assert "草稿已存" in plain.locator("#saved").inner_text()
    plain.locator("#press").click()
    assert plain.locator("[data-errors]").count() == 1
    context.close()


def _answer(page: Page, field: str, value: str) -> None:
    page.locator(f"input[name={field}][value={value}]").check(force=True)


UNDER_THE_BAR = """() => {
  const bar = document.querySelector('.savebar'), held = document.activeElement.getBoundingClientRect();
  return !bar.contains(document.activeElement) && held.top >= bar.getBoundingClientRect().top && held.height > 0;
}"""


@pytest.mark.parametrize("width", [1440, 390])
def test_what_has_the_focus_never_lies_under_the_bar(open_page: OpenPage, person: Account, width: int) -> None:
    page = open_page(JOINT, person, width=width)
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(UNDER_THE_BAR):
            hidden.append(page.evaluate("document.activeElement.outerHTML"))
    assert not hidden
