"""What of a dossier its reader may name as evidence in a sheet: its papers, and the files of its materials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from hefu.web.forms.evidence import names_papers
from hefu.web.forms.tree import Paper, Sources
from hefu.web.papers.listing import papers
from hefu.web.words import in_language

if TYPE_CHECKING:
    from hefu.rules.model import Action
    from hefu.web.door import Door
    from hefu.web.papers.listing import Held


def sources(door: Door, action: Action) -> Sources:
    """What may be named where an act asks for evidence; nothing is looked up where it does not."""
    if not names_papers(action.form.fields):
        return Sources()
    found = papers(door)
    forms = [one.made.form for one in found.documents]
    documents = [f"{form.number} {in_language(form.title)}".strip() for form in forms]
    files = {one.name: tuple(map(_paper, one.files)) for one in found.materials}
    materials = [
        _("%(material)s: %(file)s") % {"material": in_language(one.option.title), "file": held.shown.upload.name}
        for one in found.materials
        for held in one.files
    ]
    named = (*documents, *materials, *(held.shown.upload.name for held in found.files))
    return Sources(tuple(dict.fromkeys(named)), files)


def _paper(held: Held) -> Paper:
    upload = held.shown.upload
    return Paper(upload.pk, upload.name, upload.size, upload.sha256, reverse("papers:upload", args=[upload.pk]))
