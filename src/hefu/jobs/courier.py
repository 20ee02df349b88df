"""The courier between outbox and jobs: a parcel is delivered when its workflow is durably started.

The workflow's key is the parcel's, so a parcel that comes twice starts nothing; its line is the dossier and its place
the number in the journal, so what happened first is told first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.jobs.port import Start
from hefu.jobs.queues import PARCELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from hefu.dossiers.outbox import Parcel
    from hefu.jobs.port import Jobs

DELIVER = "deliver"


class Courier:
    """Starts a workflow for each parcel; `after` is called after each, however many there are."""

    def __init__(self, jobs: Jobs, after: Callable[[], None] = lambda: None) -> None:
        self.jobs, self.after = jobs, after

    def deliver(self, parcel: Parcel) -> None:
        args = (parcel.dossier, parcel.number)
        self.jobs.start(Start(DELIVER, PARCELS, parcel.key, args, line=parcel.dossier, place=parcel.number))
        self.after()
