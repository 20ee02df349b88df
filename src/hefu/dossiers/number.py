"""The number by which people call a dossier: scheme, year, and a serial of the body, without gaps."""

from __future__ import annotations

from django.db import transaction

from hefu.dossiers.models import SerialRow


def next_number(body: str, scheme: str, year: int) -> str:
    """The next number of a body under a scheme, taken in the caller's transaction: WAL-QP-21-2026-0007."""
    with transaction.atomic():
        SerialRow.objects.get_or_create(body=body, scheme=scheme, year=year)
        row = SerialRow.objects.select_for_update().get(body=body, scheme=scheme, year=year)
        row.last += 1
        row.save(update_fields=("last",))
    return f"{scheme.upper()}-{year}-{row.last:04d}"
