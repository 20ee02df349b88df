"""One racer in a process of its own: `python -m bench.racer NAME COURSE`. Answers each line of JSON with one.

It says first that it is ready, or what is missing. A line asks for a way, a track, a number of cases and of
connections; the answer is how many steps it was and how long they took. With several connections it forks a process
for each, because that is how the product and its peers use several cores; they start together when all are connected.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

from bench.course import STEPS, understood

if TYPE_CHECKING:
    from bench.course import Track, Ways, Work

_READY: dict[str, Ways] = {}


def main(name: str, told: str) -> None:
    """Serve until the input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints must not look like an answer
    course = understood(told)
    try:
        module = importlib.import_module(f"bench.racers.{name}")
        module.start(course)
    except ImportError as error:
        _say(answers, {"missing": str(error)})
        return
    _say(answers, {"ways": module.WAYS})
    for line in sys.stdin:
        asked = json.loads(line)
        track = next(track for track in course.tracks if track.name == asked["track"])
        _say(answers, _answer(module, track, asked))


def _say(answers: Any, said: dict[str, Any]) -> None:  # noqa: ANN401 - a text stream
    answers.write(json.dumps(said) + "\n")
    answers.flush()


def _answer(module: Any, track: Track, asked: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a module
    if "create" in asked:
        module.create(track)
        return {"created": track.name}
    if asked["connections"] > 1:
        return _many(module, track, asked)
    if track.name not in _READY:
        _READY[track.name] = module.ready(track)
    return _timed(_READY[track.name][asked["way"]](asked["cases"]))


def _timed(work: Work) -> dict[str, Any]:
    """Wall and CPU seconds of a work; wall counts, because a disk and a server take part."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    steps = work()
    return {"steps": steps, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def _many(module: Any, track: Track, asked: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a module
    """The cases of a way shared out among processes, each with a connection of its own; here none may be open."""
    gate, ready = os.pipe(), os.pipe()
    share = max(1, asked["cases"] // asked["connections"])
    children = []
    for _ in range(asked["connections"]):
        child = os.fork()
        if not child:
            _run_as_child(module, track, (asked["way"], share), (gate[0], ready[1]))
        children.append(child)
    steps = 0
    for _ in children:
        steps += int.from_bytes(os.read(ready[0], 4), "big")
    wall = time.perf_counter()
    os.write(gate[1], bytes(len(children)))
    ends = [os.waitpid(child, 0)[1] for child in children]
    wall = time.perf_counter() - wall
    for end in (*gate, *ready):
        os.close(end)
    if any(ends):
        raise ChildProcessError(f"{asked['way']}: a process ended with {ends}")
    return {"steps": steps, "wall": wall, "cpu": 0.0}


def _run_as_child(module: Any, track: Track, what: tuple[str, int], pipes: tuple[int, int]) -> None:  # noqa: ANN401 - a module
    """Connect, wait until all have, work, and end without what an interpreter does at its end."""
    code = 1
    try:
        way, share = what
        work = module.ready(track)[way](share)
        os.write(pipes[1], (share * STEPS).to_bytes(4, "big"))
        os.read(pipes[0], 1)
        code = int(work() != share * STEPS)
    except BaseException as error:  # noqa: BLE001 - a child must never run on as its parent
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os.write(pipes[1], bytes(4))
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
