"""Signs: the kinds of notices, in the words of the product. A kind is the type of the event that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

SIGNS: Mapping[str, _StrPromise] = {
    "duty-raised": pgettext_lazy("kind of notice", "To do"),
    "clock-breached": pgettext_lazy("kind of notice", "Overdue"),
    "clock-overdue": pgettext_lazy("kind of notice", "First limit passed"),
    "clock-over": pgettext_lazy("kind of notice", "Period over"),
    "clock-reminded": pgettext_lazy("kind of notice", "Due soon"),
    "notice-sent": pgettext_lazy("kind of notice", "Notice"),
    "document-made": pgettext_lazy("kind of notice", "Document"),
    "published": pgettext_lazy("kind of notice", "Publication"),
    "reported": pgettext_lazy("kind of notice", "Report"),
}
"""In the order of their urgency."""
