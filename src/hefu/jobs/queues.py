"""Where workflows wait, and how many of them run at once."""

from __future__ import annotations

from hefu.jobs.port import Queue

PARCELS = Queue("parcels", 24, lines=True)
"""One line a dossier: what happened first is told first."""
MAILS = Queue("mails", 48, lines=True)
"""Apart from the parcels: a mail server that does not answer must not hold up what is told in the product."""
ROUNDS = Queue("rounds", 1, alone=True)
"""Rounds over all dossiers would only be in each other's way."""
QUEUES = (PARCELS, MAILS, ROUNDS)
