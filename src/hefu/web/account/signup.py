"""What somebody says of themselves when they sign up, besides an address and a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from hefu.people.models import NAME

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hefu.people.models import Account


class NameForm(forms.Form):
    """Their name; the account library builds its own form on this one."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME,
        help_text=_("As it shall stand in dossiers and documents."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: Account) -> None:
        """Nothing more to keep: the adapter has kept the name."""
