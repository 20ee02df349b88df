"""Which papers of a dossier somebody may read, beyond knowing of the dossier.

The body's people read all of it. Whoever comes from outside reads the acts of their own role, and those of which an act
told their role; what the body notes for itself does not exist for them. All of that is in the scheme's data: who an act
is `by`, whom its notices go `to`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.dossiers.rows import OUTWARD
from hefu.papers.filled import deeds
from hefu.web import door

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hefu.papers.filled import Deed
    from hefu.papers.models import Upload
    from hefu.web.door import Door


def may_fetch(request: HttpRequest, upload: Upload) -> bool:
    """Whether they may have an upload. Raises Http404 where they may not know of its dossier."""
    if upload.account == door.person(request).key:
        return True
    if not upload.dossier:
        return False
    there = door.enter(request, upload.dossier)
    if there.inside:
        return True
    held = deeds(there.store, there.held.id)
    return any(upload.pk in deed.entry.given and may_read(there, deed) for deed in held)


def may_read(there: Door, deed: Deed) -> bool:
    """Whether somebody may read an act with its papers."""
    if there.inside:
        return True
    if deed.given.act is None:
        return False
    action = there.scheme.action(deed.given.act.do)
    if action is not None and action.by & there.actor.roles:
        return True
    sent = {role for event in deed.events if event.type in OUTWARD for role in event.data.get("to", ())}
    return bool(sent & there.actor.roles)
