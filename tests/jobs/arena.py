"""Where workers are killed: `python -m tests.jobs.arena DATABASE NAME JOBS_ADDRESS RUNS SEED`.

In each run one child acts and two work; one worker is killed with SIGKILL at a random moment, the others a little
later. The mail server lives on and keeps what it took. A mail may come twice only if it had been taken, but not yet
noted, when a worker was killed: such mails are written down after each kill, while everybody else stands still. Prints
what was found as a line of JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NoReturn

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from dbos import DBOSClient  # noqa: E402 - Django must be set up before
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from hefu.dossiers.models import OutboxRow  # noqa: E402
from hefu.dossiers.open import fresh_id  # noqa: E402
from hefu.dossiers.outcome import Done, Refused  # noqa: E402
from hefu.jobs.dbos_client import NAME, SERIALIZER, DbosClient, prepare  # noqa: E402
from hefu.jobs.employ import employ  # noqa: E402
from hefu.jobs.port import FAILED  # noqa: E402
from hefu.jobs.workflows import DIGEST  # noqa: E402
from hefu.notices.letter import message_id  # noqa: E402
from hefu.notices.models import NoticeRow  # noqa: E402
from hefu.notices.record import record  # noqa: E402
from hefu.people.models import Account  # noqa: E402
from tests.databases import stand_in  # noqa: E402
from tests.dossiers.arena import child  # noqa: E402
from tests.dossiers.lives import lived  # noqa: E402
from tests.jobs.hands import Clock  # noqa: E402
from tests.jobs.postbox import PATH  # noqa: E402
from tests.notices.office import LIFE, Office, office  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hefu.dossiers.outcome import Outcome
    from hefu.dossiers.store import Store
    from hefu.jobs.port import Counts

STEPS = 8
ALIVE = (0.2, 1.6)
"""Seconds that the first worker lives."""
AFTER = (0.0, 0.7)
"""Seconds that the others live after it."""
LATER = timedelta(minutes=10)
"""Between two runs, so that what the dead had leased is free."""
PATIENCE = 600
"""Seconds in which the last worker does what is left, a thousand jobs and more: a minute, several on a busy machine."""


def act_for_ever(store: Store) -> NoReturn:
    """Begin one life after another. They lie in the past: one over which the daily round went stays as that left it."""
    while True:
        for answer in lived(store, LIFE, fresh_id(datetime.now(UTC)), STEPS):
            if overtaken(answer):
                break
            if not isinstance(answer, Done):
                raise TypeError(answer)
        time.sleep(0.5)


def overtaken(answer: Outcome) -> bool:
    """Whether time has already brought what lies after the day of the act."""
    return isinstance(answer, Refused) and any(refusal.code == "date-backwards" for refusal in answer.refusals)


def work_for_ever(store: Store, clock: Clock, url: str) -> NoReturn:
    worker = employ(store, clock, url)
    while True:
        worker.turn()
        time.sleep(0.01)


def run(store: Store, clock: Clock, url: str, chance: Random, post: Path) -> set[str]:
    """One run; the mails that a killed worker left half done. Raises ChildProcessError when a child ended by itself."""
    connections.close_all()
    workers = [child(lambda: work_for_ever(store, clock, url)) for _ in range(2)]
    actor = child(lambda: act_for_ever(store))
    time.sleep(chance.uniform(*ALIVE))
    _all((workers[1], actor), signal.SIGSTOP)
    ends = _killed(workers[:1])
    found = half_done(post, url)
    _all((workers[1], actor), signal.SIGCONT)
    time.sleep(chance.uniform(*AFTER))
    ends += _killed((workers[1], actor))
    if any(os.WTERMSIG(end) != signal.SIGKILL for end in ends):
        raise ChildProcessError(f"a child ended by itself: {ends}")
    return found | half_done(post, url)


def _all(processes: Sequence[int], sign: signal.Signals) -> None:
    for process in processes:
        os.kill(process, sign)


def _killed(processes: Sequence[int]) -> list[int]:
    """How they ended, once they are gone."""
    _all(processes, signal.SIGKILL)
    return [os.waitpid(process, 0)[1] for process in processes]


def half_done(post: Path, url: str) -> set[str]:
    """The mails that the server has taken and nobody has noted: whoever takes over the job sends them again."""
    client = DBOSClient(system_database_url=url, serializer=SERIALIZER, application_name=NAME)
    open_ = set(names(mailed=None))
    for job in client.list_workflows(name=DIGEST):
        noted = {step["function_name"] for step in client.list_workflow_steps(job.workflow_id)}
        open_ |= {
            message_id(job.workflow_id, account)
            for account in Account.objects.all()
            if f"{DIGEST} {account.pk}" not in noted
        }
    client.destroy()
    return open_ & set(taken(post))


def finish(store: Store, clock: Clock, url: str) -> None:
    """A last worker does what is left, in a process of its own that then ends as a worker does."""
    connections.close_all()
    process = os.fork()
    if process == 0:
        worker = employ(store, clock, url)
        end = time.monotonic() + PATIENCE
        while (worker.turn().sent or worker.busy()) and time.monotonic() < end:
            time.sleep(0.05)
        worker.leave()
        os._exit(0)
    os.waitpid(process, 0)


def taken(post: Path) -> list[str]:
    return post.read_text(encoding="utf-8").splitlines() if post.exists() else []


def names(**which: object) -> dict[str, NoticeRow]:
    """The notices that go by mail, by the names of their mails."""
    rows = NoticeRow.objects.filter(mail="now", **which).select_related("account")
    return {message_id(row.key, row.account): row for row in rows}


def judge(store: Store, post: Path, unnoted: set[str]) -> dict[str, object]:
    """What is left after the last run."""
    mails = taken(post)
    of_notices = names()
    before = NoticeRow.objects.count()
    for row in OutboxRow.objects.order_by("dossier", "number"):
        record(store, row.dossier_id, row.number, Clock(datetime.now(UTC))())
    firsts: dict[str, list[int]] = {}
    for name in dict.fromkeys(mails):
        if name in of_notices:
            firsts.setdefault(of_notices[name].dossier, []).append(of_notices[name].number)
    told: dict[str, list[int]] = {}
    for dossier, number in NoticeRow.objects.order_by("pk").values_list("dossier", "number"):
        told.setdefault(dossier, []).append(number)
    twice = {name for name, count in Counter(mails).items() if count > 1}
    return {
        "parcels": OutboxRow.objects.count(),
        "undelivered": OutboxRow.objects.filter(delivered=None).count(),
        "notices": before,
        "forgotten": NoticeRow.objects.count() - before,
        "mails": len(of_notices),
        "never_sent": sorted(of_notices.keys() - set(mails)),
        "never_noted": len(names(mailed=None)),
        "twice": len(twice),
        "twice_without_reason": sorted(twice - unnoted),
        "in_order": all(held == sorted(held) for held in (*firsts.values(), *told.values())),
    }


def main(alias: str, name: str, url: str, runs: int, seed: int) -> None:
    connections[alias].settings_dict["NAME"] = name
    stand_in("default", alias)
    post = Path(mkdtemp(prefix="hefu-postbox-")) / "taken"
    os.environ[PATH] = str(post)
    settings.EMAIL_BACKEND = "tests.jobs.postbox.Postbox"
    made: Office = office(steps=0)
    prepare(url)
    chance, clock, unnoted = Random(seed), Clock(), set[str]()  # noqa: S311 - runs that can be repeated
    for _ in range(runs):
        unnoted |= run(made.store, clock, url, chance, post)
        clock.forward(LATER)
    finish(made.store, clock, url)
    client = DbosClient(url)
    left: Counts = client.counts()
    problems = [f"{job.key}: {job.problem}" for job in client.listed((FAILED,))]
    client.close()
    sys.stdout.write(json.dumps({"runs": runs, "left": left, "problems": problems, **judge(made.store, post, unnoted)}))
    post.unlink(missing_ok=True)
    post.parent.rmdir()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
