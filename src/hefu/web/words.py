"""Words that the screens add to a scheme's own: kinds of clauses, how they are treated, units, states of clocks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import get_language, gettext, pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Bilingual(Protocol):
    """Anything with a text in both languages: a Text of the rules, of a scheme's file, a clause."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


CLAUSE_KINDS: dict[str, _StrPromise] = {
    "scope": pgettext_lazy("clause", "scope"),
    "basis": pgettext_lazy("clause", "basis"),
    "mode": pgettext_lazy("clause", "mode"),
    "role": pgettext_lazy("clause", "role"),
    "stage": pgettext_lazy("clause", "stage"),
    "material": pgettext_lazy("clause", "material"),
    "condition": pgettext_lazy("clause", "condition"),
    "exclusion": pgettext_lazy("clause", "exclusion"),
    "review-point": pgettext_lazy("clause", "review point"),
    "action": pgettext_lazy("clause", "act"),
    "deadline": pgettext_lazy("clause", "deadline"),
    "clock-stop": pgettext_lazy("clause", "clock stop"),
    "duration": pgettext_lazy("clause", "duration"),
    "frequency": pgettext_lazy("clause", "frequency"),
    "trigger": pgettext_lazy("clause", "trigger"),
    "ground": pgettext_lazy("clause", "ground"),
    "consequence": pgettext_lazy("clause", "consequence"),
    "notice": pgettext_lazy("clause", "notice"),
    "publication": pgettext_lazy("clause", "publication"),
    "document": pgettext_lazy("clause", "document"),
    "field": pgettext_lazy("clause", "field"),
    "fill-rule": pgettext_lazy("clause", "how to fill in"),
    "record": pgettext_lazy("clause", "record"),
    "retention": pgettext_lazy("clause", "retention"),
    "separation": pgettext_lazy("clause", "separation of duties"),
    "prohibition": pgettext_lazy("clause", "prohibition"),
    "right": pgettext_lazy("clause", "right"),
    "fee": pgettext_lazy("clause", "fee"),
    "definition": pgettext_lazy("clause", "definition"),
}
TREATMENTS: dict[str, _StrPromise] = {
    "enforced": pgettext_lazy("treatment of a clause", "enforced"),
    "recorded": pgettext_lazy("treatment of a clause", "recorded"),
    "informative": pgettext_lazy("treatment of a clause", "informative"),
    "outside": pgettext_lazy("treatment of a clause", "outside the system"),
}
FIRMNESS: dict[str, _StrPromise] = {
    "normal": pgettext_lazy("firmness of a limit", "normally"),
    "in-principle": pgettext_lazy("firmness of a limit", "in principle"),
}


def english() -> bool:
    """Whether the page is in English; otherwise it is in Chinese."""
    return get_language() == "en"


def in_language(text: Bilingual) -> str:
    """A text in the language of the page."""
    return text.en if english() else text.zh


def day(value: date) -> str:
    """A day in the language of the page: 2026年11月21日, 21 Nov 2026."""
    if english():
        return f"{value.day} {value:%b} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def shown(value: object) -> str:
    """A setting's or an answer's plain value in the language of the page."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (list, tuple)):
        return gettext(", ").join(shown(part) for part in value)
    return str(value) if value not in ("", None, {}) else "–"
