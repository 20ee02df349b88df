"""Small words of the pages of schemes: anchors, lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from hefu.web.public import lengths
from hefu.web.schemes.clauses import anchor
from hefu.web.words import english

if TYPE_CHECKING:
    from hefu.rules.model import Clock, Scheme

register = template.Library()


@register.filter
def clause_anchor(clause: str) -> str:
    """The id of a clause on the page of clauses."""
    return anchor(clause)


@register.filter
def of_both(title: str) -> str:
    """The half of a scenario's title, `zh / en`, in the language of the page; the whole where it has no halves."""
    chinese, both, other = title.partition(" / ")
    return other if both and english() else chinese


@register.simple_tag
def step_anchor(step: str) -> str:
    """The id of a scenario's step (`scenario#3`) on the page that replays it."""
    return f"step-{step.rpartition('#')[2]}"


@register.simple_tag
def clock_length(scheme: Scheme, clock: Clock) -> str:
    """How long a time limit is, in words."""
    return lengths.of_clock(scheme, clock)
