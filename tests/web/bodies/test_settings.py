"""What a body sets: its administrators change it, after a confirmation; the past stays, with who changed what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hefu.dossiers.models import DossierRow
from hefu.dossiers.number import next_number
from hefu.people.around import recorded
from hefu.people.models import Change, Offer
from tests.people import town
from tests.people.town import BODY, DAY
from tests.web.account.visit import client, words

if TYPE_CHECKING:
    from django.test import Client

    from hefu.people.models import Account, Body

pytestmark = pytest.mark.usefixtures("site")
WAL, NFCC = "wal-qp-21", "nfcc-ir-000-01"
PAGE = f"/bodies/{BODY}/settings/"
TABLE = f"{PAGE}{WAL}/setting/man_day_table/"
PENALTIES = f"{PAGE}{WAL}/fact/penalties/"
YEARS = f"{PAGE}{WAL}/setting/retention_years/"
SHEET = "level,up_to,days\n二级,100,6\n二级,50,4\n一级,50,2.5\n"


@pytest.fixture
def body(site: str) -> Body:  # noqa: ARG001 - the database first
    return town.body(BODY, WAL, NFCC)


@pytest.fixture
def an(body: Body) -> Account:
    return town.administrator("an", body)


def keep(browser: Client, page: str, **sent: Any) -> Any:  # noqa: ANN401 - what a form sends; a response
    """Send a change, and confirm what the page then shows."""
    asked = browser.post(page, sent).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', asked))
    text = re.search(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', asked, re.DOTALL)
    assert hidden.get("confirm") == "yes", words(browser.post(page, sent))
    hidden.pop("csrfmiddlewaretoken", None)
    return browser.post(page, {**hidden, "text": text[1] if text else ""}, follow=True)


def offer(scheme: str = WAL) -> Offer:
    return Offer.objects.get(scheme=scheme)


def test_nobody_but_an_administrator_of_the_body_knows_of_the_pages(body: Body, an: Account) -> None:
    planner, stranger = town.person("planner"), town.administrator("stranger", town.body("other", WAL))
    town.assign(planner, body, "planner", WAL)
    for page in (PAGE, TABLE, f"{TABLE}sheet.csv", f"{PAGE}history/", f"{PAGE}take-up/", f"{PAGE}{WAL}/open/"):
        assert client(an).get(page).status_code == 200, page
        for other in (planner, stranger):
            assert client(other).get(page).status_code == 404, page
            assert client(other).post(page, {"text": "3"}).status_code == 404, page
    assert client(planner).get("/bodies/settings/").status_code == 404
    assert client(an).get("/bodies/settings/").headers["Location"] == PAGE


def test_the_page_shows_every_setting_with_its_clause_and_the_value_in_force(an: Account) -> None:
    page = words(client(an).get(PAGE))
    assert "Years of keeping after the end (three or more) 3 years" in page
    assert "Setting C12" in page
    assert "Man-day table of Annex A no rows" in page
    assert "2027 Provisional" in page
    for wrong in (
        f"{PAGE}{WAL}/setting/no_such/",
        f"{PAGE}{WAL}/offer/retention_years/",
        f"{PAGE}hbfma-2023-15/fact/x/",
    ):
        assert client(an).get(wrong).status_code == 404, wrong


def test_a_change_is_shown_once_more_before_it_holds_and_then_stands_in_the_history(an: Account) -> None:
    browser = client(an)
    asked = words(browser.post(YEARS, {"text": "5"}))
    assert "In force until now 3 years From now on 5 years" in asked
    assert offer().settings == {}, "it is only asked"
    page = words(keep(browser, YEARS, text="5"))
    assert "5 years set by the body" in page
    assert offer().settings == {"retention_years": 5}
    change = Change.objects.get()
    assert (change.by, change.old, change.new) == (an, None, 5)
    told = words(browser.get(f"{PAGE}history/"))
    assert "an Years of keeping" in told
    assert "3 years (the scheme's own) 5 years" in told
    keep(browser, YEARS, way="own")
    assert offer().settings == {}
    assert Change.objects.count() == 2, "going back is a change too"


def test_a_value_that_the_scheme_does_not_allow_is_refused_and_stays_in_the_form(an: Account) -> None:
    for text in ("2", "many", "-4", "", "99999999999"):
        page = client(an).post(YEARS, {"text": text})
        assert "Give a whole number, 3 or more." in words(page), text
        assert f'value="{text}"' in page.content.decode()
    assert not Change.objects.exists()


def test_the_value_in_force_again_changes_nothing(an: Account) -> None:
    keep(client(an), YEARS, text="4")
    assert "Nothing would change" in words(client(an).post(YEARS, {"text": "4"}))
    assert Change.objects.count() == 1


def test_what_was_changed_cannot_be_made_undone_even_in_the_database(an: Account) -> None:
    keep(client(an), YEARS, text="4")
    for statement in ("DELETE FROM hefu_change", "UPDATE hefu_change SET kind = ''"):
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)
    assert Change.objects.get().new == 4


def test_whoever_confirms_later_is_told_that_somebody_else_was_faster(body: Body, an: Account) -> None:
    bo = town.administrator("bo", body)
    asked = client(bo).post(YEARS, {"text": "9"}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', asked)
    assert seen is not None
    keep(client(an), YEARS, text="5")
    late = client(bo).post(YEARS, {"text": "9", "confirm": "yes", "seen": seen[1]})
    assert "an has changed this in the meantime" in words(late)
    assert offer().settings == {"retention_years": 5}


def test_a_table_is_loaded_from_a_sheet_whatever_program_wrote_it(an: Account) -> None:
    expected = {"一级": [{"up_to": 50, "days": 2.5}], "二级": [{"up_to": 50, "days": 4.0}, {"up_to": 100, "days": 6.0}]}
    keep(client(an), TABLE, way="sheet", text=SHEET)
    assert offer().settings["man_day_table"] == expected
    for content in (
        ("\ufeff" + SHEET).encode(),
        SHEET.replace("level", "级别").encode("gb18030"),
        SHEET.replace(",", "\t").replace("\n", "\r\n").encode(),
        SHEET.replace(",", ";").encode(),
    ):
        keep(client(an), TABLE, way="own")
        keep(client(an), TABLE, way="sheet", file=SimpleUploadedFile("annex-a.csv", content))
        assert offer().settings["man_day_table"] == expected, content
    assert client(an).get(f"{TABLE}sheet.csv").content.decode("utf-8-sig").splitlines()[1:] == [
        "一级,50,2.5", "二级,50,4", "二级,100,6",
    ]  # fmt: skip


def test_a_wrong_sheet_is_refused_with_its_lines_and_stays_on_the_page(an: Account) -> None:
    sheet = "level,up_to,days\n四级,50,4\n\n二级,many,4\n二级,50,4\n二级,50,6\n二级,60\n二级,70,1,9\n"
    page = client(an).post(TABLE, {"way": "sheet", "text": sheet})
    told = words(page)
    for wrong in (
        "Line 2: Level (level): “四级” is none of 一级, 二级, 三级.",
        "Line 4: People up to (up_to): “many” is no whole number",
        "Line 7: Man-days (days): it is empty.",
        "Line 8: it has 4 cells, the first line has 3.",
    ):
        assert wrong in told
    assert sheet in page.content.decode().replace("\r\n", "\n"), "nothing is lost"
    for text, wrong in (
        ("level,up_to\n", "Line 1: the column “days” is missing"),
        ("level,up_to,day\n", "Line 1: there is no column “day”. Columns are: level, up_to, days."),
        ("level,up_to,days,level\n", "Line 1: the column “level” is there twice."),
        ("level,up_to,days\n二级,50,4\n二级,50,6\n", "Line 3: 二级 50 stands in line 2 already."),
        ("level,up_to,days\n" + "二级,50,4\n" * 2001, "A sheet has at most 2000 lines."),
    ):
        assert wrong in words(client(an).post(TABLE, {"way": "sheet", "text": text})), wrong
    pictures = SimpleUploadedFile("annex.csv", b"\xff\xfe\x00\x80\xff")
    assert "The file is no text" in words(client(an).post(TABLE, {"way": "sheet", "file": pictures}))
    assert offer().settings == {}


def test_a_table_is_entered_row_by_row_and_a_mistake_names_the_line_of_the_page(an: Account) -> None:
    cells = {"cell-2-0": "二级", "cell-2-1": "50", "cell-2-2": "4", "cell-3-0": "", "cell-3-1": "", "cell-3-2": "",
             "cell-4-0": "二级", "cell-4-1": "x", "cell-4-2": "6"}  # fmt: skip
    page = client(an).post(TABLE, {"way": "rows", **cells})
    assert "Line 4: People up to (up_to): “x” is no whole number" in words(page)
    assert 'name="cell-4-1" value="x"' in page.content.decode()
    assert '<select class="in" name="cell-2-0"' in page.content.decode(), "a column of a few words is chosen, not typed"
    more = client(an).post(TABLE, {"way": "rows", "more": "1", **cells}).content.decode()
    assert 'name="cell-7-0"' in more, "three empty rows after those that were sent"
    assert 'name="cell-4-1" value="x"' in more
    keep(client(an), TABLE, way="rows", **{**cells, "cell-4-1": "100"})
    assert offer().settings["man_day_table"]["二级"] == [{"up_to": 50, "days": 4.0}, {"up_to": 100, "days": 6.0}]


def test_a_fact_is_read_by_the_rules_from_then_on(an: Account) -> None:
    keep(client(an), PENALTIES, way="sheet", text="uscc,decided_on\n91310000MA1FL0AA7E,2026/3/1\n")
    assert offer().facts == {"penalties": [{"uscc": "91310000MA1FL0AA7E", "decided_on": {"$date": "2026-03-01"}}]}
    found = recorded(BODY, WAL, DAY)["penalties"][0]
    assert found["decided_on"].isoformat() == "2026-03-01"
    wrong = client(an).post(PENALTIES, {"way": "sheet", "text": "uscc,decided_on\n9131,soon\n"})
    assert "Decided on (decided_on): “soon” is no day" in words(wrong)


def test_a_list_of_names_is_typed_or_taken_from_the_register(body: Body, an: Account) -> None:
    labs = f"{PAGE}{NFCC}/fact/contracted_labs/"
    keep(client(an), labs, text="甲检测\r\n\r\n乙检测\r\n甲检测\r\n")
    assert recorded(BODY, NFCC, DAY)["contracted_labs"] == ["甲检测", "乙检测"]
    town.stand(town.organisation("丙检测"), body, "lab", NFCC)
    page = words(keep(client(an), labs, way="register", text="lab"))
    assert "by the register" in page
    assert recorded(BODY, NFCC, DAY)["contracted_labs"] == ["丙检测"]
    assert "Choose one of the registers" in words(client(an).post(labs, {"way": "register", "text": "client"}))


def test_a_scheme_is_taken_up_closed_then_opened_and_closed_again(an: Account) -> None:
    browser, wanted = client(an), "hbfma-2023-15"
    browser.post(f"{PAGE}take-up/", {"scheme": wanted})
    assert not offer(wanted).open, "its settings come first"
    assert "Select a valid choice" in words(browser.post(f"{PAGE}take-up/", {"scheme": wanted}))
    browser.post(f"{PAGE}{wanted}/open/", {"to": "open"})
    assert offer(wanted).open
    assert "This is so already" in words(browser.post(f"{PAGE}{wanted}/open/", {"to": "open"}))
    browser.post(f"{PAGE}{wanted}/open/", {"to": "closed"})
    assert not offer(wanted).open
    assert [change.new for change in Change.objects.order_by("pk")] == [False, True, False]
    assert browser.post(f"{PAGE}{wanted}/open/", {"to": "elsewhere"}).status_code == 404


def test_a_body_without_schemes_and_a_history_without_changes_say_so(body: Body, an: Account) -> None:
    assert "Nothing has been changed yet" in words(client(an).get(f"{PAGE}history/"))
    body.offers.all().delete()
    assert "The body operates no scheme yet" in words(client(an).get(PAGE))


def test_the_page_needs_as_many_queries_for_many_changes_as_for_few(an: Account) -> None:
    browser, counts = client(an), []
    for first, last in ((3, 5), (5, 25)):
        for number in range(first, last):
            keep(browser, YEARS, text=str(number + 1))
        with CaptureQueriesContext(connection) as seen:
            browser.get(PAGE)
            browser.get(f"{PAGE}history/")
            browser.get(YEARS)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_notice_is_kept_to_the_product_after_a_confirmation_and_the_change_is_kept(an: Account) -> None:
    page, browser = f"{PAGE}{WAL}/channel/nonconformity/", client(an)
    assert "by mail" in words(browser.get(page))
    assert "Choose one of the values." in words(browser.post(page, {"text": "pigeon"}))
    kept = words(keep(browser, page, text="product"))
    assert "in the product only set by the body" in kept
    assert offer().channels == {"nonconformity": "product"}
    told = words(browser.get(f"{PAGE}history/"))
    assert "in the product and by mail (the product's own) in the product only" in told
    keep(browser, page, way="own")
    assert (offer().channels, Change.objects.count()) == ({}, 2)


def test_what_a_clause_wants_in_writing_and_duties_cannot_be_kept_from_the_mail(an: Account) -> None:
    browser = client(an)
    for fixed in ("acceptance", "duty-raised", "no-such-notice"):
        assert browser.get(f"{PAGE}{WAL}/channel/{fixed}/").status_code == 404
    page = words(browser.get(PAGE))
    assert "Notice of acceptance in the product and by mail a clause wants it in writing" in page


NUMBERS = f"{PAGE}{WAL}/number/dossier/"


def test_a_pattern_of_numbers_is_shown_with_the_next_number_and_holds_from_then_on(an: Account) -> None:
    next_number(BODY, WAL, DAY.year)
    browser = client(an)
    asked = words(browser.post(NUMBERS, {"text": "网安〔{year}〕{serial:3}号"}))
    assert f"The next number 网安〔{DAY.year}〕002号" in asked
    assert offer().numbers == {}, "it is only asked"
    page = words(keep(browser, NUMBERS, text="网安〔{year}〕{serial:3}号"))
    assert f"网安〔{DAY.year}〕002号; without gaps" in page
    assert offer().numbers == {"dossier": "网安〔{year}〕{serial:3}号"}
    assert "{scheme}-{year}-{serial:4} (the product's own) 网安〔{year}〕{serial:3}号" in words(
        browser.get(f"{PAGE}history/")
    )


def test_a_pattern_that_would_give_numbers_twice_is_refused_and_stays_in_the_form(an: Account) -> None:
    browser = client(an)
    for text, wrong in (
        ("WAL-{year}", "{serial} must stand in it, once"),
        ("WAL-{serial}", "{year} or {yy} must stand in it"),
        ("WAL/{year}/{serial}", "only letters, digits and"),
        ("W" * 40 + "{year}{serial}", "at most 40 characters"),
    ):
        page = browser.post(NUMBERS, {"text": text})
        assert wrong in words(page), text
        assert f'value="{text}"' in page.content.decode()
    keep(browser, f"{PAGE}{NFCC}/number/dossier/", text="JD-{year}-{serial:4}")
    assert "would get the same numbers" in words(browser.post(NUMBERS, {"text": "JD-20{yy}-{serial}"}))
    assert offer().numbers == {}


def test_a_number_that_a_dossier_has_is_not_given_again_by_a_new_pattern_nor_by_the_old_one(an: Account) -> None:
    DossierRow.objects.create(
        id="d", body=BODY, scheme=f"{WAL}@2.0", title=f"OLD-{DAY.year}-0005", opened=DAY, version=1, head=b"", last=DAY,
        status="",
    )  # fmt: skip
    browser = client(an)
    assert "again" in words(browser.post(NUMBERS, {"text": "OLD-{year}-{serial:4}"}))
    keep(browser, NUMBERS, text="NEW-{year}-{serial:4}")
    DossierRow.objects.update(title=f"WAL-QP-21-{DAY.year}-0005")
    assert "again" in words(browser.post(NUMBERS, {"way": "own"}))
    assert offer().numbers == {"dossier": "NEW-{year}-{serial:4}"}


def test_numbers_of_certificates_have_a_pattern_only_where_the_body_gives_one(an: Account) -> None:
    page, browser = f"{PAGE}{WAL}/number/certificate/", client(an)
    assert "entered with the decision the product's own" in words(browser.get(page))
    asked = words(browser.post(page, {"text": "WA-{year}-{serial:4}"}))
    assert f"The next number WA-{DAY.year}-0001" in asked
    keep(browser, page, text="WA-{year}-{serial:4}")
    assert offer().numbers == {"certificate": "WA-{year}-{serial:4}"}
    other = f"{PAGE}{NFCC}/number/certificate/"
    assert "would get the same numbers" in words(browser.post(other, {"text": "WA-{year}-{serial}"}))
    keep(browser, page, way="own")
    assert offer().numbers == {}
