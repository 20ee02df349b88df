"""What runs in a fresh process: `python -m bench.probe load FOLDER` or `memory FOLDER...`; prints one line of JSON.

Nothing is imported before the first measurement but what stands here, so that a bare interpreter is the start.
"""

import gc
import json
import sys
import time

KB = 1024


def resident() -> float:
    """Resident memory of this process now, in MB."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - pathlib would be part of the figure
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / KB


def load_once(folder: str, shared: str) -> dict[str, float]:
    """Milliseconds of wall time: imports, load, check, and load and check a second time in this process."""
    marks = [time.perf_counter()]
    from itertools import pairwise  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    from hefu.rules.check import check  # noqa: PLC0415
    from hefu.rules.load import compile, load, nodes  # noqa: A004, F401, PLC0415 - a start needs no compiling

    for _ in range(2):
        marks.append(time.perf_counter())
        load(Path(folder), Path(shared))
        marks.append(time.perf_counter())
        check(Path(folder), Path(shared))
    marks.append(time.perf_counter())
    spent = [(later - earlier) * 1000 for earlier, later in pairwise(marks)]
    return {"imports": spent[0], "load": spent[1], "check": spent[2], "again": spent[3] + spent[4]}


def memory(shared: str, folders: list[str]) -> dict[str, float]:
    """MB of resident memory over the bare interpreter: after the imports, and after every scheme is loaded."""
    bare = resident()
    from pathlib import Path  # noqa: PLC0415

    from hefu.rules import decide, due, evolve, explain  # noqa: F401, PLC0415 - what a server needs to act
    from hefu.rules.load import load  # noqa: PLC0415

    imported = resident()
    kept = [load(Path(folder), Path(shared)) for folder in folders]
    gc.collect()
    return {"bare": bare, "imports": imported - bare, "all": resident() - bare, "schemes": len(kept)}


if __name__ == "__main__":
    what, shared_folder, *rest = sys.argv[1:]
    result = load_once(rest[0], shared_folder) if what == "load" else memory(shared_folder, rest)
    sys.stdout.write(json.dumps(result) + "\n")
