"""What is done by itself, step by step. Every step is safe to repeat: whoever dies before its end does it again.

deliver    a parcel of the outbox: people are told in the product; what goes by mail is handed to `mail`
mail       the mails of one event, one step each
sweep      a round of time over all dossiers             audit     a round of verification
digest     the daily mail to each person, one step each
uploads    files that nobody has used are forgotten      tidy      what was done long ago is forgotten

What arrives in the product never waits for a mail server: that is why `mail` is apart. Mails of one dossier go one
after another, so nobody reads of the second thing first.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from django.core.management import call_command

from hefu.dossiers import statistics
from hefu.jobs import rounds
from hefu.jobs.courier import DELIVER
from hefu.jobs.patience import GaveUp, patiently, three_days
from hefu.jobs.port import Start, Workflow
from hefu.jobs.queues import MAILS, PARCELS, ROUNDS
from hefu.notices.digest import readers, send_digest
from hefu.notices.mail import give_up, send
from hefu.notices.record import record
from hefu.papers.arrivals import sweep_arrivals
from hefu.papers.uploads import sweep_unbound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hefu.dossiers.outcome import When
    from hefu.dossiers.store import Store
    from hefu.jobs.port import Jobs, Queue, Steps

KEPT = timedelta(days=30)
"""How long jobs are remembered that are done."""
MAIL, SWEEP, AUDIT, DIGEST, UPLOADS, TIDY = "mail", rounds.SWEEP, rounds.AUDIT, "digest", "uploads", "tidy"
QUEUE_OF: Mapping[str, Queue] = {
    DELIVER: PARCELS, MAIL: MAILS, DIGEST: MAILS, SWEEP: ROUNDS, AUDIT: ROUNDS, UPLOADS: ROUNDS, TIDY: ROUNDS,
}  # fmt: skip


class Tools(NamedTuple):
    """What workflows work with; `alive` says whether this worker may still send."""

    store: Store
    now: Callable[[], When]
    jobs: Jobs
    alive: Callable[[], bool]


def workflows(tools: Tools) -> tuple[Workflow, ...]:
    """All of them, for a worker."""
    found: Mapping[str, Callable[..., None]] = {
        DELIVER: deliver, MAIL: mail, DIGEST: digest, SWEEP: round_of, AUDIT: round_of, UPLOADS: uploads, TIDY: tidy,
    }  # fmt: skip
    return tuple(Workflow(name, QUEUE_OF[name], partial(run, tools)) for name, run in found.items())


def deliver(tools: Tools, steps: Steps, dossier: str, number: int) -> None:
    """Tell people of one event."""
    notices = patiently(steps, "record", lambda: record(tools.store, dossier, number, tools.now()))
    if notices:
        start = Start(MAIL, MAILS, f"{dossier}/{number}/mail", tuple(notices), line=dossier, place=number)
        patiently(steps, "hand to mail", lambda: tools.jobs.start(start))


def mail(tools: Tools, steps: Steps, *notices: int) -> None:
    """Send the mails of one event, each until a server takes it or three days are over."""
    for notice in notices:
        sent = patiently(steps, f"mail {notice}", partial(_send, tools, notice), three_days())
        if isinstance(sent, GaveUp):
            steps.do(f"give up {notice}", partial(give_up, notice, sent.problem))


def _send(tools: Tools, notice: int) -> str:
    return send(tools.store, notice, tools.now().at, tools.alive)


def digest(tools: Tools, steps: Steps, _: str, day: str) -> None:
    """Send everybody their digest of a day."""
    on = date.fromisoformat(day)
    found = patiently(steps, "readers", lambda: readers(tools.store, on))
    for account, lines in found.items():
        once = partial(send_digest, int(account), lines, on, tools.now().at, tools.alive)
        patiently(steps, f"digest {account}", once, three_days())


def round_of(tools: Tools, steps: Steps, key: str, day: str, by: str = "") -> None:
    """A sweep or an audit; the first word of the key says which."""
    when = tools.now()._replace(on=date.fromisoformat(day))
    what = rounds.Round(key.partition("/")[0], when, key, by)
    patiently(steps, what.kind, lambda: len(rounds.make(tools.store, what, tools.now).faults))


def uploads(tools: Tools, steps: Steps, _: str, __: str) -> None:
    """Forget files that were handed in and never used, and those that never came whole."""
    patiently(steps, "uploads", lambda: sweep_unbound(tools.now().at))
    patiently(steps, "arrivals", lambda: sweep_arrivals(tools.now().at))


def tidy(tools: Tools, steps: Steps, _: str, day: str) -> None:
    """Forget jobs that were done long ago, and sessions that are over; then count what there is."""
    before = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) - KEPT
    patiently(steps, "tidy", lambda: tools.jobs.forget(before))
    patiently(steps, "sessions", partial(call_command, "clearsessions"))
    patiently(steps, "statistics", partial(statistics.count, tools.store.using))
