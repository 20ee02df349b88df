"""`hefu serve`: the product over HTTP, by granian, with its static files collected under hashed names."""

from __future__ import annotations

import gc
import os
import secrets
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from hefu.cli import lifeline
from hefu.cli.address import must_be_free
from hefu.cli.trouble import stop, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.web.public.direct import Direct

MOST = 8
"""Workers without --workers: one a processor, but no more than these."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to answer on.")
@click.option("--workers", type=click.IntRange(1), help="Processes; one for each processor without it.")
@click.option("--access-log/--no-access-log", default=False, help="Write a line for each request.")
def serve(host: str, port: int, workers: int | None, access_log: bool) -> None:
    """Answer browsers until it is told to stop (Ctrl C, or SIGTERM: what has begun is finished first)."""
    from multiprocessing import Process

    from hefu import site

    must_be_free(host, port)
    lifeline.hold()
    count = workers or min(os.cpu_count() or 1, MOST)
    if not os.environ.get("HEFU_SECRET"):
        os.environ["HEFU_SECRET"] = secrets.token_urlsafe(48)  # one for all workers
        click.echo("HEFU_SECRET is not set: whoever has signed in must do so again after the next start", err=True)
    gc.disable()  # what is loaded now stays; looking through it again and again takes a fifth of the start
    with told(), _static_folder():
        site.start()
        beside = Process(target=_prepare)
        beside.start()
        _load()
        beside.join()
        if beside.exitcode:
            sys.exit(beside.exitcode)
        click.echo(f"http://{host}:{port}/ ({count} workers); Ctrl C stops it", err=True)
        _server(host, port, count, access_log=access_log)


@contextmanager
def _static_folder() -> Iterator[None]:
    """Static files lie in the folder of HEFU_STATIC, or in one that lasts as long as the server."""
    with TemporaryDirectory(prefix="hefu-static-") as folder:
        os.environ.setdefault("HEFU_STATIC", folder)
        Path(os.environ["HEFU_STATIC"]).mkdir(parents=True, exist_ok=True)
        yield


def _prepare() -> None:
    """What needs a processor but not this process, beside the loading.

    It refuses to start before the tables are there: every page would only say that it is out of service. Static files
    are collected, and the rows are counted anew, so that lists are fast from the first page on.
    """
    from django.core.management import call_command

    from hefu.dossiers import statistics
    from hefu.web.health import lacking

    with told():
        if missing := lacking():
            stop(
                f"还有 {missing} 项数据库变更没有应用；请先运行 `hefu migrate`",
                f"{missing} migrations are not applied; run `hefu migrate` first",
            )
        call_command("collectstatic", interactive=False, verbosity=0)
        statistics.count()


def _load() -> None:
    """Every view and every scheme, once for all workers: they begin as copies of this process."""
    from django.urls import get_resolver

    from hefu.web import kept

    _ = get_resolver().url_patterns  # imports every view
    kept.warm()


def _server(host: str, port: int, workers: int, *, access_log: bool) -> None:
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    import hefu.site.wsgi  # noqa: F401 - the workers find it here

    connections.close_all()
    gc.freeze()
    gc.enable()
    Granian(
        "hefu.cli.serve:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,  # a second thread would wait for the same interpreter, and each has its own connection
        backpressure=None,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=access_log,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
        process_name=None,
    ).serve()


def application() -> Direct:
    """The application in a worker, which ends with the server however that ends."""
    from hefu.site.wsgi import application as found

    lifeline.hold_as_worker()
    return found
