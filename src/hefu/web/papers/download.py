"""A file that was handed in, given back to those who may have it, in a way that cannot harm them.

It is somebody else's content on our address: it is downloaded, or shown in a sandbox where it is of a kind that a
browser draws by itself; its type is ours, found by content, and a browser may not guess another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from hefu.papers.kinds import KINDS
from hefu.papers.models import Upload
from hefu.papers.uploads import open_upload
from hefu.web.papers.reading import may_fetch

if TYPE_CHECKING:
    from django.http import HttpRequest

SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@login_required
@require_safe
def download(request: HttpRequest, upload_id: str) -> FileResponse:
    """The content of an upload; with ?show, on the page where it is harmless. 404 for whoever may not know of it."""
    upload = Upload.objects.select_related("blob").filter(pk=upload_id).first()
    if upload is None or not may_fetch(request, upload):
        raise Http404
    kind = KINDS[upload.kind]
    inline = kind.inline and not upload.remarks and "show" in request.GET
    mime = f"{kind.mime}; charset=utf-8" if kind.mime == "text/plain" else kind.mime
    answer = FileResponse(open_upload(upload), content_type=mime)
    answer.headers["Content-Disposition"] = content_disposition_header(not inline, upload.name) or "attachment"
    answer.headers["Content-Length"] = str(upload.size)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["ETag"] = f'"{upload.sha256}"'
    return answer
