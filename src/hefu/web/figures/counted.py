"""The figures: one query each, however many dossiers there are; grouped by the database, named by the schemes."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse

from hefu.dossiers.models import CaseRow, CertificateRow, ClockRow, EndedRow, VisitRow
from hefu.dossiers.work import DONE_WITHIN
from hefu.people.models import Account
from hefu.rules.time import Unit, add_months
from hefu.web.figures.asked import within
from hefu.web.staff.laws import newest, process_title, scheme_title, state_title
from hefu.web.staff.register import pressing
from hefu.web.status import STATUSES
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from hefu.rules.model import Clock, Scheme
    from hefu.web.figures.asked import Asked
    from hefu.web.staff.mine import Mine

SURVEILLANCE, AGAIN = "surveillance", ("renewal", "recertification")
"""Kinds of processes: that which keeps a certificate, and those by which one goes on after its end."""
IN_FORCE = ("valid", "suspended")
MONTHS = 12
PEOPLE = 20
"""People whose load is shown, the busiest first."""
VISITS = 20_000
"""Visits of a month that are looked at."""


class Part(NamedTuple):
    """One number: what it counts, where its list is, and its share of the whole in percent."""

    title: str
    number: int
    href: str = ""
    share: int = 0
    key: str = ""


class Group(NamedTuple):
    """Numbers that stand together under one heading."""

    title: str
    parts: list[Part]
    law: Scheme

    @property
    def number(self) -> int:
        return sum(part.number for part in self.parts)


class Kept(NamedTuple):
    """How a time limit was kept: how many ended, how many late; days by `spread`: {net days: how many}."""

    law: Scheme
    clock: Clock
    number: int
    late: int
    gross: int
    stopped: int
    spread: dict[int, int]

    @property
    def name(self) -> str:
        """By which the page is asked for its spread."""
        return f"{self.law.id}/{self.clock.name}"

    @property
    def title(self) -> str:
        return in_language(self.clock.title)

    @property
    def working(self) -> bool:
        """Whether its days are working days."""
        return self.clock.term is not None and self.clock.term.unit is Unit.WORKING_DAY

    @property
    def limit(self) -> int | None:
        """Its length in its own days, where it has a fixed one."""
        term = self.clock.term
        if term is None or term.unit not in (Unit.WORKING_DAY, Unit.DAY):
            return None
        number = self.law.settings.get(term.number) if isinstance(term.number, str) else term.number
        return number if isinstance(number, int) else None

    @property
    def on_time(self) -> float:
        """Percent that ended in time, to one digit."""
        return round(100 * (self.number - self.late) / self.number, 1)

    @property
    def median(self) -> int:
        return self.within(50)

    @property
    def nine_of_ten(self) -> int:
        return self.within(90)

    def within(self, percent: int) -> int:
        """The net days within which so many percent ended."""
        reached = 0
        for days in sorted(self.spread):
            reached += self.spread[days]
            if 100 * reached >= percent * self.number:
                return days
        return 0

    @property
    def gross_mean(self) -> float:
        return round(self.gross / self.number, 1)

    @property
    def stopped_mean(self) -> float:
        return round(self.stopped / self.number, 1)


class Month(NamedTuple):
    """Certificates that expire in a month, and those of them whose continuation is under way."""

    first: date
    number: int
    begun: int
    href: str


class Load(NamedTuple):
    """Days of visits of one person in a month: those done, and those to come; `cases` in how many cases."""

    name: str
    done: int
    planned: int
    cases: int
    href: str


def listed(name: str, **words: str) -> str:
    """The address of a list, narrowed."""
    return f"{reverse(f'staff:{name}')}?{urlencode({key: value for key, value in words.items() if value})}"


def stages(known: Mine, wanted: Asked) -> list[Group]:
    """Open cases by the stage of the document, in its order; those of a state without one by their process."""
    rows = CaseRow.objects.filter(within(known, wanted), outcome="")
    counted: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for ref, process, state, number in _grouped(rows, "dossier__scheme", "process", "state"):
        law = newest(ref.partition("@")[0])
        held = law.machines[process].states.get(state) if process in law.machines else None
        counted[law.id][("", held.stage) if held and held.stage else (process, "")] += number
    return [_staged(newest(scheme), numbers) for scheme, numbers in sorted(counted.items())]


def _staged(law: Scheme, numbers: Counter[tuple[str, str]]) -> Group:
    most = max(numbers.values())
    parts = [
        Part(in_language(stage.title), number, listed("dossiers", scheme=law.id, stage=stage.id), 100 * number // most)
        for stage in law.file.stages
        if (number := numbers[("", stage.id)])
    ]
    parts += [
        Part(process_title(law, process), number, listed("dossiers", scheme=law.id, process=process),
             100 * number // most)
        for (process, stage), number in sorted(numbers.items()) if not stage
    ]  # fmt: skip
    return Group(law.file.document.id, parts, law)


def limits(known: Mine, wanted: Asked) -> dict[str, int]:
    """Dossiers with a limit that is over, that ends within seven days, or that is stopped."""
    rows = ClockRow.objects.filter(within(known, wanted), kind__in=DONE_WITHIN)
    return rows.aggregate(
        **{name: Count("dossier_id", filter=condition, distinct=True) for name, condition in pressing(known.on).items()}
    )


def ended(known: Mine, wanted: Asked) -> list[Kept]:
    """How each limit that ended in the period was kept, the worst first."""
    rows = EndedRow.objects.filter(within(known, wanted), ended__range=(wanted.first, wanted.last))
    found: dict[tuple[str, str], list[tuple[int, bool, int, int, int]]] = defaultdict(list)
    grouped = rows.order_by().values_list("scheme", "name", "net", "late")
    for scheme, name, net, late, number, gross, stopped in grouped.annotate(
        Count("dossier_id"), Sum("gross"), Sum("stopped")
    ):
        found[scheme, name].append((net, late, number, gross, stopped))
    told = [_kept(scheme, name, parts) for (scheme, name), parts in found.items()]
    return sorted((one for one in told if one is not None), key=lambda one: (one.on_time, one.name))


def _kept(scheme: str, name: str, parts: Iterable[tuple[int, bool, int, int, int]]) -> Kept | None:
    law = newest(scheme)
    clock = law.clocks.get(name)
    if clock is None or clock.kind not in DONE_WITHIN:
        return None
    spread: Counter[int] = Counter()
    late = gross = stopped = 0
    for net, too_late, number, whole, pauses in parts:
        spread[net] += number
        late += number if too_late else 0
        gross, stopped = gross + whole, stopped + pauses
    return Kept(law, clock, spread.total(), late, gross, stopped, dict(spread))


def of_surveillance(kept: Kept) -> bool:
    """Whether a limit is one that a surveillance keeps: an act of such a process stops it."""
    return any(
        moved.does == "stop" and moved.clock.name == kept.clock.name
        for name, all_moved in kept.law.triggers.items()
        for moved in all_moved
        if (machine := kept.law.machines.get(name.partition(".")[0])) and machine.process_kind == SURVEILLANCE
    )


def decisions(known: Mine, wanted: Asked) -> list[Group]:
    """Cases that ended in the period, by how."""
    rows = CaseRow.objects.filter(within(known, wanted), last__range=(wanted.first, wanted.last)).exclude(outcome="")
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for ref, process, state, number in _grouped(rows, "dossier__scheme", "process", "state"):
        counted[ref.partition("@")[0], process][state] += number
    found = []
    for (scheme, process), numbers in sorted(counted.items()):
        law = newest(scheme)
        parts = [
            Part(state_title(law, process, state), number, listed("dossiers", scheme=scheme, process=process,
                 state=state, since=wanted.first.isoformat()), 100 * number // numbers.total())
            for state, number in numbers.most_common()
        ]  # fmt: skip
        found.append(Group(f"{scheme_title(scheme)} {process_title(law, process)}", parts, law))
    return found


def certificates(known: Mine, wanted: Asked) -> list[Part]:
    """Certificates by status, in the order of the statuses."""
    counted: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for ref, status, number in _grouped(
        CertificateRow.objects.filter(within(known, wanted)), "dossier__scheme", "status"
    ):
        counted[status] += number
        titles.setdefault(status, state_title(newest(ref.partition("@")[0]), "certificate", status))
    order = list(STATUSES)
    named = sorted(counted, key=lambda status: order.index(status) if status in order else len(order))
    total = counted.total()
    return [
        Part(titles[status], counted[status], listed("certificates", scheme=wanted.scheme, status=status),
             100 * counted[status] // total, status)
        for status in named
    ]  # fmt: skip


def until(on: date) -> date:
    """The last day that the months cover: this one and the eleven after it."""
    return add_months(on.replace(day=1), MONTHS) - timedelta(days=1)


def expiring(known: Mine, wanted: Asked) -> list[Month]:
    """Certificates in force by the month of their last day, this one and the eleven after it."""
    first = known.on.replace(day=1)
    begun = CaseRow.objects.filter(dossier_id=OuterRef("dossier_id"), outcome="", process__in=_again(known))
    rows = CertificateRow.objects.filter(
        within(known, wanted),
        status__in=IN_FORCE,
        valid_to__range=(known.on, until(known.on)),
    )
    counted = rows.annotate(month=TruncMonth("valid_to"), begun=Exists(begun)).order_by()
    found: dict[date, Counter[bool]] = defaultdict(Counter)
    for month, under_way, number in counted.values_list("month", "begun").annotate(Count("dossier_id")):
        found[month][under_way] += number
    months = [add_months(first, number) for number in range(MONTHS)]
    return [
        Month(month, found[month].total(), found[month][True],
              listed("certificates", scheme=wanted.scheme, month=f"{month:%Y-%m}"))
        for month in months
    ]  # fmt: skip


def _again(known: Mine) -> list[str]:
    """The processes by which a certificate goes on after its end, in any of one's schemes."""
    return sorted({
        machine.name for scheme in known.schemes for machine in newest(scheme).machines.values()
        if machine.process_kind in AGAIN
    })  # fmt: skip


