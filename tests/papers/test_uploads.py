"""What is handed in is kept once, belongs to its owner until a dossier takes it, and is then a record."""

from __future__ import annotations

import io
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from hefu.papers.models import Blob, Upload
from hefu.papers.uploads import (
    UnknownUploadError,
    bind,
    forget,
    needed_by,
    of,
    open_upload,
    receive,
    sweep_unbound,
    unbound,
)
from hefu.papers.words import BadUpload
from tests.papers.makers import PDF, handed, stored

pytestmark = pytest.mark.usefixtures("sites")


def test_a_file_comes_back_as_it_was_handed_in() -> None:
    upload = handed("p1")

    with open_upload(upload) as file:
        assert file.read() == PDF
    assert (upload.name, upload.kind, upload.size) == ("营业执照.pdf", "pdf", len(PDF))
    assert upload.sha256 == sha256(PDF).hexdigest()


def test_its_place_is_made_of_its_hash_only() -> None:
    sha = handed("p1", name="../../etc/passwd/授权书.pdf").sha256

    assert stored() == [f"{sha[:2]}/{sha[2:4]}/{sha}"]


def test_the_same_content_of_two_people_is_kept_once_and_recorded_twice() -> None:
    first, second = handed("p1"), handed("p2", name="执照副本.pdf")

    assert first.pk != second.pk
    assert Blob.objects.count() == 1
    assert len(stored()) == 1


def test_a_content_whose_file_was_cut_off_by_a_crash_is_written_again() -> None:
    upload = handed("p1")
    place = Path(settings.MEDIA_ROOT) / upload.blob.path
    Upload.objects.all().delete()
    Blob.objects.all().delete()
    place.write_bytes(PDF[:10])

    handed("p1")

    assert place.read_bytes() == PDF
    assert len(stored()) == 1


def test_what_is_refused_leaves_nothing_behind() -> None:
    refused = receive("p1", ContentFile(b"", name="a.pdf"))

    assert isinstance(refused, BadUpload)
    assert refused.code == "empty"
    assert not stored()
    assert not Upload.objects.exists()


def test_binding_makes_uploads_a_record_of_the_dossier_and_may_be_repeated() -> None:
    upload, other = handed("p1"), handed("p1", name="b.pdf")

    with transaction.atomic():
        bind([upload.pk], "d-1", "p1")
        bind([upload.pk], "d-1", "p1")

    assert [item.pk for item in of("d-1")] == [upload.pk]
    assert [item.pk for item in unbound("p1")] == [other.pk]


@pytest.mark.parametrize("guess", ["another person's", "another dossier's", "nobody's"])
def test_nobody_files_papers_that_are_not_theirs(guess: str) -> None:
    upload = handed("p2" if guess == "another person's" else "p1")
    if guess == "another dossier's":
        bind([upload.pk], "d-2", "p1")
    name = "guessed" if guess == "nobody's" else upload.pk

    with pytest.raises(UnknownUploadError):
        bind([name], "d-1", "p1")


def test_after_thirty_days_what_nobody_used_is_forgotten_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    old, named, bound, shared = (handed("p1", PDF + bytes([48 + place]) * 3) for place in range(4))
    bind([bound.pk], "d-1", "p1")
    Upload.objects.update(received=now - timedelta(days=31))
    young = handed("p2", PDF + b"333")
    assert young.sha256 == shared.sha256

    monkeypatch.setattr("hefu.papers.uploads._needed", [])
    needed_by(lambda: {named.pk})

    assert sweep_unbound(now) == 2

    assert set(Upload.objects.values_list("pk", flat=True)) == {named.pk, bound.pk, young.pk}
    assert old.blob.path not in stored()
    assert len(stored()) == 3


def test_a_large_file_is_never_wholly_in_memory() -> None:
    class Watched(io.BytesIO):
        longest = 0

        def read(self, size: int | None = -1) -> bytes:
            piece = super().read(size)
            self.longest = max(self.longest, len(piece))
            return piece

    file = Watched(PDF + b"%" + b"0" * 3_000_000)
    content = ContentFile(b"", name="scan.pdf")
    content.file = file

    receive("p1", content)

    assert 0 < file.longest <= 1 << 20


def test_somebody_who_hands_in_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    handed("p1")
    monkeypatch.setattr("hefu.papers.uploads.ALLOWANCE", 2 * len(PDF) - 1)

    refused = receive("p1", ContentFile(PDF, name="b.pdf"))

    assert isinstance(refused, BadUpload)
    assert refused.code == "quota"
    handed("p2")


def test_one_takes_away_only_ones_own_unused_uploads() -> None:
    mine, bound, other = handed("p1"), handed("p1", PDF + b"1"), handed("p2")
    bind([bound.pk], "d-1", "p1")

    assert forget("p1", mine.pk)
    assert not forget("p1", bound.pk)
    assert not forget("p1", other.pk)
    assert len(stored()) == 2
