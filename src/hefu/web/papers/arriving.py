"""A file in pieces, for the script in upload.js: begin, continue, ask, finish, give up.

POST   /uploads/new/             name, size, sha256 (optional)      201 with its address, or 422 with the reason
GET    /uploads/arriving/<id>/                                      200, Upload-Offset: bytes that are there
PATCH  /uploads/arriving/<id>/   Upload-Offset, the bytes           204, Upload-Offset; 409 where it does not continue
POST   /uploads/arriving/<id>/   field: the input that it is for    201 with the upload, or 422 with the reason
DELETE /uploads/arriving/<id>/                                      204

Every answer about a file carries the piece of page that shows it, so that a script draws nothing of its own.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hefu.papers.arrivals import (
    PIECE,
    UnknownArrivalError,
    WrongOffsetError,
    abandon,
    announce,
    arrival,
    continued,
    finish,
)
from hefu.papers.words import BadUpload
from hefu.web import door
from hefu.web.papers.uploads import Refused, shown
from hefu.web.words import in_language

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hefu.papers.models import Arrival

OFFSET = "Upload-Offset"
_READ = 1 << 16


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Announce a file."""
    account, name, size = door.person(request), request.POST.get("name", ""), request.POST.get("size", "")
    if not size.isdecimal():
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    answer = announce(account.key, name, int(size), request.POST.get("sha256", ""))
    if isinstance(answer, BadUpload):
        return _refused(request, name, answer)
    address = reverse("papers:arriving", args=[answer.pk])
    told = JsonResponse({"address": address, "piece": PIECE}, status=HTTPStatus.CREATED)
    told.headers["Location"], told.headers[OFFSET] = address, "0"
    return told


@require_http_methods(["GET", "HEAD", "PATCH", "POST", "DELETE"])
def coming(request: HttpRequest, arrival_id: str) -> HttpResponse:
    """Where an arrival is, a piece more of it, its end."""
    try:
        found = arrival(door.person(request).key, arrival_id)
        if request.method == "PATCH":
            return _at(_continued(request, found), HTTPStatus.NO_CONTENT)
        if request.method == "POST":
            return _finished(request, found)
    except UnknownArrivalError as error:
        raise Http404 from error
    except WrongOffsetError as error:
        return _at(error.offset, HTTPStatus.CONFLICT)
    if request.method == "DELETE":
        abandon(found)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _at(found.offset, HTTPStatus.OK)


def _continued(request: HttpRequest, found: Arrival) -> int:
    """Take the piece, if it is whole. Raises WrongOffsetError for one that is not."""
    length, offset = request.headers.get("Content-Length", ""), request.headers.get(OFFSET, "")
    if not (length.isdecimal() and offset.isdecimal()) or not 0 < int(length) <= PIECE:
        raise WrongOffsetError(found.offset)
    content = bytearray()
    while len(content) < int(length) and (part := request.read(min(_READ, int(length) - len(content)))):
        content += part
    if len(content) < int(length):
        raise WrongOffsetError(found.offset)
    return continued(found, int(offset), bytes(content))


def _finished(request: HttpRequest, found: Arrival) -> HttpResponse:
    answer = finish(found)
    if isinstance(answer, BadUpload):
        return _refused(request, found.name, answer)
    seen = {"shown": shown(answer), "field": request.POST.get("field", "")}
    html = render_to_string("hefu/papers/file.html", seen, request)
    return JsonResponse({"id": answer.pk, "name": answer.name, "html": html}, status=HTTPStatus.CREATED)


def _refused(request: HttpRequest, name: str, bad: BadUpload) -> JsonResponse:
    html = render_to_string("hefu/papers/refused.html", {"refused": Refused(name, bad)}, request)
    told = {"code": bad.code, "message": in_language(bad.message), "remedy": in_language(bad.remedy), "html": html}
    return JsonResponse(told, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _at(offset: int, status: HTTPStatus) -> HttpResponse:
    told = HttpResponse(status=status)
    told.headers[OFFSET], told.headers["Cache-Control"] = str(offset), "no-store"
    return told
