"""/complain/: what anybody may write to a body: a complaint, an appeal, an objection; and what became of it.

No account is needed, and no name. A box that people do not see catches programs that fill in every box.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hefu.papers import uploads
from hefu.papers.words import BadUpload
from hefu.people.models import Offer
from hefu.register import intake
from hefu.register.intake import APPEAL, COMPLAINT, KINDS, OBJECTION, Written
from hefu.register.models import EntryRow, IntakeNote, StepRow
from hefu.web import moment
from hefu.web.limits import limited
from hefu.web.public import schemes
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse, QueryDict

    from hefu.register.intake import Receipt

SENDING, ASKING = 5, 10
"""What one address may send, and ask after, in a minute."""
SHORTEST, LONGEST, LINE, FILES = 10, 5_000, 200, 5
TRAP = "website"
TITLES = {
    COMPLAINT: gettext_lazy("a complaint: about a holder, a certificate or how it is used, or about the body"),
    APPEAL: gettext_lazy("an appeal: against a decision of the body"),
    OBJECTION: gettext_lazy("an objection: to what is being made public"),
}


class Problem(NamedTuple):
    """Something that is not right, and the box that it is about."""

    href: str
    message: str


class About(NamedTuple):
    """What somebody writes about: an entry, an announcement, and where both come from."""

    entry: EntryRow | None
    step: StepRow | None

    @property
    def place(self) -> EntryRow | StepRow | None:
        return self.entry or self.step


@never_cache
@limited("complain", per_minute=SENDING)
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """The form, and what is sent with it."""
    asked = request.POST if request.method == "POST" else request.GET
    about, offers = _about(asked), _offers()
    if request.method != "POST":
        return _form(request, asked, about, offers, [])
    problems = list(_problems(asked, about, offers, len(request.FILES.getlist("files"))))
    if problems:
        return _form(request, asked, about, offers, problems)
    if asked.get(TRAP):
        return _form(request, asked, about, offers, [Problem("#text", _("This could not be sent. Try again."))])
    receipt = intake.receive(_written(asked, about), moment.now().at)
    refused = [f"{file.name}: {in_language(bad.message)}" for file, bad in _keep(request, receipt)]
    context = {"receipt": receipt, "refused": refused, "body": schemes.bodies([receipt.row.body]).get(receipt.row.body)}
    return render(request, "hefu/public/complained.html", context)


@never_cache
@limited("complained", per_minute=ASKING)
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """What became of it, for whoever has the reference and the secret."""
    found, problems = None, []
    if request.method == "POST":
        found = intake.find(request.POST.get("reference", ""), request.POST.get("secret", ""))
        if found is None:
            problems = [Problem("#reference", _("Nothing is known under this reference and secret."))]
    notes = IntakeNote.objects.filter(intake=found).order_by("at", "pk") if found else []
    body = schemes.bodies([found.body]).get(found.body) if found else None
    context = {"found": found, "notes": notes, "problems": problems, "body": body, "given": request.POST}
    return render(request, "hefu/public/complain-status.html", context, status=422 if problems else 200)


def _form(
    request: HttpRequest, asked: QueryDict, about: About, offers: list[tuple[str, str]], problems: list[Problem]
) -> HttpResponse:
    place = about.place
    kind = asked.get("kind", "") or (OBJECTION if about.step else COMPLAINT)
    context = {
        "given": asked, "kind": kind, "kinds": list(TITLES.items()), "about": about, "offers": offers,
        "chosen": asked.get("to", "") or _first(offers, asked.get("scheme", "")), "problems": problems,
        "wrong": {problem.href[1:]: problem.message for problem in problems}, "trap": TRAP, "files": FILES,
        "key": asked.get("key", "") or secrets.token_urlsafe(16), "longest": LONGEST,
        "body": schemes.bodies([place.body]).get(place.body) if place else None,
    }  # fmt: skip
    return render(request, "hefu/public/complain.html", context, status=422 if problems else 200)


def _about(asked: QueryDict) -> About:
    entry = EntryRow.objects.filter(public=asked.get("entry", "")).first() if asked.get("entry") else None
    found = StepRow.objects.exclude(name="").filter(public=asked.get("about", "")) if asked.get("about") else None
    return About(entry, found.first() if found is not None else None)


def _offers() -> list[tuple[str, str]]:
    """To whom one may write: each body under each of its schemes."""
    found = []
    for offer in Offer.objects.select_related("body").order_by("body__name", "scheme"):
        scheme = schemes.current(offer.scheme)
        if scheme is not None:
            title = f"{schemes.name_of(offer.body)} · {in_language(scheme.file.document.title)}"
            found.append((f"{offer.body_id}/{offer.scheme}", title))
    return found


def _first(offers: list[tuple[str, str]], scheme: str) -> str:
    return next((value for value, _ in offers if scheme and value.endswith(f"/{scheme}")), "")


def _problems(asked: QueryDict, about: About, offers: list[tuple[str, str]], files: int) -> Iterator[Problem]:
    if asked.get("kind") not in KINDS:
        yield Problem("#kind", _("Choose what it is."))
    if about.place is None and asked.get("to") not in dict(offers):
        yield Problem("#to", _("Choose whom it is for."))
    text = asked.get("text", "").strip()
    if len(text) < SHORTEST:
        yield Problem("#text", _("Say what it is about, in a sentence at least."))
    if len(text) > LONGEST:
        yield Problem(
            "#text", _("Shorten the text to %(longest)s characters; more can go into a file.") % {"longest": LONGEST}
        )
    for name in ("name", "contact", "which"):
        if len(asked.get(name, "")) > LINE:
            yield Problem(f"#{name}", _("Shorten this to %(longest)s characters.") % {"longest": LINE})
    if files > FILES:
        yield Problem("#files", _("At most %(files)s files can be sent with it.") % {"files": FILES})
    if not 8 <= len(asked.get("key", "")) <= LINE:  # noqa: PLR2004 - long enough that nobody else has it
        yield Problem("#text", _("The form is not complete. Load the page again."))


def _written(asked: QueryDict, about: About) -> Written:
    """What was written; about which dossier is known from what it is about, never from what was sent."""
    place = about.place
    body, scheme = (place.body, place.scheme) if place else asked.get("to", "").split("/", 1)
    which = _clean(asked.get("which", ""))
    text = asked.get("text", "").strip().replace("\0", "").replace("\r\n", "\n")
    return Written(
        asked.get("key", ""), asked.get("kind", ""), body, scheme, about.entry.public if about.entry else "",
        about.step.public if about.step else "", place.dossier if place else "",
        _clean(asked.get("name", "")), _clean(asked.get("contact", "")), f"{which}\n{text}" if which else text,
    )  # fmt: skip


def _clean(line: str) -> str:
    return " ".join(line.replace("\0", "").split())


def _keep(request: HttpRequest, receipt: Receipt) -> list[tuple[Any, BadUpload]]:
    """Keep the files; those that cannot be taken, with the reason."""
    place, refused = intake.place_of(receipt.row), []
    known = {(upload.name, upload.size) for upload in uploads.of(place)}
    for file in request.FILES.getlist("files")[:FILES]:
        if (file.name, file.size) in known:  # the form was sent twice
            continue
        kept = uploads.receive(place, file, receipt.row.body, place)
        if isinstance(kept, BadUpload):
            refused.append((file, kept))
    return refused