def loads(known: Mine, wanted: Asked) -> list[Load]:
    """Days of visits of each person in the present month, the busiest first. Two queries."""
    first = known.on.replace(day=1)
    last = add_months(first, 1) - timedelta(days=1)
    rows = VisitRow.objects.filter(within(known, wanted), start__lte=last, end__gte=first).exclude(person="")
    done: Counter[str] = Counter()
    planned: Counter[str] = Counter()
    cases: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for person, start, end, dossier, case in rows.values_list("person", "start", "end", "dossier_id", "case")[:VISITS]:
        days = [max(start, first) + timedelta(days=n) for n in range((min(end, last) - max(start, first)).days + 1)]
        done[person] += sum(day <= known.on for day in days)
        planned[person] += sum(day > known.on for day in days)
        cases[person].add((dossier, case))
    busiest = sorted(cases, key=lambda person: (-done[person] - planned[person], person))[:PEOPLE]
    names = dict(Account.objects.filter(key__in=busiest).values_list("key", "name"))
    return [
        Load(names.get(person, person), done[person], planned[person], len(cases[person]),
             listed("calendar", person=person) if person in names else "")
        for person in busiest
    ]  # fmt: skip


def _grouped(rows: QuerySet[Any], *names: str) -> Iterator[tuple[Any, ...]]:
    """The rows counted by some columns: (their values, the number)."""
    return iter(rows.order_by().values_list(*names).annotate(Count("dossier_id")))
