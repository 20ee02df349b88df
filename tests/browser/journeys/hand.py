"""The hand of one person at their browser: they open pages, read them, fill in forms, confirm, and hand in.

Nothing here knows an act, a field or a scheme: a person finds an act by its title among what they can do, and a
question by its words. What a page says is asserted with `sees`; what it refuses, with `refused`.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.barriers import fits, no_barriers
from tests.browser.journeys.filling import Filling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from playwright.sync_api import BrowserContext, Locator, Page

DOSSIER = re.compile(r"/d/[^/]+/$")
SHEET = "#form"
CONFIRM = "button[name=_confirmed]"


class Hand:
    """One person at their browser; `page` is what they have before them."""

    def __init__(self, context: BrowserContext, name: str, complaints: list[str], today: Callable[[], date]) -> None:
        self.name, self.today, self._complaints, self._expected = name, today, complaints, ""
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: complaints.append(f"{name}: {self.page.url}: {error}"))
        self.page.on("console", lambda told: self._heard(told.text) if told.type == "error" else None)

    def signs_in(self, email: str, password: str) -> None:
        """Sign in through the form."""
        self.opens("/account/login/")
        self.page.locator("input[type=email]").fill(email)
        self.page.locator("input[type=password]").fill(password)
        self.page.locator("main form").get_by_role("button", name="登录", exact=True).click()
        self.page.wait_for_url(lambda url: "/login/" not in url)

    # ---- going and looking

    def opens(self, path: str) -> Page:
        """Open an address of the product."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{self.name}: {path} answers {answer.status}"
        return self.page

    def follows(self, text: str, within: str = "body") -> Page:
        """Follow the first link or press the first button with these words."""
        place = self.page.locator(within)
        place.get_by_role("link", name=text).or_(place.get_by_role("button", name=text)).first.click()
        return self.page

    def sees(self, *texts: str, within: str = "main") -> None:
        """The page says all of this."""
        for text in texts:
            expect(self.page.locator(within).first, f"{self.name} at {self.page.url}").to_contain_text(text)

    def sees_nothing_of(self, *texts: str, within: str = "main") -> None:
        """The page says none of this."""
        for text in texts:
            expect(self.page.locator(within).first, f"{self.name} at {self.page.url}").not_to_contain_text(text)

    def finds_no_barriers(self) -> None:
        """The page has no barrier in light nor in dark, and need not be pushed sideways."""
        fits(self.page)
        for theme in ("dark", "light"):
            self.page.emulate_media(color_scheme=theme)
            no_barriers(self.page)

    # ---- acting

    def begins(self, scheme: str, act: str, answers: Mapping[str, Any] | None = None) -> str:
        """Begin a dossier under a scheme, by the title of its document, with an act; the address of the dossier."""
        self.opens_beginning(scheme, act)
        return self.hands_in(answers)

    def opens_beginning(self, scheme: str, act: str) -> None:
        """Open the form with which a dossier under a scheme begins."""
        self.opens("/my/begin/")
        offer = self.page.locator("main li.panel").filter(has=self.page.get_by_role("heading", name=scheme))
        self._goes(offer.get_by_role("link", name=act))

    def does(self, dossier: str, act: str, answers: Mapping[str, Any] | None = None) -> None:
        """Do what stands under a title among what they can do now on a dossier. `answers`: see Filling."""
        self.opens_sheet(dossier, act)
        self.hands_in(answers)

    def opens_sheet(self, dossier: str, act: str) -> None:
        """Open the form of an act, from the page of its dossier."""
        self._at(dossier)
        link = self._can(act)
        assert link.count(), f"{self.name} cannot do {act} now, only: {self._said('#can')}. {self._said('#cannot')}"
        self._goes(link.first)

    def hands_in(self, answers: Mapping[str, Any] | None = None) -> str:
        """Fill in the form before them, hand it in, confirm where that is asked; the address of the dossier."""
        self.fills(answers)
        self.presses()
        assert not self.problems(), f"{self.name}: {self.page.title()}: {self.problems()}"
        if self.page.locator(CONFIRM).count():
            self._goes(self.page.locator(CONFIRM))
        assert not self.problems(), f"{self.name}: {self.page.title()}: {self.problems()}"
        assert DOSSIER.search(self.page.url), f"{self.name} is at {self.page.url}: {self._said('main')[:500]}"
        return self.page.url

    def fills(self, answers: Mapping[str, Any] | None = None) -> None:
        """Fill in the form before them, and do not hand it in yet."""
        self.page.locator(SHEET).wait_for()
        Filling(self.page, self.today(), answers or {}).fill()

    def presses(self) -> None:
        """Press the button under the form before them."""
        self._goes(self.page.locator("#press"))

    def problems(self) -> str:
        """What the page says stands in the way; empty when nothing does."""
        return self._said("[data-errors]")

    def refused(self, dossier: str, act: str, why: str, answers: Mapping[str, Any] | None = None) -> None:
        """Try an act that they could do, if it were not for their answers; the page says why not."""
        self.opens_sheet(dossier, act)
        self.fills(answers)
        with self.expecting("status of 422"):
            self.presses()
            expect(self.page.locator("[data-errors]")).to_contain_text(why)

    def cannot(self, dossier: str, act: str, why: str) -> None:
        """The act stands among what is not possible for now, with its reason; there is no button for it."""
        self._at(dossier)
        assert not self._can(act).count(), f"{self.name} can do {act}"
        said = self.page.locator("#cannot li.refuse").filter(has=self.page.get_by_role("heading", name=_whole(act)))
        expect(said.first).to_contain_text(why)

    def has_no(self, dossier: str, act: str) -> None:
        """The act is not for them: no button, and no reason either."""
        self._at(dossier)
        assert not self._can(act).count(), f"{self.name} can do {act}"

    @contextmanager
    def expecting(self, complaint: str) -> Iterator[None]:
        """Within it, the browser may complain of this; a page that is refused is an error to the browser."""
        self._expected = complaint
        yield
        self._expected = ""

    def _at(self, dossier: str) -> None:
        """Have the page of the dossier before them, as it is now."""
        self.opens(dossier)

    def _goes(self, button: Locator) -> None:
        """Press what leads to another page, and have that page before one."""
        with self.page.expect_navigation():
            button.click()

    def _can(self, act: str) -> Locator:
        return self.page.locator("#can").get_by_role("link", name=_whole(act))

    def _said(self, where: str) -> str:
        found = self.page.locator(where)
        return " ".join(found.first.inner_text().split()) if found.count() else ""

    def _heard(self, text: str) -> None:
        if not self._expected or self._expected not in text:
            self._complaints.append(f"{self.name}: {self.page.url}: {text}")


def _whole(act: str) -> re.Pattern[str]:
    """The title of an act, with or without its process before it and its subject after it: 受理 is not 不予受理."""
    return re.compile(rf"(^|：|: ){re.escape(act)}( |$)")
