"""Channels: which notices of a scheme go by mail as well, as its body has chosen. In the product each of them stands.

Nobody can keep from the mail what the scheme wants in writing (`channel: letter`), nor duties and hard limits. What is
only told in the product goes into no digest either. Where the body leaves the mail open, its reader chooses
(choice.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.notices.signs import SIGNS
from hefu.notices.wording import LETTER, NOTICE
from hefu.people.models import Offer
from hefu.rules.model import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.dossiers.store import Held
    from hefu.notices.wording import Wording
    from hefu.rules.model import Output, Scheme

MAIL, PRODUCT = "mail", "product"
ALWAYS = "duty-raised"


class Channel(NamedTuple):
    """A notice of a scheme by its name, or a general kind of them; `fixed`: by mail, whatever the body wants."""

    name: str
    title: Text
    clauses: tuple[str, ...]
    fixed: bool


def channels(law: Scheme) -> list[Channel]:
    """Everything that a scheme tells people: the general kinds, then its own notices by name."""
    found: dict[str, Channel] = {}
    for kind, sign in SIGNS.items():
        if kind != NOTICE:
            said = str(sign)  # in the language of the page, which is the only one that is looked at
            found[kind] = Channel(kind, Text(said, said), (), fixed=kind == ALWAYS)
    for output in sorted(_notices(law), key=lambda output: output.name):
        held = found.get(output.name)
        written = output.channel == LETTER
        if held is None:
            found[output.name] = Channel(output.name, output.title, output.clauses, written)
        else:
            clauses = tuple(dict.fromkeys((*held.clauses, *output.clauses)))
            found[output.name] = held._replace(clauses=clauses, fixed=held.fixed or written)
    return list(found.values())


def in_product_only(held: Held, said: Wording) -> bool:
    """Whether the body of a dossier tells this without a mail."""
    if said.must:
        return False
    offer = Offer.objects.filter(body=held.body, scheme=held.law.scheme.id).only("channels").first()
    return offer is not None and offer.channels.get(said.channel) == PRODUCT


def _notices(law: Scheme) -> Iterator[Output]:
    for machine in law.machines.values():
        for action in machine.actions.values():
            yield from (output for output in action.outputs if output.event == NOTICE and output.to)
    for clock in law.clocks.values():
        yield from (output for output in clock.outputs if output.event == NOTICE and output.to)
