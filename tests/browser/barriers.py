"""What axe finds on a page: WCAG 2.2 A and AA, and good practice. Nothing may be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 360
FOCUS = """() => {
  const held = document.activeElement;
  if (!held || held === document.body) return null;
  const told = held.outerHTML.slice(0, 160), box = held.getBoundingClientRect();
  const ringed = (element) => element && !element.matches("main, body")
    && (getComputedStyle(element).outlineStyle !== "none" || ringed(element.parentElement));
  if (!ringed(held)) return `no ring: ${told}`;
  if (box.width < 4 || box.height < 4 || getComputedStyle(held).clipPath !== "none") return `too small: ${told}`;
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) return `out of sight: ${told}`;
  const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
  const [across, down] = [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)];
  const above = document.elementFromPoint(across, down);
  const bar = above && above.closest(".topbar, .savebar");
  return bar && !bar.contains(held) ? `covered: ${told}` : "";
}"""
"""What is wrong with where the focus is: nothing (empty), or null where it has left the page."""


def no_barriers(page: Page) -> None:
    """Fail with every barrier, and where it stands."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    told = [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
    assert not told, "\n".join(told)


def fits(page: Page) -> None:
    """Fail when the page has to be pushed sideways to be read."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"the page is {wide} px wider than the window"


def focus_is_seen(page: Page, most: int = 40) -> None:
    """Fail where the focus, led by Tab from the top of the page, lies on something that is not seen or not marked."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); getSelection().removeAllRanges(); }")
    lost = []
    for _ in range(most):
        page.keyboard.press("Tab")
        told = page.evaluate(FOCUS)
        if told is None:
            break
        if told:
            lost.append(told)
    assert not lost, "\n".join(lost)
