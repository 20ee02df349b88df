"""Uploads need tables."""

from __future__ import annotations

import django

django.setup()  # the modules of these tests name tables when they are read
