"""Fields of Django's forms in the clothes of the design."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms, template

from hefu.web.account import entry

if TYPE_CHECKING:
    from django.forms import BaseForm, BoundField
    from django.forms.boundfield import BoundWidget
    from django.utils.safestring import SafeString

    from hefu.web.account.entry import Problem

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a field. What is to be filled in stands in the label and the hint, never inside the control."""
    return field.as_widget(attrs={} if ticked(field) or several(field) else {"class": "in", "placeholder": False})


@register.filter
def ticked(field: BoundField) -> bool:
    """Whether it is one box to tick."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def several(field: BoundField) -> bool:
    """Whether it is a group of boxes."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def problems(form: BaseForm) -> list[Problem]:
    """Everything that is wrong with a form."""
    return entry.problems(form)


@register.filter
def lengthy(field: BoundField) -> bool:
    """Whether it is a text of several lines."""
    return isinstance(field.field.widget, forms.Textarea)


@register.filter
def groups(field: BoundField) -> list[tuple[str, list[BoundWidget]]]:
    """The boxes of a group under the headings that they have; boxes without a heading stand under an empty one."""
    boxes = iter(field.subwidgets)
    found: list[tuple[str, list[BoundWidget]]] = []
    for key, told in cast("Any", field.field).choices:
        if isinstance(told, list | tuple):
            found.append((str(key), [next(boxes) for _ in told]))
        elif found and not found[-1][0]:
            found[-1][1].append(next(boxes))
        else:
            found.append(("", [next(boxes)]))
    return found
