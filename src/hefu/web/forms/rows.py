"""Tables of answers: which columns a table has, and which of its rows were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.model import Field, Text
from hefu.web.forms import names

if TYPE_CHECKING:
    from django.http import QueryDict

MOST = 500
"""Rows that are read at most; more than anybody types."""


def table(field: Field) -> tuple[Field, ...]:
    """The columns of a table; a team without columns of its own asks for its people."""
    if field.columns or field.type != "team":
        return field.columns
    return (_PERSON,)


def noted(field: Field) -> tuple[Field, ...]:
    """What may be said of each point of a checklist beside its result: its columns, and a remark."""
    return (*field.columns, _REMARK)


def row_numbers(post: QueryDict, name: str) -> list[str]:
    """The numbers of the rows that were sent, in their order."""
    sent = [number for number in post.getlist(names.rows(name)) if number.isascii() and number.isdigit()]
    return list(dict.fromkeys(number for number in sent if len(number) < 7))[:MOST]  # noqa: PLR2004 - no table is longer


def _column(key: str, kind: str, title: Text, *, required: bool) -> Field:
    return Field(
        key, kind, "text", title, required=required, when=None, options={}, columns=(), max_chars=None, minimum=None,
        maximum=None, pattern=None, role=None, part=None, sample=None, clauses=(),
    )  # fmt: skip


_PERSON = _column("person", "person", Text("人员", "Person"), required=True)
_REMARK = _column("remark", "text", Text("备注", "Remark"), required=False)
