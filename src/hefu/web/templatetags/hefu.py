"""The components of the design as template tags; built in, so no page has to load them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.text import capfirst

from hefu.web import nav, notes, words
from hefu.web.moment import today as this_day
from hefu.web.status import case_look, certificate_look
from hefu.web.timing import timing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.core.paginator import Page
    from django.template import Context
    from django.utils.safestring import SafeString

    from hefu.rules.dossier import ClockRun
    from hefu.rules.model import Scheme

register = template.Library()
WEEKDAYS = "一二三四五六日"


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A line icon; it says nothing to a screen reader, so a word stands beside it."""
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("hefu/icons.svg"), name)


@register.simple_tag(takes_context=True)
def clause(context: Context, ident: str, scheme: Scheme) -> SafeString:
    """The chip of one clause."""
    return notes.chips(context, (ident,), scheme)


@register.simple_tag(takes_context=True)
def clauses(context: Context, ids: Iterable[str], scheme: Scheme) -> SafeString:
    """The chips of several clauses: one for each place of the document."""
    return notes.chips(context, ids, scheme)


@register.simple_tag(takes_context=True)
def bare_clauses(context: Context, ids: Iterable[str], scheme: Scheme) -> SafeString:
    """The same without a frame, for tables and the rail."""
    return notes.chips(context, ids, scheme, bare=True)


@register.simple_tag(takes_context=True)
def setting(context: Context, name: str, scheme: Scheme) -> SafeString:
    """The dashed chip of a number that the body has set."""
    return notes.parameter(context, name, scheme)


@register.inclusion_tag("hefu/parts/notes.html", takes_context=True)
def clause_notes(context: Context) -> dict[str, Any]:
    """The notes of all chips of the page; stands once, at its end (or at the end of a fragment for htmx)."""
    return {"notes": list(notes.of(context))}


@register.simple_tag
def status(state: str, title: words.Bilingual | str) -> SafeString:
    """The badge of a certificate's status, with the scheme's own word for it."""
    return _badge(*certificate_look(state), title)


@register.simple_tag
def state(title: words.Bilingual | str, outcome: str = "") -> SafeString:
    """The badge of a case or an item: under way, or over where there is an outcome."""
    return _badge(*case_look(outcome), title)


@register.simple_tag
def badge(look: str, name: str, title: words.Bilingual | str) -> SafeString:
    """Any other badge: a class of the design, an icon, a word."""
    return _badge(look, name, title)


def _badge(look: str, name: str, title: words.Bilingual | str) -> SafeString:
    word = title if isinstance(title, str) else words.in_language(title)
    return format_html('<span class="{}">{}{}</span>', f"status {look}".strip(), icon(name), capfirst(word))


@register.inclusion_tag("hefu/parts/clock.html", takes_context=True)
def clock(context: Context, run: ClockRun, scheme: Scheme, today: date | None = None) -> dict[str, Any]:
    """A time limit: due day, what is left, the bar with its stops, the clauses."""
    shown = timing(scheme, run, today or this_day())
    chips = notes.chips(context, shown.clauses, scheme)
    stops = [(pause.words, notes.chips(context, pause.clauses, scheme, bare=True)) for pause in shown.pauses]
    return {"clock": shown, "chips": chips, "stops": stops}


@register.inclusion_tag("hefu/parts/bar.html")
def clock_bar(run: ClockRun, scheme: Scheme, today: date | None = None, *, small: bool = True) -> dict[str, Any]:
    """Only the bar of a time limit, for tables."""
    return {"clock": timing(scheme, run, today or this_day()), "small": small}


@register.simple_tag
def timing_of(run: ClockRun, scheme: Scheme, today: date | None = None) -> Any:  # noqa: ANN401 - a Timing
    """A time limit in words, for pages that lay it out themselves: {% timing_of run scheme as t %}{{ t.left }}."""
    return timing(scheme, run, today or this_day())


@register.filter
def text(value: words.Bilingual | None) -> str:
    """A text of the rules in the language of the page; nothing for nothing."""
    return words.in_language(value) if value is not None else ""


@register.filter
def edition(scheme: Scheme) -> str:
    """A document as people cite it: its number and version; once, where the version is a part of the number."""
    number = scheme.file.document.id
    return number if scheme.version in number else f"{number} V{scheme.version}"


@register.filter
def day(value: date | None) -> SafeString | str:
    """A day with its machine-readable form."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.day(value)) if value else ""


@register.filter
def iso(value: date | None) -> SafeString | str:
    """A day in a table: 2026-11-21."""
    return format_html('<time datetime="{0}">{0}</time>', value.isoformat()) if value else ""


@register.filter
def weekday(value: date | None) -> str:
    """The day of the week: 周三, Wed."""
    if value is None:
        return ""
    return f"{value:%a}" if words.english() else f"周{WEEKDAYS[value.weekday()]}"


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """An instant in the body's zone, to the minute: 2026-11-21 16:42."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(settings.HEFU_ZONE))
    minute = local.isoformat(" ", "minutes")[:16]
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), minute)


@register.filter
def plain(value: object) -> str:
    """A value as a person reads it: yes and no, days, lists."""
    return words.shown(value)


@register.simple_tag(takes_context=True)
def navigation(context: Context, portal: str) -> list[nav.Group]:
    """The navigation of a portal for the reader: {% navigation "staff" as groups %}."""
    request = context.get("request")
    return nav.groups(request, portal) if request is not None else []


@register.inclusion_tag("hefu/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the pages of a list; the other parameters of the address are kept."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return {"page": page, "numbers": numbers, "gap": page.paginator.ELLIPSIS, "request": context["request"]}
