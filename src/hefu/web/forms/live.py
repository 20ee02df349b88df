"""What htmx is sent while somebody fills in a form: only what has changed, so that nobody loses what is being typed.

A field is drawn anew when it begins or ceases to apply, and a table when it gets or loses a row. The page says in
`_state` what it shows, so the answer needs no memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hefu.web.forms import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest, HttpResponse

    from hefu.web.forms.drafts import State
    from hefu.web.forms.read import Read
    from hefu.web.forms.tree import Box, Drawn, Material


def live(request: HttpRequest, drawn: Drawn, read: Read, draft: State | None = None) -> HttpResponse:
    """The answer to a request that asks only for what has changed (`read.live`)."""
    shown = set(request.POST.getlist(names.STATE))
    changed = list(_changed(drawn.boxes, shown, read.pressed))
    around = {
        "drawn": drawn,
        "boxes": changed,
        "materials": list(_materials(drawn.boxes, shown, changed)),
        # Who was overtaken is not let past by the next saving that runs by itself.
        "draft": draft._replace(seen=read.draft) if draft is not None and draft.overtaken else draft,
    }
    return render(request, "hefu/forms/live.html", around)


def _changed(boxes: Iterable[Box], shown: set[str], pressed: str) -> Iterator[Box]:
    table = pressed.split(":")[1] if pressed.startswith(("add:", "remove:")) else ""
    for box in boxes:
        if box.id == table or (box.conditional and names.state(box.id, box.state) not in shown):
            yield box


def _materials(boxes: Iterable[Box], shown: set[str], changed: list[Box]) -> Iterator[tuple[Box, Material]]:
    for box in boxes:
        if box.materials and box not in changed:
            for material in box.materials:
                told = names.state(names.part(box.id, material.choice.value), material.state)
                if material.conditional and told not in shown:
                    yield box, material
