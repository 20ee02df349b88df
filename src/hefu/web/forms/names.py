"""The names of inputs: how the place of an answer is written in a form, and found again in what was sent.

    applicant            the answer of a field
    applicant.uscc       a part of it
    points.scope         a point of a checklist (a point may have dots of its own)
    points~remark.scope  what is said of it besides: its remark, or what one of the checklist's columns asks
    members.rows         the number of each row of a table, one input a row; members.0.on a cell
    materials.licence.upload, .file    what was handed in before, and the file chosen now
    grounds, departure.reason, departure.approver
    _press _live _draft  what was pressed; whether only a part is asked for; the version of the draft
    _state               what the page shows at present of the fields that do not always apply
    _kept.NAME           what was typed into a field that does not apply: kept, and handed in only once it does

Ids of fields never begin with a line, so nothing of a scheme can collide with what begins with one.
"""

from __future__ import annotations

PRESS = "_press"
LIVE = "_live"
STATE = "_state"
DRAFT = "_draft"
KEPT = "_kept."
GROUNDS = "grounds"
REASON = "departure.reason"
APPROVER = "departure.approver"


def part(field: str, name: str) -> str:
    """A part of an answer, a point, or the list of row numbers."""
    return f"{field}.{name}"


def noted(field: str, point: str, column: str = "remark") -> str:
    """What is said of a point besides its result."""
    return f"{field}~{column}.{point}"


def rows(field: str) -> str:
    """The input that stands once in each row."""
    return f"{field}.rows"


def cell(field: str, number: int | str, column: str) -> str:
    """A cell of a table, or of a point of a checklist where something is wrong with it."""
    return f"{field}.{number}.{column}"


def upload(field: str, option: str) -> str:
    """The files that were handed in for a material."""
    return f"{field}.{option}.upload"


def file(field: str, option: str = "") -> str:
    """The file chosen now, for a field or a material."""
    return f"{field}.{option}.file" if option else f"{field}.file"


def state(place: str, now: str) -> str:
    """What a page says of a field or material that depends on something: what it shows at present."""
    return f"{place}.{now}"
