"""How good a password has to be, in words that a person can follow."""

from __future__ import annotations

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
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


class Unlike(UserAttributeSimilarityValidator):
    """A password that nobody can make of what they know about its owner."""

    def get_help_text(self) -> str:
        """What stands beside the field."""
        return gettext("Unlike your name and address.")

    def get_error_message(self) -> str:
        """What is wrong, and what to do."""
        return gettext("This password is too much like your name or address. Choose another one.")


class Uncommon(CommonPasswordValidator):
    """A password that is not among those tried first."""

    def get_help_text(self) -> str:
        """What stands beside the field."""
        return gettext("None that many people use.")

    def get_error_message(self) -> str:
        """What is wrong, and what to do."""
        return gettext("Many people use this password. Choose another one.")
