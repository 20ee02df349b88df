"""The small parts of every scheme file: texts, lengths, guards, forms and their fields."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Cel = Annotated[str, Field(min_length=1)]
Clauses = Annotated[list[str], Field(default_factory=list)]


def listed(value: object) -> object:
    """One thing may be written without its brackets."""
    return [value] if isinstance(value, str | dict) else value


class Strict(BaseModel):
    """Nothing unknown passes: a misspelt key is an error, not a silent default.

    What checks a file is built with the first file: a process that finds all schemes compiled never checks one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class Text(Strict):
    """One text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Length(Strict):
    """A length in exactly one unit; `setting` names a setting that holds the number."""

    working_days: int | str | None = Field(default=None, alias="working-days")
    days: int | str | None = None
    months: int | str | None = None
    years: int | str | None = None


class Guard(Strict):
    """A condition of an action. `test` must hold where `when` holds."""

    code: Name
    test: Cel
    when: Cel | None = None
    level: Literal["hard", "normal", "in-principle", "warn"] = "hard"
    message: Text
    remedy: Text | None = None
    clauses: list[str] = Field(min_length=1)


class Sample(Strict):
    """A sample date, counted from today."""

    days: int = 0
    months: int = 0
    years: int = 0


class Option(Strict):
    """One option of a choice, or one row of a list of things, each with its clause where it has one.

    `evidence`, of a point of a checklist: the answers (FIELD) and materials (FIELD.OPTION) by which it is judged.
    """

    zh: str
    en: str
    when: Cel | None = None
    clauses: Clauses
    optional: bool = False
    note: Text | None = None
    copies: Text | None = None
    seal: bool = False
    evidence: list[str] = Field(default_factory=list)


FieldType = Literal[
    "text", "long-text", "integer", "number", "money", "date", "boolean", "choice", "multi-choice", "grade",
    "uscc", "file", "organisation", "person", "materials", "checklist", "team", "man-days", "signature", "rows",
    "evidence",
]  # fmt: skip


class FormField(Strict):
    """One field of a form; `public`, for fields of the certificate, lets anybody read it."""

    id: FieldName
    like: str | None = None
    type: FieldType
    title: Text
    required: bool = True
    when: Cel | None = None
    options: dict[str, str | Option] | None = None
    answers: dict[str, str] | None = None
    columns: list[FormField] | None = None
    max_chars: int | None = Field(default=None, gt=0)
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    role: Name | None = None
    part: Name | None = None
    note: Text | None = None
    public: bool = False
    sample: Sample | Any = None
    clauses: Clauses


class Form(Strict):
    """A form: what an action asks for, and the printed record it leaves where it has a number."""

    number: str | None = None
    title: Text
    alias: Text | None = None
    clauses: Clauses
    prints: bool = False
    sections: dict[FieldName, Text] = Field(default_factory=dict)
    fields: list[FormField] = Field(default_factory=list)
