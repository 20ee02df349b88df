"""Two versions of a scheme beside each other: what was added, removed and changed, with the values."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from hefu.rules.compare import differences
from hefu.rules.load import content_key
from hefu.rules.load.files import read_folder
from hefu.web import kept
from hefu.web.schemes.door import folder_of, of_offered
from hefu.web.schemes.page import about
from hefu.web.words import english, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from django.http import HttpRequest, HttpResponse

    from hefu.rules.compare import Difference
    from hefu.web.schemes.door import Version

MOST = 400
"""Differences that a page shows; a filter by kind shows the others."""
KINDS = {
    "clause": gettext_lazy("Clauses"), "document": gettext_lazy("Document"), "stage": gettext_lazy("Stages"),
    "role": gettext_lazy("Roles"), "part": gettext_lazy("Parts of the work"),
    "separation": gettext_lazy("Separations of duties"), "setting": gettext_lazy("Settings"),
    "fact": gettext_lazy("Facts"), "machine": gettext_lazy("Processes"), "state": gettext_lazy("States"),
    "act": gettext_lazy("Acts"), "guard": gettext_lazy("Conditions"), "ground": gettext_lazy("Grounds"),
    "clock": gettext_lazy("Time limits"), "form": gettext_lazy("Forms"), "field": gettext_lazy("Fields"),
    "other": gettext_lazy("Other things"),
}  # fmt: skip
WHAT = {
    "added": pgettext_lazy("difference", "added"), "removed": pgettext_lazy("difference", "removed"),
    "changed": pgettext_lazy("difference", "changed"),
}  # fmt: skip


class Line(NamedTuple):
    """A difference as the page shows it: title and address, what happened, and the values before and after."""

    name: str
    title: str
    what: str
    word: str
    values: tuple[tuple[str, str, str], ...]


class Group(NamedTuple):
    """The differences of one kind."""

    kind: str
    title: str
    lines: list[Line]


@of_offered
@require_safe
def compare(request: HttpRequest, version: Version) -> HttpResponse:
    """This version against another, by default the one before it; a page that says so where there is only one."""
    others = [one for one in version.versions if one.version != version.scheme.version]
    wanted = request.GET.get("with", "")
    if wanted and wanted not in {one.version for one in others}:
        raise Http404
    older = [one for one in others if one.file.in_force.from_ <= version.scheme.file.in_force.from_]
    other = wanted or next((one.version for one in (*older, *others)), "")
    found = _found(version, other) if other else ()
    kind = request.GET.get("kind", "")
    chosen = [one for one in found if kind in ("", one.kind)]
    return render(request, "hefu/schemes/compare.html", about(version, "compare") | {
        "others": others, "other": other, "groups": _groups(chosen[:MOST]), "number": len(found), "kind": kind,
        "kinds": [(one, KINDS[one], count) for one, count in Counter(one.kind for one in found).items()],
        "counts": [(what, WHAT[what], sum(one.what == what for one in chosen)) for what in WHAT],
        "more": max(len(chosen) - MOST, 0),
    })  # fmt: skip


def _found(version: Version, other: str) -> tuple[Difference, ...]:
    before = folder_of(version.scheme.id, other)
    if before is None:
        raise Http404
    shared = kept.shared()
    return _differences(before, version.folder, content_key(before, shared)[1], content_key(version.folder, shared)[1])


@lru_cache(maxsize=32)
def _differences(before: Path, after: Path, _was: str, _now: str) -> tuple[Difference, ...]:
    """Computed once for the same two contents."""
    return tuple(differences(read_folder(before), read_folder(after)))


def _groups(found: list[Difference]) -> list[Group]:
    groups: dict[str, Group] = {}
    for one in found:
        group = groups.setdefault(one.kind, Group(one.kind, str(KINDS[one.kind]), []))
        values = tuple((value.path, said(value.before), said(value.after)) for value in one.values)
        group.lines.append(Line(one.name, _title(one.after or one.before), one.what, str(WHAT[one.what]), values))
    return list(groups.values())


def _title(held: Mapping[str, Any]) -> str:
    """What a construct is called in the language of the page: its title, its message, or what the clause says."""
    for value in (held.get("title"), held.get("message"), held):
        if isinstance(value, dict) and "zh" in value and "en" in value:
            return str(value["en" if english() else "zh"])
    return ""


def said(value: Any) -> str:  # noqa: ANN401 - a value of the scheme's files
    """A value of the files in one line."""
    if value is None:
        return _("nothing")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return shown(value)
