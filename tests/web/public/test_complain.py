"""What the public writes: received once, followed with a secret, heard by those whose task it is, taken up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hefu.papers import uploads
from hefu.people.models import Body
from hefu.register import intake
from hefu.register.models import EntryRow, IntakeNote, IntakeRow, StepRow
from hefu.web.public.complain import SENDING
from tests.dossiers.lives import life
from tests.people.town import assign, person
from tests.web.public.square import FIRST, LIST, SLUG, WAL, lived, signed_in

if TYPE_CHECKING:
    from hefu.people.models import Account

TEXT = "The holder shows the certificate for a service that it does not cover."
KEY = "a-key-of-a-form-that-is-long-enough"


def said(**more: str) -> dict[str, str]:
    return {"kind": "complaint", "to": f"{SLUG}/wal-qp-21", "text": TEXT, "key": KEY, **more}


def officer(role: str = "complaints-officer", name: str = "tao") -> tuple[Account, Client]:
    account, client = person(name), Client()
    assign(account, Body.objects.get(pk=SLUG), role)
    signed_in(account, client)
    client.cookies["language"] = "en"
    return account, client


def receipt(page: str) -> tuple[str, str]:
    reference, secret = re.findall(r'<code class="big">([^<]+)</code>', page)
    return reference, secret


def test_anybody_may_write_without_a_name_and_follow_it(visitor: Client) -> None:
    reference, secret = receipt(visitor.post("/complain/", said()).content.decode())
    row = IntakeRow.objects.get()
    assert (row.body, row.scheme, row.text, row.name, row.state) == (SLUG, "wal-qp-21", TEXT, "", "received")
    assert secret not in repr(row.__dict__)
    page = visitor.post("/complain/status/", {"reference": reference.upper(), "secret": f" {secret} "})
    assert "It waits to be read" in page.content.decode()


def test_the_same_form_sent_twice_is_one_with_the_same_receipt(visitor: Client) -> None:
    first, again = (receipt(visitor.post("/complain/", said()).content.decode()) for _ in range(2))
    assert first == again
    assert IntakeRow.objects.count() == 1


def test_a_secret_that_is_not_right_shows_nothing(visitor: Client) -> None:
    reference, _ = receipt(visitor.post("/complain/", said()).content.decode())
    for given in ({"reference": reference, "secret": "x"}, {"reference": "nothing", "secret": ""}, {}):
        response = visitor.post("/complain/status/", given)
        assert response.status_code == 422
        assert TEXT not in response.content.decode()


@pytest.mark.parametrize(("wrong", "told"), [
    ({"text": "bad"}, "#text"), ({"text": "x" * 6_000}, "#text"), ({"to": "nobody/nothing"}, "#to"),
    ({"kind": "x"}, "#kind"),
    ({"name": "x" * 300}, "#name"), ({"contact": "x" * 300}, "#contact"), ({"key": ""}, "#text"),
    ({"website": "spam"}, "#text"),
])  # fmt: skip
def test_what_is_not_right_is_told_and_nothing_is_lost(visitor: Client, wrong: dict[str, str], told: str) -> None:
    response = visitor.post("/complain/", said(**{"name": "A name", **wrong}))
    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="{told}"' in page
    assert "text" in wrong or TEXT in page
    assert not IntakeRow.objects.exists()


def test_nobody_sends_it_without_the_secret_of_the_form() -> None:
    assert Client(enforce_csrf_checks=True).post("/complain/", said()).status_code == 403


def test_somebody_who_sends_too_often_waits(visitor: Client) -> None:
    answers = [visitor.post("/complain/", said(text="x")).status_code for _ in range(2 * SENDING + 1)]
    assert 429 in answers


def test_it_is_about_what_its_page_was_about(visitor: Client) -> None:
    dossier = lived(WAL)
    entry = EntryRow.objects.get()
    assert entry.number in visitor.get("/complain/", {"entry": entry.public}).content.decode()
    visitor.post("/complain/", said(entry=entry.public, to="nobody/nothing"))
    row = IntakeRow.objects.get()
    assert (row.dossier, row.entry, row.scheme) == (dossier, entry.public, "wal-qp-21")


def test_files_come_with_it_and_bad_ones_are_told(visitor: Client) -> None:
    good = SimpleUploadedFile("photo.txt", b"what is seen\n")
    bad = SimpleUploadedFile("run.exe", b"MZ\x90\x00" + b"\0" * 200)
    page = visitor.post("/complain/", {**said(), "files": [good, bad]}).content.decode()
    assert "run.exe" in page
    assert [one.name for one in uploads.of(intake.place_of(IntakeRow.objects.get()))] == ["photo.txt"]


def test_only_those_hear_it_who_may_register_it(visitor: Client) -> None:
    visitor.post("/complain/", said())
    number = IntakeRow.objects.get().pk
    _, hearing = officer()
    _, auditor = officer("lead-auditor", "zhao")
    assert TEXT[:40] in hearing.get("/intake/").content.decode()
    assert hearing.get(f"/intake/{number}/").status_code == 200
    for client in (auditor,):
        assert client.get("/intake/").status_code == 404
        assert client.get(f"/intake/{number}/").status_code == 404
        assert client.post(f"/intake/{number}/answer/", {"text": "no"}).status_code == 404
    assert visitor.get("/intake/").status_code == 302


def test_another_body_does_not_hear_it(visitor: Client) -> None:
    visitor.post("/complain/", said())
    other, client = person("other"), Client()
    elsewhere = Body.objects.create(slug="elsewhere", name="别处")
    elsewhere.offers.create(scheme="wal-qp-21")
    assign(other, elsewhere, "complaints-officer")
    signed_in(other, client)
    assert client.get(f"/intake/{IntakeRow.objects.get().pk}/").status_code == 404
    assert TEXT[:40] not in client.get("/intake/").content.decode()


def test_the_officer_takes_it_up_and_the_sheet_holds_what_was_written(visitor: Client) -> None:
    dossier = lived(WAL)
    file = SimpleUploadedFile("photo.txt", b"what is seen\n")
    visitor.post("/complain/", {**said(entry=EntryRow.objects.get().public, contact="13800138000"), "files": [file]})
    row = IntakeRow.objects.get()
    account, client = officer()
    page = client.get(f"/intake/{row.pk}/").content.decode()
    assert 'value="complaint.receive"' in page
    (file_address,) = re.findall(r'href="(/intake/\d+/files/[^"]+)"', page)
    assert b"".join(client.get(file_address)) == b"what is seen\n"
    response = client.post(f"/intake/{row.pk}/take/", {"act": "complaint.receive"})
    assert response.headers["Location"] == f"/d/{dossier}/do/complaint.receive/"
    assert TEXT in client.get(response.headers["Location"]).content.decode()
    assert [one.name for one in uploads.of(dossier)] == ["photo.txt"]
    row.refresh_from_db()
    assert row.state == "taken"
    assert IntakeNote.objects.get(did="taken").who == account.key


def test_an_act_that_is_not_for_it_is_not_found(visitor: Client) -> None:
    lived(WAL)
    visitor.post("/complain/", said(entry=EntryRow.objects.get().public))
    _, client = officer()
    number = IntakeRow.objects.get().pk
    for act in ("certificate.withdraw", "complaint.conclude", "nothing", ""):
        assert client.post(f"/intake/{number}/take/", {"act": act}).status_code == 404


def test_an_objection_is_raised_in_the_case_that_is_in_publicity(visitor: Client) -> None:
    told = life(LIST, "listed-after-publicity")
    publicised = next(n for n, step in enumerate(told.steps, 1) if step.act.do == "nomination.publicise")
    lived(LIST, "listed-after-publicity", steps=publicised)
    visitor.post("/complain/", said(kind="objection", about=StepRow.objects.get(name="publicity").public))
    _, client = officer("committee-office")
    page = client.get(f"/intake/{IntakeRow.objects.get().pk}/").content.decode()
    assert 'value="nomination.object"' in page


def test_where_nothing_was_named_the_officer_says_which_entry_it_is(visitor: Client) -> None:
    dossier = lived(FIRST)
    visitor.post("/complain/", said(to=f"{SLUG}/nfcc-ir-000-01", which="some certificate"))
    row = IntakeRow.objects.get()
    _, client = officer()
    client.post(f"/intake/{row.pk}/about/", {"number": "no such number"})
    row.refresh_from_db()
    assert row.dossier == ""
    client.post(f"/intake/{row.pk}/about/", {"number": EntryRow.objects.get().number})
    row.refresh_from_db()
    assert row.dossier == dossier


def test_the_answer_is_read_by_whoever_wrote(visitor: Client) -> None:
    reference, secret = receipt(visitor.post("/complain/", said()).content.decode())
    account, client = officer()
    number = IntakeRow.objects.get().pk
    assert client.post(f"/intake/{number}/answer/", {"text": " "}).status_code == 422
    client.post(f"/intake/{number}/answer/", {"text": "We have looked into it."})
    page = visitor.post("/complain/status/", {"reference": reference, "secret": secret}).content.decode()
    assert "We have looked into it." in page
    assert account.name not in page
    assert TEXT[:40] not in client.get("/intake/").content.decode()
    assert TEXT[:40] in client.get("/intake/?all").content.decode()
