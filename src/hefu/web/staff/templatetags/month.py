"""The boxes of the calendar. There are hundreds on a page, so they are written here and not by a template each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from hefu.web.templatetags.hefu import icon, weekday
from hefu.web.words import english

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.utils.safestring import SafeString

    from hefu.web.staff.entries import Entry
    from hefu.web.staff.plan import Cell

register = template.Library()
CURRENT = mark_safe(' aria-current="date"')


@register.simple_tag
def dated(day: date, today: date, *, full: bool) -> SafeString:
    """The number of a day of the sheet, `full` with its month; on a phone, where days stand alone, always so."""
    return format_html(
        '<time datetime="{}"{}><span class="wide">{}</span><span class="narrow">{} <small>{}</small></span></time>',
        day.isoformat(), CURRENT if day == today else "", month_day(day) if full else day.day, month_day(day),
        weekday(day),
    )  # fmt: skip


@register.simple_tag
def boxes(entries: Iterable[Entry]) -> SafeString:
    """The entries of a day of the sheet: what, for whom, and who goes."""
    return format_html_join("", '<li><div class="ev {}">{}<div><a href="{}">{}</a><small>{}</small></div></div></li>', (
        (entry.look, icon(entry.icon) if entry.icon else "", entry.cover.href, entry.title,
         f"{entry.whose} {'、'.join(entry.people)}".strip())
        for entry in entries
    ))  # fmt: skip


@register.simple_tag
def stretches(row: Iterable[Cell], today: date) -> SafeString:
    """A row of the plan: entries over their days, and days without any."""
    return format_html_join("", '<td colspan="{}" class="{}">{}</td>', (
        (cell.width, f"{'d0' if cell.begins else ''} {'now' if cell.day == today and not cell.entry else ''}".strip(),
         _planned(cell, cell.entry) if cell.entry else "")
        for cell in row
    ))  # fmt: skip


def _planned(cell: Cell, entry: Entry) -> SafeString:
    return format_html(
        '<div class="ev {}">{}<a href="{}" title="{}">{}</a></div>',
        "ev-bad" if cell.clash else entry.look, icon("gap") if cell.clash else "",
        entry.cover.href, f"{entry.title} {entry.cover.holder}", entry.whose,
    )  # fmt: skip


@register.filter
def month_day(value: date) -> str:
    """A day without its year: 11月4日, 4 Nov."""
    return f"{value.day} {value:%b}" if english() else f"{value.month}月{value.day}日"
