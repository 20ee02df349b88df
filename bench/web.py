"""The product as browsers meet it: forms handed in, pages over many rows, a lookup beside a plain view, the first page.

A server with one worker answers over HTTP (serving.py), over the rows of visits.py. What a page costs is the processor
time of the server: the one that asks runs beside it, and the machine may be busy.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.ground import ground
from bench.serving import Browser, free_port, running, token
from bench.stories import ROOT
from bench.table import Row
from bench.timing import QUICK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.serving import Server
    from bench.stories import Story
    from bench.timing import Effort

POSTS, PAGE, TWO_SIGNS, AHEAD, FIRST, DEMO = 300.0, 60.0, 80.0, 5.0, 2.0, 60.0
"""Goals: forms a second, milliseconds of a page, of a search for two signs, times a plain view, seconds, seconds."""
MILLI = 1000
ACT = "initial.request-supplement"
ANSWERS = {"missing": "营业执照副本", "supplement_by": "2099-01-04"}
PAGES = {
    "work list": ("planner", "/work/", PAGE),
    "dossiers": ("planner", "/dossiers/", PAGE),
    "certificates": ("planner", "/certificates/", PAGE),
    "search of the body's people, two signs": ("planner", "/search/?q=北京", TWO_SIGNS),
    "dossier page": ("planner", "/d/{whole}/", PAGE),
    "register search, a word": ("", "/?q=有限公司", PAGE),
    "register search, two signs": ("", "/?q=北京", TWO_SIGNS),
    "certificate page": ("", "/c/{public}/", PAGE),
}
"""By the words of its figure, who asks for what (nobody: the public), and the goal in milliseconds."""


class Scale(NamedTuple):
    """How many dossiers as rows, how many forms handed in, how often a page and a lookup are asked for."""

    rows: int
    forms: int
    pages: int
    lookups: int


ORDINARY, SMALL = Scale(100_000, 300, 12, 2_000), Scale(3_000, 40, 4, 300)


def figures(_told: Sequence[Story], effort: Effort, missing: list[str]) -> list[Row]:
    """Everything, at the ordinary scale or a small one for a quick run."""
    scale = SMALL if effort == QUICK else ORDINARY
    with ground([]) as held:
        try:
            return [*_served(held.folder, scale, effort.rounds), _demo()]
        except (ValueError, OSError, subprocess.CalledProcessError) as error:
            said = error.stderr.strip().splitlines()[-1] if isinstance(error, subprocess.CalledProcessError) else error
            missing.append(f"pages over HTTP: {said}")
            return []


def _served(folder: Path, scale: Scale, rounds: int) -> list[Row]:
    """Everything that one server answers."""
    file, port = folder / "web.sqlite3", free_port()
    ours = {
        "DJANGO_SETTINGS_MODULE": "hefu.site.settings", "HEFU_DATABASE_URL": f"sqlite:///{file}",
        "HEFU_JOBS_URL": f"sqlite:///{folder}/jobs.sqlite3", "HEFU_FILES": str(folder / "files"),
        "HEFU_SECRET": "of the benchmark only", "HEFU_STATIC": str(folder / "static"),
        "HEFU_CACHE": str(folder / "cache"),
    }  # fmt: skip
    wanted = json.dumps((str(folder), scale.rows, scale.forms))
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-m", "bench.visits", wanted],
        cwd=ROOT, env={**os.environ, **ours}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    words = ["-m", "hefu.cli", "serve", "--workers", "1", "--port", str(port)]
    with running(words, ours, port, "/") as (_, __):
        pass  # leaves static files, bytecode and compiled schemes behind, as an installation does
    with running(words, ours, port, "/") as (server, seconds):
        first = Row("the server's first page", seconds, "s", FIRST, at_most=True,
                    note="from the command to the answer, every scheme loaded")  # fmt: skip
        pages = [_page(server, name, found, scale) for name in PAGES]
        forms, lookups = _forms(server, found, rounds), _rates(server, f"/c/{found['public']}.json", scale, rounds)
    port = free_port()
    peer = ["-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1", "--no-ws",
            "--port", str(port), "bench.plain:application"]  # fmt: skip
    path = f"/c/{found['public']}"
    with running(peer, {"HEFU_BENCH_FILE": str(file)}, port, path) as (server, _):
        theirs = _rates(server, path, scale, rounds)
    value, other = median(lookups), median(theirs)
    lookup = Row("register lookup / a plain Django view", value / other, "times", AHEAD,
                 peer="plain Django view, /s of CPU", peer_value=other, ratio=value / other,
                 note=f"{value:,.0f} lookups a second of CPU, as JSON")  # fmt: skip
    return [forms, *pages, lookup, first]


def _page(server: Server, name: str, found: dict[str, Any], scale: Scale) -> Row:
    """The processor time of one page, once it has been drawn for the first time."""
    who, path, goal = PAGES[name]
    browser, address = Browser(server.port, found["sessions"].get(who, "")), path.format(**found)
    for _ in range(2):
        _good(browser.get(_quoted(address)).status, address)
    spent = server.cpu()
    for _ in range(scale.pages):
        _good(browser.get(_quoted(address)).status, address)
    each = (server.cpu() - spent) / scale.pages * MILLI
    return Row(f"{name}, {scale.rows:,} dossiers: CPU", each, "ms", goal, at_most=True)


def _forms(server: Server, found: dict[str, Any], rounds: int) -> Row:
    """Sheets handed in by somebody who has signed in: each a whole act, to its commit."""
    browser = Browser(server.port, found["sessions"]["officer"])
    sheets = []
    for dossier in found["acted"]:
        path = f"/d/{dossier}/do/{ACT}/"
        page = browser.get(path)
        _good(page.status, path)
        hidden = dict(_HIDDEN.findall(page.text))
        sheets.append((path, [*{**hidden, **ANSWERS, "csrfmiddlewaretoken": token(page), "_press": ""}.items()]))
    rates, walls = [], []
    share = len(sheets) // rounds
    for number in range(rounds):
        spent, start = server.cpu(), time.perf_counter()
        for path, fields in sheets[number * share : (number + 1) * share]:
            answer = browser.post(path, fields)
            browser.forget("messages")  # “done”: the page that a browser asks for next says it, and it is gone
            if answer.status != 302:  # noqa: PLR2004 - the act is done, and its dossier is next
                raise ValueError(f"{path} was answered with {answer.status}")
        rates.append(share / (server.cpu() - spent))
        walls.append(share / (time.perf_counter() - start))
    return Row("forms handed in, a second of CPU", median(rates), "/s", POSTS,
               note=f"{median(walls):,.0f} a second of wall time, by one browser that waits for each")  # fmt: skip


_HIDDEN = re.compile(r'<input type="hidden" name="(_key|_seen)" value="([^"]*)"')


def _rates(server: Server, path: str, scale: Scale, rounds: int) -> list[float]:
    """Answers a second of CPU, round by round."""
    browser = Browser(server.port)
    for _ in range(scale.lookups // 10):
        _good(browser.get(path).status, path)
    found = []
    for _ in range(rounds):
        spent = server.cpu()
        for _ in range(scale.lookups):
            browser.get(path)
        found.append(scale.lookups / (server.cpu() - spent))
    return found


def _demo() -> Row:
    """Seconds until the demonstration can be opened."""
    port = free_port()
    with running(["-m", "hefu.cli", "demo", "--port", str(port)], {}, port, "/readyz") as (_, seconds):
        return Row("the demonstration is ready", seconds, "s", DEMO, at_most=True)


def _quoted(path: str) -> str:
    """A path as a browser sends it."""
    return re.sub(r"[^\x00-\x7f]+", lambda part: "".join(f"%{byte:02X}" for byte in part[0].encode()), path)


def _good(status: int, path: str) -> None:
    """Raises ValueError for a page that is not there."""
    if status != 200:  # noqa: PLR2004 - the page itself, nothing else, is measured
        raise ValueError(f"{path} was answered with {status}")
