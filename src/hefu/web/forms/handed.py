"""What is known of the files that a form names: those of the person, and those of the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from hefu.papers.models import Upload
from hefu.web.forms.tree import Paper

if TYPE_CHECKING:
    from collections.abc import Collection


def papers(ids: Collection[str], account: str, dossier: str = "") -> dict[str, Paper]:
    """Files by their upload ids, as far as this account (its key) or this dossier has them."""
    if not ids:
        return {}
    own = Q(account=account) | Q(dossier=dossier) if dossier else Q(account=account)
    found = Upload.objects.filter(own, pk__in=ids).select_related("blob")
    return {
        one.pk: Paper(one.pk, one.name, one.size, one.sha256, reverse("papers:upload", args=[one.pk])) for one in found
    }
