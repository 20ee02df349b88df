"""Passkeys in the product's own words: the library's name neither the field nor what a key without a password means."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

NAMED = _("Name of the key")


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc] # the library has no types
    """A new passkey or security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's own
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label, name.help_text = NAMED, _("By it you tell your keys apart.")
        alone.label = _("Sign in with this key alone")
        alone.help_text = _("No password is asked for then; the device asks for a fingerprint, a face or its PIN.")


class EditPasskeyForm(EditWebAuthnForm):  # type: ignore[misc] # as above
    """Another name for one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAMED
