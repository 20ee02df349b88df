"""A server of its own process, a browser without a screen that talks to it, and the processor time that it has used."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from bench.stories import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PATIENCE = 120.0
"""Seconds in which a server must answer."""
GRACE = 30.0
TICKS = os.sysconf("SC_CLK_TCK")
FORM = "application/x-www-form-urlencoded"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Server(NamedTuple):
    """A running server: its port, and its first process."""

    port: int
    process: int

    def cpu(self) -> float:
        """CPU seconds of the process and all its children until now."""
        return sum(_spent(process) for process in _family(self.process))


class Page(NamedTuple):
    """What came back."""

    status: int
    text: str
    location: str


class Browser:
    """One kept connection, with cookies."""

    def __init__(self, port: int, session: str = "") -> None:
        self._held = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._cookies = {"language": "zh-hans", **({"sessionid": session} if session else {})}

    def get(self, path: str) -> Page:
        return self._ask("GET", path)

    def post(self, path: str, fields: Sequence[tuple[str, str]]) -> Page:
        return self._ask("POST", path, urlencode(fields))

    def forget(self, cookie: str) -> None:
        """Drop a cookie, as a page does that has shown what it held."""
        self._cookies.pop(cookie, None)

    def _ask(self, method: str, path: str, body: str | None = None) -> Page:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = FORM
        self._held.request(method, path, body, headers)
        answer = self._held.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Page(answer.status, content.decode(), answer.headers.get("Location", ""))


def token(page: Page) -> str:
    """The secret of the forms of a page. Raises ValueError for a page without one."""
    found = _TOKEN.search(page.text)
    if found is None:
        raise ValueError(f"no form in the page, which came with {page.status}")
    return found[1]


def free_port() -> int:
    """A port on which nobody answers."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def running(
    words: Sequence[str], environment: Mapping[str, str], port: int, path: str
) -> Iterator[tuple[Server, float]]:
    """Python with these words, until the end; with the seconds until `path` was answered. Raises ValueError.

    It keeps its bytecode, as an installation has it: compiling a thousand modules takes longer than all else.
    """
    installed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    held = subprocess.Popen(  # noqa: S603 - our own interpreter and words
        [sys.executable, *words], cwd=ROOT, env={**installed, **environment}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _answered(held, port, path, start + PATIENCE)
        yield Server(port, held.pid), time.perf_counter() - start
    finally:
        held.send_signal(signal.SIGTERM)
        try:
            held.wait(GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(held.pid, signal.SIGKILL)
            held.wait()


def _answered(held: subprocess.Popen[bytes], port: int, path: str, until: float) -> None:
    while time.perf_counter() < until:
        if held.poll() is not None:
            raise ValueError(f"the server ended with {held.returncode}")
        try:
            if Browser(port).get(path).status < http.client.BAD_REQUEST:
                return
        except (OSError, http.client.HTTPException):
            pass  # nobody listens yet
        time.sleep(0.01)
    raise ValueError(f"the server has not answered for {PATIENCE:.0f} seconds")


def _family(process: int) -> Iterator[int]:
    """A process, its children, and theirs."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return
    for child in children:
        yield from _family(int(child))


def _spent(process: int) -> float:
    """CPU seconds of a process: its own, in all threads."""
    words = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / TICKS
