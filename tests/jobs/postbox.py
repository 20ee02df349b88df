"""A mail server for tests that kill: it writes down the Message-ID of each mail that it takes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.core.mail.backends.base import BaseEmailBackend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage

PATH = "HEFU_TEST_POSTBOX"


class Postbox(BaseEmailBackend):
    """Takes a mail with one short write, which is never torn."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        file = os.open(os.environ[PATH], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for message in email_messages:
            os.write(file, f"{message.extra_headers['Message-ID']}\n".encode())
        os.close(file)
        return len(email_messages)
