"""A run of a clock as a person reads it: due when, how much is left, what was stopped and why, drawn to scale.

Everything is counted by the rules' own functions (rules/clocks.py, rules/time).
While a clock stands still nothing is used up, so what is left is what was left on the day of the stop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hefu.rules.clocks import reading
from hefu.rules.time import Unit, merge
from hefu.web.words import FIRMNESS, day, in_language

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import _StrOrPromise

    from hefu.rules.dossier import ClockRun
    from hefu.rules.model import Clock, Scheme

WIDTH = 100.0


class Part(NamedTuple):
    """A stretch of the bar, in per cent: `u` used, `p` stopped, `o` overdue."""

    look: str
    x: str
    width: str


class Pause(NamedTuple):
    """One stop in words, and the clauses that grant it."""

    words: str
    clauses: tuple[str, ...]


class Timing(NamedTuple):
    """A run as the component shows it. `look` is `late`, `soon` or empty; `left` is empty for one that is over."""

    title: str
    state: str
    look: str
    due: date
    latest: date | None
    left: str
    counted: str
    firmness: _StrOrPromise
    provisional: bool
    window: bool
    parts: tuple[Part, ...]
    pauses: tuple[Pause, ...]
    clauses: tuple[str, ...]

    @property
    def said(self) -> str:
        """The bar for those who do not see it."""
        parts = {"title": self.title, "counted": self.counted, "left": self.left}
        return (_("%(title)s: %(counted)s, %(left)s") if self.left else _("%(title)s: %(counted)s")) % parts


def timing(scheme: Scheme, run: ClockRun, today: date) -> Timing:
    """What to show of a run on a day."""
    clock = scheme.clocks.get(run.name)
    ruler = _Ruler(scheme, run, clock, today)
    return Timing(
        title=in_language(clock.title) if clock else run.name,
        state=ruler.state,
        look="late" if ruler.late else "soon" if ruler.soon else "",
        due=run.due,
        latest=run.latest if run.latest > run.due else None,
        left=ruler.left(),
        counted=ruler.counted(),
        firmness=FIRMNESS.get(clock.firmness, "") if clock else "",
        provisional=run.provisional,
        window=clock is not None and clock.kind == "window",
        parts=tuple(ruler.parts()),
        pauses=tuple(ruler.pauses()),
        clauses=clock.clauses if clock else (),
    )


def amount(number: int, *, working: bool) -> str:
    """Days in their unit: 3个工作日, 3天."""
    if working:
        return ngettext("%(number)d working day", "%(number)d working days", number) % {"number": number}
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


class _Ruler:
    """Measures one run in the unit of its clock: working days where it counts them, days otherwise."""

    def __init__(self, scheme: Scheme, run: ClockRun, clock: Clock | None, today: date) -> None:
        self.run, self.clock, self.today, self.calendar = run, clock, today, scheme.calendar
        self.read = reading(scheme, run, today)
        term = (clock.term or clock.every) if clock else None
        self.working = term is not None and term.unit is Unit.WORKING_DAY
        self.until = max(run.anchor, min(today, run.ended) if run.ended else today)
        open_stops = [stop.start for stop in run.stops if stop.end is None]
        self.paused = run.status == "paused" and bool(open_stops)
        self.stands = min(open_stops) if self.paused else self.until
        self.over = self.distance(run.due, self.stands) if self.stands > run.due else 0
        elapsed = self.over > 0 and clock is not None and clock.elapses
        self.late = self.over > 0 and not elapsed and run.status != "dropped"
        self.state = self._state(elapsed=elapsed)

    def _state(self, *, elapsed: bool) -> str:
        """The run's own, except that one whose last day is past is `over` where it elapses, and else `overdue`."""
        if elapsed and self.run.status in ("running", "breached"):
            return "over"
        return "overdue" if self.late and self.run.status == "running" else self.run.status

    @property
    def soon(self) -> bool:
        reminded = any(day <= self.today for day in self.run.reminders)
        return self.state == "running" and (self.run.due == self.today or reminded)

    def distance(self, start: date, end: date) -> int:
        """The days d with start < d <= end."""
        return self.calendar.count(start, end) if self.working else (end - start).days

    def left(self) -> str:
        """How much is left, or by how much it is late."""
        if self.late:
            return _("%(amount)s overdue") % {"amount": amount(self.over, working=self.working)}
        if self.state not in ("running", "paused"):
            return ""
        left = self.distance(self.stands, self.run.due)
        if not left:
            return _("today") if self.run.due == self.today else _("last day")
        return _("%(amount)s left") % {"amount": amount(left, working=self.working)}

    def counted(self) -> str:
        """The same as the bar, in words: what has gone by, and how much of it was stopped."""
        used = _("%(amount)s used") % {"amount": amount(self.read.net, working=self.working)}
        if not self.read.stopped:
            return used
        return _("%(used)s, stopped for %(amount)s") % {
            "used": used, "amount": amount(self.read.stopped, working=self.working)
        }  # fmt: skip

    def pauses(self) -> list[Pause]:
        """Every stop in words."""
        return [self._pause(stop.start, stop.end, stop.reason) for stop in self.run.stops]

    def _pause(self, start: date, end: date | None, reason: str) -> Pause:
        number, _colon, subject = reason.partition(":")
        held = [pause for pause in (self.clock.pauses if self.clock else ()) if str(pause.number) == number]
        length = amount(self.distance(start, end or self.stands_until), working=self.working)
        text = {"start": day(start), "amount": length, "subject": subject}
        if end is None:
            words = _("stopped since %(start)s, %(amount)s so far") % text
        else:
            words = _("stopped from %(start)s to %(end)s, %(amount)s") % {**text, "end": day(end)}
        return Pause(f"{words} ({subject})" if subject else words, held[0].clauses if held else ())

    @property
    def stands_until(self) -> date:
        return max(self.until, self.stands)

    def parts(self) -> list[Part]:
        """The bar from the first day to the due day, or to today where that is later."""
        first, until = self.run.anchor, self.until
        rest = max(self.distance(self.stands, self.run.due), 0) if not self.late else 0
        whole = self.distance(first, until) + rest
        found: list[Part] = []

        def stretch(look: str, start: date, end: date) -> None:
            if whole and end > start:
                x, width = self.distance(first, start), self.distance(start, end)
                if width:
                    found.append(Part(look, f"{x / whole * WIDTH:.1f}%", f"{width / whole * WIDTH:.1f}%"))

        at = first
        ends = min(until, self.run.due) if self.late else until
        for start, end in merge(self.run.stops, until):
            stretch("u", at, max(at, start))
            stretch("p", max(at, start), end)
            at = max(at, end)
        stretch("u", at, max(at, ends))
        if self.late:
            stretch("o", max(at, ends), until)
        return found
