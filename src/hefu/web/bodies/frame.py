"""What the pages below a body's settings have in common: the way back to the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from hefu.web.account.people import frame

if TYPE_CHECKING:
    from hefu.people.models import Body


def inner(body: Body, heading: str) -> dict[str, object]:
    """The variables of such a page."""
    back = reverse("bodies:settings", args=[body.pk])
    return {**frame(body, heading, back), "crumbs": [(_("Settings"), back), (heading, "")]}
