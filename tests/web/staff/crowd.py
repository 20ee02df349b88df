"""Many dossiers of one body, as rows only: what lists read, without the lives behind it (measure.py asks for them)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction

from hefu.dossiers.models import (
    CaseRow,
    CertificateRow,
    ClockRow,
    DossierRow,
    DutyRow,
    EndedRow,
    PartyRow,
    SubjectRow,
    VisitRow,
    WorkRow,
)
from hefu.dossiers.state import run_text
from hefu.register.models import EntryRow, ShownRow, StepRow
from hefu.register.public import entry_id, number_key, searched, step_id
from hefu.rules.dossier import ClockRun
from hefu.rules.turn import turn
from hefu.web import kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from hefu.rules.model import Scheme

TODAY = date(2026, 11, 20)
PAGE = 2000
OPEN_OF, LATE_OF, PAUSED_OF, DUTY_OF = 6, 5, 7, 40
"""One of so many dossiers has an open case; of these one of so many is late, or stopped; one of so many has a duty."""
PLACES = ("北京", "上海", "石家庄", "成都", "深圳", "杭州", "西安")
UNIT = "网络安全风险评估服务"
TRADES = ("数据", "云安全", "支付", "风控", "密码", "运维")


def fill(body: str, count: int, *, scheme: str = "wal-qp-21", start: int = 0, people: tuple[str, ...] = ()) -> None:
    """Rows of `count` dossiers of a body; `people` take turns at being named in them."""
    law = kept.store().laws.newest(scheme)
    maker = _Maker(law, body, people)
    numbers = iter(range(start, start + count))
    while page := list(islice(numbers, PAGE)):
        rows: dict[type[Model], list[Model]] = {}
        for number in page:
            for row in maker.rows(number):
                rows.setdefault(type(row), []).append(row)
        with transaction.atomic():
            for kind, held in rows.items():
                kind._default_manager.bulk_create(held)  # noqa: SLF001 - Django's name for any model's rows


class _Maker:
    """Makes the rows of one dossier by its number; the same number always gives the same rows."""

    def __init__(self, scheme: Scheme, body: str, people: tuple[str, ...]) -> None:
        self.scheme, self.body, self.people = scheme, body, people
        process = scheme.machines["initial"]
        self.states = [
            state.id for state in process.states.values() if not state.outcome and turn(scheme, "initial", state.id)
        ]
        self.clocks = [clock for clock in scheme.clocks.values() if clock.machine == "initial" and clock.kind == "task"]
        self.window = next(clock for clock in scheme.clocks.values() if clock.kind == "window")

    def rows(self, number: int) -> Iterator[Model]:
        name = f"{self.body}-{number:012d}"
        opened = TODAY - timedelta(days=30 + number % 900)
        held = number % OPEN_OF != 0
        scheme, body = self.scheme, self.body
        status = ("valid", "valid", "valid", "suspended", "expired")[number % 5] if held else "none"
        yield DossierRow(
            id=name, body=body, scheme=scheme.ref, title=f"{scheme.id.upper()}-{opened.year}-{number:06d}",
            opened=opened, version=9, head=bytes(32), last=opened + timedelta(days=20), status=status,
        )  # fmt: skip
        holder = f"{PLACES[number % len(PLACES)]}{TRADES[number % len(TRADES)]}{number}科技有限公司"
        code = f"91110000{number:09d}X"
        words = f"{scheme.id}-{opened.year}-{number:06d} {holder} {code} {UNIT}".casefold()
        yield SubjectRow(dossier_id=name, holder=holder, uscc=code, unit=UNIT, words=words)
        yield PartyRow(dossier_id=name, case="initial-1", key=code, role="client")
        person = self.people[number % len(self.people)] if self.people else ""
        if person:
            yield PartyRow(dossier_id=name, case="initial-1", key=person, role="")
        if held:
            yield from self._certified(name, number, opened, status)
            yield from self._public(name, number, opened, status, holder, code)
        else:
            yield from self._running(name, number, opened, person)

    def _certified(self, name: str, number: int, opened: date, status: str) -> Iterator[Model]:
        done = opened + timedelta(days=20)
        version = self.scheme.version
        yield CaseRow(dossier_id=name, case="initial-1", process="initial", version=version, state="granted",
                      opened=opened, outcome="granted", last=done)  # fmt: skip
        yield CertificateRow(dossier_id=name, place=0, number=f"C-{number:08d}", status=status, since=done,
                             valid_to=done + timedelta(days=1095), prints=1)  # fmt: skip
        clock = next(iter(self.clocks))
        ended, stopped = done + timedelta(days=number % 3 - 1), number % 4
        yield EndedRow(
            dossier_id=name, key=f"{clock.name}@initial-1#1", name=clock.name, kind="task", scope="initial-1",
            due=done, ended=ended, status="met", late=number % 3 == 2, gross=20, stopped=stopped, net=20 - stopped,
            body=self.body, scheme=self.scheme.id,
        )  # fmt: skip
        due = TODAY + timedelta(days=number % 700 - 10)
        yield from self._limit(name, self.window, "", due, "running", since=due - timedelta(days=60), case="")

    def _public(self, name: str, number: int, opened: date, status: str, holder: str, code: str) -> Iterator[Model]:  # noqa: PLR0913 - a line of the register
        """What anybody may read of it: a line, its fields, and the step that granted it."""
        certificate, done, public = f"C-{number:08d}", opened + timedelta(days=20), entry_id(name, 0)
        of = {"dossier": name, "body": self.body, "scheme": self.scheme.id, "version": self.scheme.version}
        about = {"holder": holder, "uscc": code, "unit": UNIT}
        at = datetime(done.year, done.month, done.day, tzinfo=UTC)
        yield EntryRow(
            public=public, place=0, number=certificate, key=number_key(certificate), status=status, since=done,
            granted=done, valid_from=done, valid_to=done + timedelta(days=1095), prints=1, moved=at,
            words=searched(f"{certificate} {holder} {code} {UNIT}"), **of, **about,
        )  # fmt: skip
        yield ShownRow(entry_id=public, fields="[]")
        yield StepRow(
            public=step_id(name, 9), number=9, entry=public, act="initial.issue", name="", zh="", en="", on=done,
            status="valid", print="", shown="[]", clauses="[]", at=at, **of, **about,
        )  # fmt: skip

    def _running(self, name: str, number: int, opened: date, person: str) -> Iterator[Model]:
        state = self.states[number // OPEN_OF % len(self.states)]
        yield CaseRow(dossier_id=name, case="initial-1", process="initial", version=self.scheme.version, state=state,
                      opened=opened, outcome="", last=opened)  # fmt: skip
        late, paused = number // OPEN_OF % LATE_OF == 0, number // OPEN_OF % PAUSED_OF == 0
        due = TODAY + timedelta(days=-3 if late else number % 60)
        clock = self.clocks[number // OPEN_OF % len(self.clocks)]
        run_status = "paused" if paused else "running"
        for role in turn(self.scheme, "initial", state):
            yield WorkRow(
                dossier_id=name, key="case:initial-1", role=role, kind="case", process="initial", machine="initial",
                state=state, case="initial-1", clock=f"{clock.name}@initial-1#1", since=opened, due=due,
                status=run_status, body=self.body, scheme=self.scheme.id,
            )  # fmt: skip
        yield from self._limit(name, clock, "initial-1", due, run_status, since=opened, case="initial-1")
        if person and number // OPEN_OF % 4 == 0:
            start = TODAY + timedelta(days=number % 40 - 10)
            yield VisitRow(dossier_id=name, case="initial-1", field="audit_on", person=person, start=start, end=start)
        if number // OPEN_OF % DUTY_OF == 0:
            yield DutyRow(dossier_id=name, key="d", act="certificate.cancel", ground="", role="decision-maker", case="",
                          raised=opened, due=due)  # fmt: skip
            yield WorkRow(
                dossier_id=name, key="duty:d", role="decision-maker", kind="duty", machine="certificate",
                name="certificate.cancel", since=opened, due=due, body=self.body, scheme=self.scheme.id,
            )  # fmt: skip

    def _limit(  # noqa: PLR0913 - a limit and where it stands
        self, name: str, clock: object, scope: str, due: date, status: str, *, since: date, case: str
    ) -> Iterator[Model]:
        title, owner, kind = clock.name, clock.owner, clock.kind  # type: ignore[attr-defined]
        run = ClockRun(
            title, scope, 1, due - timedelta(days=90), due - timedelta(days=90), due, due, status, calendar="2026.1"
        )
        yield ClockRow(dossier_id=name, key=run.key, name=title, scope=scope, due=due, latest=due, status=status,
                       provisional=False, calendar="2026.1", owner=owner, kind=kind, run=run_text(run))  # fmt: skip
        yield WorkRow(
            dossier_id=name, key=f"clock:{run.key}", role=owner, kind="clock", process="initial" if case else "",
            case=case, name=title, clock=run.key, since=since, due=due, status=status, body=self.body,
            scheme=self.scheme.id,
        )  # fmt: skip
