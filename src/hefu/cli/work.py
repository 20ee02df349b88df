"""`hefu work`: a worker. It sends what acts send out, lets time pass daily, and takes over from workers that died."""

from __future__ import annotations

import os
import signal
import sys
from threading import Event
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from types import FrameType


@click.command()
@click.option("--every", type=float, default=1.0, show_default=True, help="Seconds between two looks at the outbox.")
@click.option("--once", is_flag=True, help="Do what there is to do by now, and end.")
def work(every: float, once: bool) -> None:
    """Send notices and mails, sweep daily. Run one or several; SIGTERM ends it without losing anything."""
    from hefu.cli import lifeline
    from hefu.cli.dossiers import opened

    lifeline.hold()
    stop = Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    with opened() as store:
        from hefu import site
        from hefu.jobs.employ import employ
        from hefu.jobs.worker import BuriedError, work_on

        worker = employ(store, site.now)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        click.echo(f"working as {worker.who.name}", err=True)
        code = 0
        try:
            work_on(worker, stop, every, once=once)
        except BuriedError as error:
            click.echo(str(error), err=True)
            code = 1
        worker.leave()
    sys.stdout.flush()
    # A job that waits for its next try holds a thread; it is resumed by the next worker and must not keep this one.
    os._exit(code)
