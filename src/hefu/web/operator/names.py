"""What jobs are called on the operator's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrOrPromise, _StrPromise

ROUNDS: Mapping[str, _StrPromise] = {
    "sweep": pgettext_lazy("job", "Sweep: let time pass"),
    "audit": pgettext_lazy("job", "Audit: verify every journal"),
}
NAMES: Mapping[str, _StrPromise] = {
    **ROUNDS,
    "deliver": pgettext_lazy("job", "Tell people of an event"),
    "mail": pgettext_lazy("job", "Send mails"),
    "digest": pgettext_lazy("job", "Daily digest"),
    "uploads": pgettext_lazy("job", "Forget unused uploads"),
    "tidy": pgettext_lazy("job", "Forget old jobs"),
}


def named(workflow: str) -> _StrOrPromise:
    """The name of a workflow; its code where an older version had it."""
    return NAMES.get(workflow, workflow)
