"""`hefu demo`: the product with living data, in a folder that is gone afterwards.

It needs no service: SQLite, a server and a worker, both children of this command, which end with it.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import click

from hefu.cli import lifeline
from hefu.cli.address import must_be_free
from hefu.cli.trouble import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

PORT = 8000
PATIENCE = 60.0
"""Seconds in which the server must answer."""
GRACE = 15.0
"""Seconds that a child has to end by itself."""
FAILED = 1


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PORT,
    show_default=True,
    help="The port to answer on, on this machine only.",
)
def demo(port: int) -> None:
    """Open the product with some forty living dossiers; choose whom to be. Nothing is kept afterwards."""
    must_be_free("127.0.0.1", port)
    signal.signal(signal.SIGTERM, _interrupted)
    with told(), TemporaryDirectory(prefix="hefu-demo-", ignore_cleanup_errors=True) as folder:
        os.environ |= _environment(Path(folder))
        try:
            _settle()
            with _child("serve", "--port", str(port), "--workers", "2") as server, _child("work"):
                _wait(server, port)
                click.echo(f"ready http://127.0.0.1:{port}/")
                click.echo(f"choose whom to be: http://127.0.0.1:{port}/demo/   (Ctrl C ends it)", err=True)
                sys.stdout.flush()
                server.wait()
        except KeyboardInterrupt:
            click.echo("the demonstration has ended", err=True)


def _environment(folder: Path) -> dict[str, str]:
    """Everything in one folder; what is done here need not outlive a power cut."""
    return {
        "HEFU_DATABASE_URL": f"sqlite:///{folder}/hefu.sqlite3",
        "HEFU_JOBS_URL": f"sqlite:///{folder}/jobs.sqlite3",
        "HEFU_SYNCHRONOUS": "NORMAL",
        "HEFU_FILES": str(folder / "files"),
        "HEFU_MAIL": str(folder / "mail"),
        "HEFU_SECRET": secrets.token_urlsafe(48),
        "HEFU_DEMO": "1",
    }


def _settle() -> None:
    """The tables, everybody, and every life."""
    from hefu import site

    site.start()
    from django.core.management import call_command
    from django.db import connections

    from hefu.demo.cast import settle
    from hefu.demo.lives import live_all

    call_command("migrate", verbosity=0)
    today = site.now()
    cast = settle(today.on)
    store = site.store()
    with click.progressbar(length=1, label="living forty lives", file=sys.stderr) as bar:

        def told(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        live_all(store, cast, today, told)
    connections.close_all()


@contextmanager
def _child(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Another command of ours, until the end of this one, even if that is by SIGKILL."""
    reading, writing = os.pipe()
    child = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "hefu.cli", *command],
        env={**os.environ, lifeline.VARIABLE: str(reading)}, pass_fds=(reading,),
    )  # fmt: skip
    os.close(reading)
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        os.close(writing)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    """Until the server answers; ends the command when it does not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            sys.exit(FAILED)  # it has said why
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    click.echo(f"the server has not answered for {PATIENCE:.0f} seconds", err=True)
    sys.exit(FAILED)


def _interrupted(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
