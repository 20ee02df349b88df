"""Refused acts of a period, by act and reason: one query, grouped by the database, named by the schemes."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Max

from hefu.dossiers import refusals
from hefu.dossiers.models import RefusalRow
from hefu.rules.refusal import GAP
from hefu.web.figures.asked import within
from hefu.web.staff.laws import newest, process_title, role_title
from hefu.web.words import english, in_language

if TYPE_CHECKING:
    from hefu.rules.model import Scheme
    from hefu.rules.refusal import Refusal
    from hefu.web.figures.asked import Asked
    from hefu.web.staff.mine import Mine


class Reason(NamedTuple):
    """A reason in words, and how many acts were refused for it; one act may be refused for several."""

    code: str
    text: str
    clauses: tuple[str, ...]
    number: int


class _Gaps(dict[str, str]):
    """Values for the blanks of a text; what an act does not say by itself is a gap."""

    def __missing__(self, _key: str) -> str:
        return GAP


class RefusedAct(NamedTuple):
    """An act, how many times it was refused, and for what, the most frequent reason first."""

    law: Scheme
    title: str
    number: int
    reasons: list[Reason]


def refused(known: Mine, wanted: Asked) -> list[RefusedAct]:
    """The acts that were refused in the period, by scheme, those refused most often first."""
    rows = RefusalRow.objects.filter(within(known, wanted), on__range=(wanted.first, wanted.last)).order_by()
    acts: Counter[tuple[str, str]] = Counter()
    numbers: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    samples: dict[tuple[str, str, str], Refusal] = {}
    grouped = rows.values_list("dossier__scheme", "act", "codes").annotate(Count("dossier_id"), Max("reasons"))
    for ref, act, codes, number, sample in grouped:
        key = ref.partition("@")[0], act
        acts[key] += number
        numbers[key].update(dict.fromkeys(codes.split(), number))
        samples |= {(*key, reason.code): reason for reason in refusals.read(sample)}
    order = sorted(acts, key=lambda key: (key[0], -acts[key], key[1]))
    return [_told(key, acts[key], numbers[key], samples) for key in order]


def _told(
    key: tuple[str, str], number: int, reasons: Counter[str], samples: dict[tuple[str, str, str], Refusal]
) -> RefusedAct:
    law, (machine, _, name) = newest(key[0]), key[1].partition(".")
    action = law.action(key[1])
    act, process = in_language(action.title) if action else name, process_title(law, machine)
    roles = [role_title(law, role) for role in sorted(action.by)] if action else []
    gaps = _Gaps(action=act, process=process, roles=(", " if english() else "、").join(roles))
    found = [_reason(law, samples[*key, code], gaps, count) for code, count in reasons.most_common()]
    return RefusedAct(law, f"{process} · {act}", number, found)


def _reason(law: Scheme, sample: Refusal, gaps: _Gaps, number: int) -> Reason:
    """A reason of a scheme as it was said once; one of all schemes with gaps: what it was about differs each time."""
    shared = law.words.get(f"refusal/{sample.code}")
    if shared is None:
        return Reason(sample.code, in_language(sample.message), sample.clauses, number)
    return Reason(sample.code, in_language(shared).format_map(gaps), (), number)
