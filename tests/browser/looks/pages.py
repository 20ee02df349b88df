"""What is looked at: a name, who looks (nobody: the public), an address, and what they do there before the look.

Addresses may name a word of the place in braces. Every portal is here with what it holds, and empty; every page that
people come to only when something has gone wrong; what a look needs besides is in place.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

SETTINGS = "/bodies/wal/settings/"
MAN_DAYS = "level,up_to,days\n" + "\n".join(
    f"{level},{people},{people / 10:g}" for level in ("一级", "二级", "三级") for people in (10, 25, 45, 65, 85, 125)
)


class Look(NamedTuple):
    """One page as somebody finds it. `paper` says that it is also printed."""

    name: str
    who: str
    path: str
    status: int = 200
    does: Callable[[Page], None] | None = None
    paper: bool = False
    language: str = "zh-hans"


def _chosen(page: Page, count: int = 3) -> None:
    """Some lines of the work list are chosen, and the first act that they share."""
    boxes = page.locator(".tasks tbody input[type=checkbox]")
    for number in range(min(count, boxes.count())):
        boxes.nth(number).check()
    page.locator("#together footer button").click()


def _together(page: Page) -> None:
    _chosen(page, 30)
    page.locator("main .acts form button").first.click()


def _done(page: Page) -> None:
    """A common act carried through to its result, while one of its dossiers has gone on in another window."""
    _together(page)
    other = page.context.new_page()
    other.goto("/work/")
    other.locator(".tasks td.end a[href$='initial.approve/']").first.click()
    _sent(other)
    other.close()
    _sent(page)


def _sent(page: Page) -> None:
    """A form without questions is sent, and sent again where it asks whether that is meant."""
    page.locator("main form .btn--primary").last.click()
    if page.locator("main input[name=_confirmed]").count():
        page.locator("main form .btn--primary").last.click()


def _palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("安信")
    page.locator("#palette-found a").first.wait_for()


def _man_days(page: Page) -> None:
    page.locator("textarea[name=text]").fill(MAN_DAYS)
    page.locator("main form .btn--primary").last.click()
    page.locator("input[name=confirm]").first.wait_for(state="attached")


def _kept_man_days(page: Page) -> None:
    _man_days(page)
    page.locator("main form .btn--primary").last.click()
    page.wait_for_url(f"**{SETTINGS}")
    page.goto(f"{SETTINGS}wal-qp-21/setting/man_day_table/")


def _wrong(page: Page) -> None:
    """A form handed in with nothing in it."""
    page.locator("main form .btn--primary").last.click()


def _forgets(page: Page) -> None:
    page.locator(".kept > form button").click()
    page.locator(".messages").wait_for()


PUBLIC = (
    Look("public-home", "", "/", paper=True),
    Look("public-found", "", "/?q=安信"),
    Look("public-nothing", "", "/?q=没有这样的单位"),
    Look("public-valid", "", "/c/{valid}/", paper=True),
    Look("public-suspended", "", "/c/{suspended}/"),
    Look("public-no-entry", "", "/c/00000000000000000000000000/", 404),
    Look("public-rules", "", "/rules/"),
    Look("public-rules-of", "", "/rules/wal-qp-21/", paper=True),
    Look("public-announcements", "", "/announcements/"),
    Look("public-announcement", "", "/announcements/{step}/"),
    Look("public-complain", "", "/complain/"),
    Look("public-complain-wrong", "", "/complain/", does=_wrong, status=200),
    Look("public-complain-status", "", "/complain/status/"),
    Look("sign-in", "", "/account/login/"),
    Look("sign-up", "", "/account/signup/"),
    Look("invitation-new", "", "/account/invitation/{invited_good}/"),
    Look("invitation-new-wrong", "", "/account/invitation/{invited_good}/", does=_wrong),
    Look("invitation-over", "", "/account/invitation/{invited_over}/", 404),
    Look("invitation-withdrawn", "", "/account/invitation/{invited_withdrawn}/", 404),
    Look("invitation-sign-in", "", "/account/invitation/{invited_known}/"),
    Look("invitation-accept", "wang", "/account/invitation/{invited_known}/"),
    Look("invitation-others", "wang", "/account/invitation/{invited_good}/"),
    Look("invitation-firm", "", "/account/invitation/{invited_firm}/"),
)
TROUBLE = (
    *(Look(f"error-{code}", "", f"/error-{code}/", code) for code in (400, 403, 404, 429, 500, 503)),
    Look("error-stale-form", "pan", "/stale-form/", 403),
    Look("error-404-staff", "pan", "/no-such-page/", 404),
)
OUTSIDE = (
    Look("client-home", "wang", "/my/", paper=True),
    Look("client-begin", "wang", "/my/begin/"),
    Look("client-of-none", "nobody", "/my/"),
    Look("client-begin-of-none", "nobody", "/my/begin/"),
    Look("laboratory-home", "jian", "/my/"),
    Look("laboratory-begin", "jian", "/my/begin/"),
    Look("member-home", "lin", "/my/"),
    Look("member-begin", "lin", "/my/begin/"),
    Look("long-home", "long", "/my/"),
    Look("organisations", "wang", "/account/organisations/"),
    Look("organisations-none", "nobody", "/account/organisations/"),
    Look("uploads-none", "nobody", "/uploads/"),
    Look("notices", "wang", "/notices/"),
    Look("notices-none", "nobody", "/notices/"),
    Look("account", "wang", "/account/"),
    Look("account-sso", "sso", "/account/"),
    Look("security-sso", "sso", "/account/2fa/"),
    Look("password-sso", "sso", "/account/password/set/"),
    Look("close-sso", "sso", "/account/close/"),
)
STAFF = (
    Look("work", "pan", "/work/", paper=True),
    Look("work-nothing-of-kind", "pan", "/work/?due=none&scheme=no-such"),
    Look("work-view-forgotten", "pan", "/work/?sort=since", does=_forgets),
    Look("work-chosen", "li", "/work/", does=_chosen),
    Look("work-together", "mei", "/work/", does=_together),
    Look("work-done-together", "mei", "/work/", does=_done),
    Look("palette", "pan", "/work/", does=_palette),
    Look("duties", "guan", "/duties/", paper=True),
    Look("calendar", "pan", "/calendar/", paper=True),
    Look("search", "pan", "/search/?q=安信"),
    Look("search-nothing", "pan", "/search/?q=没有这样的单位"),
    Look("dossiers", "pan", "/dossiers/", paper=True),
    Look("certificates", "yu", "/certificates/", paper=True),
    Look("figures", "dong", "/figures/", paper=True),
    Look("begin", "tao", "/my/begin/"),
    Look("intake", "tao", "/intake/"),
    Look("intake-one", "tao", "/intake/{intake}/"),
    Look("long-dossier", "guan", "/d/{long}/"),
    Look("absences", "zhao", "/account/absences/"),
    Look("interests", "zheng", "/account/interests/"),
    Look("schemes", "biao", "/schemes/"),
    Look("scheme", "biao", "/schemes/wal-qp-21/2.0/", paper=True),
)
LEADING = (
    Look("director-work", "dong", "/work/"),
    Look("director-duties", "dong", "/duties/"),
    Look("representative-work", "guan", "/work/"),
    Look("people", "guan", "/bodies/wal/people/"),
    Look("person-away", "guan", "/bodies/wal/people/demo-zhao/"),
    Look("person-long", "guan", "/bodies/wal/people/demo-zheng/"),
    Look("invite", "guan", "/bodies/wal/people/invite/"),
    Look("invite-wrong", "guan", "/bodies/wal/people/invite/", does=_wrong),
    Look("competence", "guan", "/bodies/wal/competence/"),
    Look("standings", "guo", "/bodies/nfcc/standings/"),
    Look("wordings", "guan", "/bodies/wal/wording/"),
    Look("settings", "guan", SETTINGS, paper=True),
    Look("setting", "guan", f"{SETTINGS}wal-qp-21/setting/retention_years/"),
    Look("man-days-empty", "guan", f"{SETTINGS}wal-qp-21/setting/man_day_table/"),
    Look("man-days-confirm", "guan", f"{SETTINGS}wal-qp-21/setting/man_day_table/", does=_man_days),
    Look("man-days", "guan", f"{SETTINGS}wal-qp-21/setting/man_day_table/", does=_kept_man_days, paper=True),
    Look("settings-history", "guan", f"{SETTINGS}history/"),
)
COMMITTEE = (
    Look("committee-work", "wei", "/work/"),
    Look("committee-dossiers", "wei", "/dossiers/"),
    Look("committee-dossier", "wei", "/d/{nomination}/"),
    Look("office-work", "ban", "/work/"),
    Look("office-duties", "ban", "/duties/"),
    Look("office-certificates", "ban", "/certificates/"),
    Look("office-figures", "ban", "/figures/"),
)
EMPTY = tuple(
    Look(f"new-{name}", "new", path)
    for name, path in (
        ("work", "/work/"), ("duties", "/duties/"), ("calendar", "/calendar/"), ("dossiers", "/dossiers/"),
        ("certificates", "/certificates/"), ("figures", "/figures/"), ("intake", "/intake/"),
        ("people", "/bodies/new/people/"), ("competence", "/bodies/new/competence/"),
        ("standings", "/bodies/new/standings/"), ("history", "/bodies/new/settings/history/"),
        ("absences", "/account/absences/"), ("interests", "/account/interests/"), ("client", "/my/"),
    )
)  # fmt: skip
OPERATION = (
    Look("operator", "ops", "/operator/", paper=True),
    Look("operator-bodies", "ops", "/bodies/"),
    Look("operator-claims", "ops", "/bodies/organisations/"),
    Look("operator-new-body", "ops", "/bodies/new/"),
)
_IN_CHINESE = (*PUBLIC, *TROUBLE, *OUTSIDE, *STAFF, *LEADING, *COMMITTEE, *EMPTY, *OPERATION)
MAIN = (
    "public-home", "public-valid", "public-rules-of", "public-complain", "error-404", "invitation-new", "client-home",
    "laboratory-home", "member-begin", "work", "work-done-together", "duties", "calendar", "dossiers", "certificates",
    "figures", "long-dossier", "absences", "people", "settings", "man-days", "committee-dossier", "new-work",
    "operator",
)  # fmt: skip
LOOKS = (
    *_IN_CHINESE,
    *(look._replace(name=f"{look.name}-en", language="en", paper=False) for look in _IN_CHINESE if look.name in MAIN),
)
