"""Refusals: a no as a value, with what happened, the clauses that say so, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.model import Text

if TYPE_CHECKING:
    from hefu.rules.model import Scheme


GAP = "…"
"""What stands in a bare message where an answer stood."""


class Refusal(NamedTuple):
    """Why an act may not be done. `code` is stable; `remedy` is there where something can be done about it.

    `field` says which answer it is about, where it is about one: the field, and inside it the row and column, the
    point or the part (`members`, `members.0.on`, `points.scope`, `applicant.uscc`). `bare` is the message with a gap
    for everything in it that somebody has answered or typed; nothing where there is no such thing in it.
    """

    code: str
    message: Text
    clauses: tuple[str, ...]
    remedy: Text | None = None
    field: str = ""
    bare: Text | None = None

    def as_data(self, language: str) -> dict[str, Any]:
        """The refusal as JSON-ready data in one language; `remedy` only where there is one."""
        shown = {"code": self.code, "message": self.message.get(language), "clauses": list(self.clauses)}
        return {**shown, "remedy": self.remedy.get(language)} if self.remedy else shown


def refuse(scheme: Scheme, code: str, clauses: tuple[str, ...], **values: object) -> Refusal:
    """A refusal in the words of the shared vocabulary; `values` fill its blanks."""
    remedy = f"refusal/{code}/remedy"
    told = phrase(scheme, remedy, **values) if remedy in scheme.words else None
    # Words of ours come as a Text; a bare string is what was sent: a name that no scheme has.
    open_ = {key: GAP for key, value in values.items() if value and isinstance(value, str)}
    bare = phrase(scheme, f"refusal/{code}", **{**values, **open_}) if open_ else None
    return Refusal(code, phrase(scheme, f"refusal/{code}", **values), clauses, told, bare=bare)


def phrase(scheme: Scheme, key: str, **values: object) -> Text:
    """A text of the shared vocabulary with its blanks filled, in both languages."""
    words = scheme.words[key]
    return Text(_in(scheme, words.zh, values, "zh"), _in(scheme, words.en, values, "en"))


def _in(scheme: Scheme, template: str, values: dict[str, object], language: str) -> str:
    shown = {}
    for key, value in values.items():
        if isinstance(value, Text):
            shown[key] = value.get(language)
        else:
            known = scheme.words.get(f"problem/{value}") if isinstance(value, str) else None
            shown[key] = known.get(language) if known else str(value)
    return template.format(**shown)
