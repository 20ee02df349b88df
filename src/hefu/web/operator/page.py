"""The operator's page: what waits, what fails, who works, what was done last, and what the machine is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hefu.jobs.asking import jobs
from hefu.jobs.rounds import KINDS, newest
from hefu.jobs.status import status
from hefu.web import moment
from hefu.web.operator.door import operators_only
from hefu.web.operator.names import ROUNDS, named

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse


@operators_only
@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Everything at once."""
    found = status(jobs(), moment.now().at)
    running, failed = ([(job, named(job.workflow)) for job in listed] for listed in (found.running, found.failed))
    planned = [(named(plan.workflow), plan.next) for plan in found.planned]
    context = {"status": found, "running": running, "failed": failed, "planned": planned,
               "portal": "operator", **_rounds()}  # fmt: skip
    return render(request, "hefu/operator/page.html", context)


@operators_only
@require_safe
@never_cache
def rounds(request: HttpRequest) -> HttpResponse:
    """Only the rounds, for a page that follows one."""
    return render(request, "hefu/operator/rounds.html", _rounds())


def _rounds() -> dict[str, Any]:
    last = newest()
    rows = [(kind, ROUNDS[kind], last.get(kind)) for kind in KINDS]
    return {"rounds": rows, "under_way": any(row is not None and row.finished is None for _, _, row in rows)}
