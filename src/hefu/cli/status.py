"""`hefu status`: how the installation is, as the operator's page shows it. 0 all is well, 1 something needs a hand."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.jobs.models import RoundRow
    from hefu.jobs.status import Status


@click.command()
@click.option("--json", "json_", is_flag=True, help="Print JSON, for other programs.")
def status(json_: bool) -> None:
    """Outbox, mails, workers, jobs, schedule, last rounds, database, uploads, versions."""
    from hefu.cli.dossiers import opened

    with opened():
        from django.utils import translation

        from hefu import site
        from hefu.jobs.asking import jobs
        from hefu.jobs.status import status as ask

        with translation.override("en"):
            found = ask(jobs(), site.now().at)
            if json_:
                click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2, default=str))
            else:
                for line in _lines(found):
                    click.echo(line)
    sys.exit(1 if found.troubles else 0)


def _lines(found: Status) -> Iterator[str]:
    for trouble in found.troubles:
        yield f"! {trouble.words}{f' ({trouble.exact})' if trouble.exact else ''}"
    yield f"database  {found.database}"
    yield f"outbox    {found.outbox.waiting} waiting, {len(found.outbox.failing)} failing"
    for row in found.outbox.failing:
        yield f"          {row.dossier_id}/{row.number} {row.kind}: {row.problem}; next try {row.not_before:%F %T %Z}"
    yield f"mails     {found.mails.waiting} waiting, {len(found.mails.given_up)} given up"
    for worker in found.workers:
        yield f"worker    {worker.name}, since {worker.started:%F %T %Z}, seen {worker.seen:%F %T %Z}"
    counts = found.counts
    yield f"jobs      {counts.waiting} waiting, {counts.running} running, {counts.failed} failed"
    for job in (*found.running, *found.failed):
        again = f"; next try {job.again:%F %T %Z}" if job.again else ""
        yield f"          {job.state} {job.workflow} {job.key}{f': {job.problem}' if job.problem else ''}{again}"
    for plan in found.planned:
        yield f"next      {plan.workflow} at {plan.next:%F %T %Z}"
    for kind, last in found.rounds.items():
        yield f"last      {kind} for {last.on}: {_outcome(last)}"
    yield f"uploads   {found.disk.files} files, {found.disk.size} bytes; {found.disk.free} bytes free"
    yield "versions  " + ", ".join(f"{name} {number}" for name, number in found.versions.items())


def _outcome(row: RoundRow) -> str:
    if row.finished is None:
        return f"{row.done} of {row.total} dossiers so far"
    if row.problem:
        return row.problem
    return f"{row.dossiers} dossiers, {row.events} events, {row.fault_count} faults, finished {row.finished:%F %T %Z}"


def _plain(found: Status) -> dict[str, Any]:
    """The same as JSON-ready data."""
    return {
        "troubles": [{"code": one.code, "words": str(one.words), "exact": one.exact} for one in found.troubles],
        "database": found.database,
        "outbox": {"waiting": found.outbox.waiting, "failing": [_row(row) for row in found.outbox.failing]},
        "mails": {"waiting": found.mails.waiting, "given_up": [_row(row) for row in found.mails.given_up]},
        "workers": [_row(row) for row in found.workers],
        "jobs": found.counts._asdict(),
        "running": [job._asdict() for job in found.running],
        "failed": [job._asdict() for job in found.failed],
        "planned": [plan._asdict() for plan in found.planned],
        "rounds": {kind: _row(row) for kind, row in found.rounds.items()},
        "uploads": found.disk._asdict(),
        "versions": dict(found.versions),
    }


def _row(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of any table
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}  # noqa: SLF001 - Django's public name for it
