"""How good a password has to be, in words that a person can follow."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext


class LongEnough(MinimumLengthValidator):
    """A password of some length; a phrase is long and easy to keep in mind."""

    def get_help_text(self) -> str:
        """What stands beside the field."""
        return gettext("At least %(number)s characters; a phrase is best.") % {"number": self.min_length}

    def get_error_message(self) -> str:
        """What is wrong, and what to do."""
        return gettext("This password is too short. Use at least %(number)s characters; a phrase is best.") % {
            "number": self.min_length
        }
