"""Evidence of a point: what the dossier holds by which it is judged, shown where somebody says what they found.

The scheme names the answers and materials of each point; what they say, and the files that were handed in, come from
the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hefu.web.forms.shown import text
from hefu.web.forms.tree import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hefu.rules.model import Field
    from hefu.rules.view import View
    from hefu.web.forms.shown import Words
    from hefu.web.forms.tree import Sources

EVIDENCE = "evidence"
"""The type of what names a paper of the dossier, and the place in it."""


def names_papers(fields: Iterable[Field]) -> bool:
    """Whether any of these fields wants a paper of the dossier to be named."""
    return any(field.type == EVIDENCE or any(column.type == EVIDENCE for column in field.columns) for field in fields)


def facts(names: Iterable[str], view: View, sources: Sources, words: Words) -> Iterator[Fact]:
    """What the case says to each question, or which files it has of each material.

    What it does not ask is left out, and so is what need not be answered and has not been.
    """
    case = view.case
    if case is None:
        return
    fields = view.scheme.machines[case.process].fields
    for name in names:
        key, _point, wanted = name.partition(".")
        field = fields.get(key)
        if field is None:
            continue
        held = case.data.get(key)
        if not wanted and (held not in (None, "", (), [], {}) or (field.required and field.when is None)):
            yield Fact(field.title.get(words.language), text(field, held, words) or "–")
        elif wanted in field.options:
            papers = sources.files.get(name, ())
            said = "" if papers else _("handed in without a file") if wanted in (held or ()) else _("not handed in")
            yield Fact(field.options[wanted].title.get(words.language), said, papers)
