"""Accounts made by somebody who vouches for the address: an operator at the command line, or an invitation's mail."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hefu.people.models import Account


def create(email: str, name: str, password: str, **more: Any) -> Account:  # noqa: ANN401 - fields of the account
    """An account whose address counts as proven.

    Raises ValidationError for an address that is none or has an account, and for a weak password.
    """
    tidy = email.strip().lower()
    validate_email(tidy)
    if Account.objects.filter(email=tidy).exists():
        raise ValidationError(_("There is an account with this address."), code="taken")
    validate_password(password, Account(email=tidy, name=name))
    with transaction.atomic():
        account = Account.objects.create_user(tidy, password, name=name, **more)
        EmailAddress.objects.create(user=account, email=tidy, verified=True, primary=True)
    return account
