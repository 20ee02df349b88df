"""Forms of this part: told problems in one place, and what the people part refuses told like any other problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.forms import BaseForm
    from django.http import HttpRequest, QueryDict
    from django.utils.functional import _StrOrPromise

T = TypeVar("T")


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, or None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


class Problem(NamedTuple):
    """One line of the summary of what is wrong, leading to its field where it has one."""

    href: str
    message: str


def problems(form: BaseForm) -> list[Problem]:
    """Everything that is wrong with a form, in the order of its fields; each problem of a field names it."""
    found = [Problem("", str(message)) for message in form.non_field_errors()]
    for name in form.fields:
        field = form[name]
        href = f"#{field.id_for_label or field.auto_id}"
        found += [
            Problem(href, _("%(field)s: %(problem)s") % {"field": field.label, "problem": text})
            for text in field.errors
        ]
    return found


class Entry(forms.Form):
    """A form whose act may be refused: `attempt` tells the refusal as a problem of the form."""

    def attempt(self, act: Callable[[], T]) -> T | None:
        """The result of an act, or None once its refusal stands among the problems."""
        try:
            return act()
        except ValidationError as error:
            self.add_error(None, error)
            return None

    def did(self, act: Callable[[], object]) -> bool:
        """Whether an act without a result was done; if not, its refusal stands among the problems."""
        return self.attempt(lambda: (act(),)) is not None

    def given(self, name: str) -> Any:  # noqa: ANN401 - the field says what it is
        """A clean answer."""
        return self.cleaned_data[name]


class DayInput(forms.DateInput):
    """A day as the browser's own calendar gives it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(
    label: _StrOrPromise, help_text: _StrOrPromise = "", *, required: bool = True, first: date | None = None
) -> Any:  # noqa: ANN401 - a field
    """A field for a day."""
    return forms.DateField(label=label, help_text=help_text, required=required, initial=first, widget=DayInput)


def line(label: _StrOrPromise, longest: int, help_text: _StrOrPromise = "", *, required: bool = True) -> Any:  # noqa: ANN401 - a field
    """A field for a line of text."""
    return forms.CharField(label=label, max_length=longest, help_text=help_text, required=required)
