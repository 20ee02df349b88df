"""Clauses: the index is the document's, whole and once, and every treatment is kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hefu.rules.check.homes import ENFORCING, homes
from hefu.rules.load.source import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.rules.load.files import Files
    from hefu.rules.model import Scheme

DECIDING = frozenset({
    "deadline", "clock-stop", "duration", "frequency", "trigger", "ground", "consequence", "condition", "exclusion",
    "prohibition", "separation", "retention",
})  # fmt: skip


def fingerprint(ids: list[str]) -> str:
    """The SHA-256 of a document's clause ids, sorted, one a line."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def clause_problems(files: Files, scheme: Scheme) -> Iterator[Problem]:
    """What is wrong with the index itself, and with the homes of its clauses."""
    seen: dict[str, str] = {}
    for name, source in files.sources.items():
        if not name.startswith("clauses/"):
            continue
        for number, place in enumerate(source.data):
            for clause in place["clauses"]:
                at = files.place(name, number, "clauses", clause)
                if clause in seen:
                    yield Problem(at, f"the clause {clause!r} stands in the index a second time")
                seen[clause] = name
                yield from _treated(files, scheme, clause, (name, number, "clauses", clause))
    document = scheme.file.document
    if len(seen) != document.entries:
        at = files.place("scheme.yaml", "document", "entries")
        yield Problem(at, f"the document has {document.entries} clauses, the index {len(seen)}")
    elif fingerprint(list(seen)) != document.sha256:
        at = files.place("scheme.yaml", "document", "sha256")
        yield Problem(at, f"the clause ids of the index are not those of the document ({fingerprint(list(seen))})")
    yield from _homeless(files, scheme, seen)


def _treated(files: Files, scheme: Scheme, clause: str, path: tuple[str, int, str, str]) -> Iterator[Problem]:
    entry = scheme.clauses[clause]
    at = files.place(*path)
    if entry.kind in DECIDING and entry.treatment != "enforced":
        yield Problem(at, f"a clause of kind {entry.kind} decides, so it must be enforced, not {entry.treatment}")
    if entry.treatment == "outside" and entry.instead is None:
        yield Problem(at, "a clause outside the system needs `instead`: what the user is given")


def _homeless(files: Files, scheme: Scheme, index: dict[str, str]) -> Iterator[Problem]:
    """Clauses that are said to be enforced or recorded, but that nothing names."""
    enforced: set[str] = set()
    named: set[str] = set()
    for home in homes(scheme):
        named.update(home.clauses)
        if home.kind in ENFORCING:
            enforced.update(home.clauses)
    for clause, name in index.items():
        treatment = scheme.clauses[clause].treatment
        number = next(n for n, place in enumerate(files.sources[name].data) if clause in place["clauses"])
        at = files.place(name, number, "clauses", clause)
        if treatment == "enforced" and clause not in enforced:
            yield Problem(at, f"{clause} is to be enforced, but nothing that decides names it")
        elif treatment == "recorded" and clause not in named:
            yield Problem(at, f"{clause} is to be recorded, but no act, form, notice or record names it")
