from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError

import pytest
from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse

PATIENCE = 60


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def _environment(database: str) -> dict[str, str]:
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "hefu.site.settings", "HEFU_DATABASE_URL": f"sqlite:///{database}",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip


@contextmanager
def _served(database: str, told: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server of its own; what it says is in `told`. Nothing of it is left, whatever happens."""
    port = _free_port()
    command = [sys.executable, "-m", "hefu.cli", "serve", "--port", str(port), "--workers", "2"]
    with told.open("wb") as file:
        process = subprocess.Popen(command, env=_environment(database), stderr=file, start_new_session=True)  # noqa: S603 - our own
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)


def _get(url: str, **headers: str) -> HTTPResponse:
    asked = urllib.request.Request(url, headers=headers)  # noqa: S310 - loopback
    answer: HTTPResponse = urllib.request.urlopen(asked, timeout=PATIENCE)  # noqa: S310 - as above
    return answer


def _when_it_answers(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            _get(f"{url}/readyz").close()
        except OSError:
            assert time.monotonic() < until, "it does not answer"
            time.sleep(0.05)
        else:
            return


@pytest.mark.usefixtures("site")
def test_the_product_answers_with_files_that_never_change_and_stops_when_told(tmp_path: Path) -> None:
    with _served(connections["default"].settings_dict["NAME"], tmp_path / "told") as (process, url):
        _when_it_answers(url)
        with pytest.raises(HTTPError) as found:
            _get(f"{url}/there-is-no-such-page")
        text = found.value.read().decode()
        found.value.close()
        files = re.findall(r'(?:href|src)="(/static/[^"#]+)', text)
        assert any(re.search(r"/static/hefu/app\.[0-9a-f]{12}\.css", name) for name in files)
        for name in files:
            with _get(url + name, **{"Accept-Encoding": "gzip"}) as file:
                assert "immutable" in file.headers["Cache-Control"]
                assert file.headers["Content-Encoding"] == "gzip"
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


@pytest.mark.usefixtures("site")
def test_killed_it_leaves_no_worker_behind_and_its_port_is_free(tmp_path: Path) -> None:
    with _served(connections["default"].settings_dict["NAME"], tmp_path / "told") as (process, url):
        _when_it_answers(url)
        workers = _children(process.pid)
        assert len(workers) == 2
        process.kill()
        process.wait(PATIENCE)
        _gone(workers)
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(("127.0.0.1", int(url.rpartition(":")[2])))


@pytest.mark.usefixtures("site")
def test_a_worker_ends_with_the_demonstration_that_started_it_even_if_that_is_killed(tmp_path: Path) -> None:
    program = (
        "from hefu.cli.demo import _child\n"
        "with _child('work') as child:\n"
        "    print(child.pid, flush=True)\n"
        "    child.wait()\n"
    )
    told = tmp_path / "told"
    environment = _environment(connections["default"].settings_dict["NAME"])
    with told.open("wb") as file:
        parent = subprocess.Popen(  # noqa: S603 - our own
            [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, stderr=file
        )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    until = time.monotonic() + PATIENCE
    while "working as" not in told.read_text():
        assert time.monotonic() < until, told.read_text()
        time.sleep(0.05)
    parent.kill()
    parent.wait(PATIENCE)
    parent.stdout.close()
    _gone([child])


def _children(parent: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def _gone(processes: list[int], within: float = 10.0) -> None:
    """Every process ends by itself, soon."""
    until = time.monotonic() + within
    while any(map(_runs, processes)):
        assert time.monotonic() < until, "somebody is still there"
        time.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_does_not_start_before_there_are_tables(tmp_path: Path) -> None:
    with _served(str(tmp_path / "empty.sqlite3"), tmp_path / "told") as (process, _url):
        assert process.wait(PATIENCE) == 2
    assert "run `hefu migrate` first" in (tmp_path / "told").read_text()


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_said_at_once(command: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = [sys.executable, "-m", "hefu.cli", command, "--port", str(port)]
        done = subprocess.run(  # noqa: S603 - our own
            words, env=_environment(str(tmp_path / "none.sqlite3")), capture_output=True, text=True, check=False,
            timeout=PATIENCE,
        )  # fmt: skip
    assert done.returncode == 2
    assert f"cannot answer on 127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr
