"""The tables: contents that are kept, who handed which of them in under which name, and what is still on its way.

A content is stored once, under its SHA-256, however often it is handed in. Uploads are records: only those that no
dossier ever took are ever deleted (uploads.py).
"""

from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone

NAME = 120
DIGEST = 64
TITLE = 200
"""Characters of a file's name."""
MATERIAL = 200
"""Characters of the name of a material, which is a field and one of its options."""


def _id() -> str:
    return secrets.token_hex(16)


class Blob(models.Model):
    """A content that is kept, found by its hash."""

    sha256 = models.CharField(primary_key=True, max_length=DIGEST)
    size = models.PositiveBigIntegerField()
    stored = models.DateTimeField(default=timezone.now)

    class Meta:
        """Read by its primary key only."""

        db_table = "hefu_blob"

    @property
    def path(self) -> str:
        """Where the storage keeps it; no part of it comes from anybody's file name."""
        return address(self.sha256)


class Upload(models.Model):
    """A file as somebody handed it in; `dossier` is empty while it belongs to a draft only.

    `kind` is what its content is (kinds.py), `remarks` what the checks could not look into, as codes of words.py.
    `material` is the material of an application as which it was handed in, as FIELD.OPTION, or the field of a file.
    """

    id = models.CharField(primary_key=True, max_length=NAME, default=_id)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="uploads")
    kind = models.CharField(max_length=NAME)
    name = models.CharField(max_length=TITLE)
    remarks = models.JSONField(default=list)
    account = models.CharField(max_length=NAME)
    body = models.CharField(max_length=NAME, blank=True)
    received = models.DateTimeField(default=timezone.now)
    dossier = models.CharField(max_length=NAME, blank=True)
    bound = models.DateTimeField(null=True)
    material = models.CharField(max_length=MATERIAL, blank=True)

    class Meta:
        """Found by dossier; the unbound by age and by account."""

        db_table = "hefu_upload"
        indexes = (
            models.Index(fields=("dossier", "bound"), name="hefu_upload_dossier"),
            models.Index(fields=("received",), condition=models.Q(dossier=""), name="hefu_upload_unbound"),
            models.Index(fields=("account", "received"), name="hefu_upload_account"),
        )

    @property
    def sha256(self) -> str:
        return self.blob_id

    @property
    def size(self) -> int:
        return self.blob.size


class Arrival(models.Model):
    """A file that is on its way in pieces: what was announced, how far it has come, and the upload once it is whole."""

    id = models.CharField(primary_key=True, max_length=NAME, default=_id)
    account = models.CharField(max_length=NAME)
    body = models.CharField(max_length=NAME, blank=True)
    name = models.CharField(max_length=TITLE)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=DIGEST, blank=True)
    offset = models.PositiveBigIntegerField(default=0)
    begun = models.DateTimeField(default=timezone.now)
    upload = models.CharField(max_length=NAME, blank=True)

    class Meta:
        """Found by account, and by age."""

        db_table = "hefu_arrival"
        indexes = (
            models.Index(fields=("account",), name="hefu_arrival_account"),
            models.Index(fields=("begun",), name="hefu_arrival_begun"),
        )


class Piece(models.Model):
    """A piece of an arrival, in a file of the storage until the whole is there. One at each offset."""

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="pieces")
    offset = models.PositiveBigIntegerField()
    path = models.CharField(max_length=TITLE)

    class Meta:
        """Read in the order of the offsets."""

        db_table = "hefu_piece"
        constraints = (models.UniqueConstraint(fields=("arrival", "offset"), name="hefu_piece_once"),)


class Wording(models.Model):
    """The official wording of a scheme's document as a body has loaded it; the newest of a scheme version counts."""

    body = models.CharField(max_length=NAME)
    scheme = models.CharField(max_length=NAME)
    texts = models.JSONField()
    loaded = models.DateTimeField(default=timezone.now)
    account = models.CharField(max_length=NAME)

    class Meta:
        """Found by body and scheme version, the newest first."""

        db_table = "hefu_wording"
        indexes = (models.Index(fields=("body", "scheme", "-id"), name="hefu_wording_newest"),)


def address(sha256: str) -> str:
    """The place of a content in the storage: two levels of folders, so that none grows long."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
