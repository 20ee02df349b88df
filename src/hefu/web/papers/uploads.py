"""My files: what somebody has handed in and not yet used, and the plain way to hand in more.

The same address takes a plain form without any script: one file or several, each answered for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hefu.papers import uploads as papers
from hefu.papers.kinds import ACCEPT, LARGEST, MB
from hefu.papers.words import REMARKS, BadUpload
from hefu.web import door

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from hefu.papers.models import Upload
    from hefu.rules.model import Text

FILE = "file"
"""The name of the input."""


class Shown(NamedTuple):
    """An upload with what is said about it."""

    upload: Upload
    remarks: tuple[Text, ...]


class Refused(NamedTuple):
    """A file that did not come in, under the name that the person knows it by."""

    name: str
    bad: BadUpload


def shown(upload: Upload) -> Shown:
    """An upload as templates draw it."""
    return Shown(upload, tuple(REMARKS[code] for code in upload.remarks))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest) -> HttpResponseBase:
    """The list of one's own unused files; POST hands in more, and says of each that is refused why."""
    account, refused = door.person(request), []
    if request.method == "POST":
        chosen = request.FILES.getlist(FILE)
        for file in chosen:
            answer = papers.receive(account.key, file)
            if isinstance(answer, BadUpload):
                refused.append(Refused(file.name or "", answer))
            else:
                messages.success(request, _("“%(name)s” has been received.") % {"name": answer.name})
        if chosen and not refused:
            return redirect("papers:uploads")
    seen = {
        "uploads": [shown(upload) for upload in papers.unbound(account.key)], "refused": refused, "accept": ACCEPT,
        "largest": LARGEST // MB, "days": papers.UNBOUND.days,
    }  # fmt: skip
    return render(request, "hefu/papers/uploads.html", seen, status=422 if refused else 200)


@login_required
@require_POST
def forget(request: HttpRequest, upload_id: str) -> HttpResponseBase:
    """Take away one's own unused file."""
    if not papers.forget(door.person(request).key, upload_id):
        raise Http404
    messages.success(request, _("The file has been taken away."))
    return redirect("papers:uploads")
