"""The table of drafts: what somebody has typed into the form of an act and not yet handed in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

NAME = 120


class Draft(models.Model):
    """What one account has typed for one act: of a dossier (on an item, where it is about one), or on an offer.

    `typed` holds the inputs as they were sent, so that nothing is lost that cannot be read yet. `version` counts the
    savings: who has not seen the newest does not overwrite it, unless it is the same `page`.
    """

    account = models.ForeignKey("hefu_people.Account", models.CASCADE, related_name="drafts")
    dossier = models.CharField(max_length=NAME, blank=True)
    offer = models.ForeignKey("hefu_people.Offer", models.CASCADE, null=True, related_name="drafts")
    action = models.CharField(max_length=2 * NAME)
    item = models.CharField(max_length=NAME, blank=True)
    typed = models.JSONField(default=dict)
    updated = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    page = models.CharField(max_length=16, blank=True)

    class Meta:
        """One for each act of an account; found by the account, the newest first."""

        db_table = "hefu_draft"
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("account", "dossier", "action", "item"), condition=Q(offer=None), name="hefu_draft_dossier"
            ),
            models.UniqueConstraint(
                fields=("account", "offer", "action", "item"), condition=~Q(offer=None), name="hefu_draft_offer"
            ),
        )
        indexes: ClassVar = (models.Index(fields=("account", "-updated"), name="hefu_draft_account"),)
