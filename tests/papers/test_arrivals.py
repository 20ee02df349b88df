"""A file in pieces over a line that breaks is the same file in the end."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from hefu.papers.arrivals import (
    UnknownArrivalError,
    WrongOffsetError,
    abandon,
    announce,
    arrival,
    continued,
    finish,
    sweep_arrivals,
)
from hefu.papers.models import Arrival, Piece, Upload
from hefu.papers.uploads import open_upload
from hefu.papers.words import BadUpload
from tests.papers import files
from tests.papers.makers import PDF, stored

pytestmark = pytest.mark.usefixtures("sites")


def announced(content: bytes = PDF, name: str = "报告.pdf", sha: str | None = None) -> Arrival:
    coming = announce("p1", name, len(content), sha256(content).hexdigest() if sha is None else sha)
    assert isinstance(coming, Arrival), coming
    return coming


def again(coming: Arrival) -> Arrival:
    """As another process reads it."""
    return arrival("p1", coming.pk)


def send(coming: Arrival, content: bytes, step: int) -> None:
    for offset in range(coming.offset, len(content), step):
        continued(again(coming), offset, content[offset : offset + step])


def test_pieces_become_the_file() -> None:
    coming = announced()
    send(coming, PDF, 20)

    upload = finish(again(coming))

    assert isinstance(upload, Upload)
    assert (upload.name, upload.account, upload.kind) == ("报告.pdf", "p1", "pdf")
    with open_upload(upload) as file:
        assert file.read() == PDF
    assert stored() == [upload.blob.path]


def test_a_broken_line_goes_on_where_it_was() -> None:
    coming = announced()
    continued(coming, 0, PDF[:30])
    known = again(coming).offset

    with pytest.raises(WrongOffsetError) as early:
        finish(again(coming))
    with pytest.raises(WrongOffsetError) as doubled:
        continued(again(coming), 0, PDF[:30])
    send(again(coming), PDF, 1_000)

    assert (known, early.value.offset, doubled.value.offset) == (30, 30, 30)
    assert isinstance(finish(again(coming)), Upload)


def test_two_processes_with_the_same_piece_count_it_once() -> None:
    coming = announced()
    first, second = again(coming), again(coming)
    continued(first, 0, PDF[:30])

    with pytest.raises(WrongOffsetError) as late:
        continued(second, 0, PDF[:30])

    assert late.value.offset == 30
    assert Piece.objects.count() == len(stored()) == 1


def test_finishing_again_gives_the_same_upload() -> None:
    coming = announced()
    send(coming, PDF, 1_000)
    late = again(coming)

    first, second, third = finish(again(coming)), finish(again(coming)), finish(late)

    assert isinstance(first, Upload)
    assert first == second == third
    assert Upload.objects.count() == 1


def test_pieces_that_the_storage_has_lost_are_asked_for_again() -> None:
    coming = announced()
    send(coming, PDF, 40)
    default_storage.delete(next(iter(Piece.objects.all())).path)

    with pytest.raises(WrongOffsetError) as lost:
        finish(again(coming))
    send(again(coming), PDF, 1_000)

    assert lost.value.offset == 0
    assert isinstance(finish(again(coming)), Upload)


def test_what_is_not_what_was_announced_is_refused_and_forgotten() -> None:
    coming = announced(sha="0" * 64)
    send(coming, PDF, 1_000)

    refused = finish(again(coming))

    assert isinstance(refused, BadUpload)
    assert refused.code == "hash"
    assert not stored()
    assert not Arrival.objects.exists()


def test_content_is_checked_when_it_is_whole() -> None:
    content = files.pdf(b"<</S /JavaScript>>")
    coming = announced(content)
    send(coming, content, 1_000)

    refused = finish(again(coming))

    assert isinstance(refused, BadUpload)
    assert refused.code == "pdf-script"


@pytest.mark.parametrize(
    ("code", "name", "size"),
    [
        ("empty", "a.pdf", 0),
        ("too-large", "a.pdf", 51 << 20),
        ("too-large", "a.png", 21 << 20),
        ("type", "a.exe", 100),
        ("script", "a.svg", 100),
        ("name", "..", 100),
    ],
)
def test_what_cannot_come_in_is_refused_before_it_is_sent(code: str, name: str, size: int) -> None:
    refused = announce("p1", name, size)

    assert isinstance(refused, BadUpload)
    assert refused.code == code


def test_more_than_was_announced_is_not_taken() -> None:
    coming = announced()

    with pytest.raises(WrongOffsetError):
        continued(coming, 0, PDF + b"more")


def test_another_persons_arrival_does_not_exist() -> None:
    coming = announced()

    with pytest.raises(UnknownArrivalError):
        arrival("p2", coming.pk)


def test_what_is_given_up_or_older_than_a_week_is_forgotten() -> None:
    given_up, old, young = announced(), announced(), announced()
    for coming in (given_up, old, young):
        continued(coming, 0, PDF[:30])
    Arrival.objects.filter(pk=old.pk).update(begun=timezone.now() - timedelta(days=8))

    abandon(given_up)
    swept = sweep_arrivals(timezone.now())

    assert swept == 1
    assert [coming.pk for coming in Arrival.objects.all()] == [young.pk]
    assert len(stored()) == 1
