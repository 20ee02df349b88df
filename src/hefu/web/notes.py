"""Clause chips and their notes: every chip is a button that opens a note; the notes stand once at the end of the page.

What a note says is the scheme's own gist of the clause, its kind, how the scheme treats it, and where it stands in the
document. Chips are written in Python and not in a template: a page may have two hundred.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hefu.rules.place import cited, item
from hefu.web.words import CLAUSE_KINDS, TREATMENTS, in_language, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from django.http import HttpRequest
    from django.template import Context

    from hefu.rules.model import Scheme

CHIP = '<button type="button" class="{}" popovertarget="{}"><span class="sr">{} </span>{}</button>'
NOT_IN_IDS = re.compile(r"[^0-9a-z一-鿿]+")


class Note(NamedTuple):
    """A note of one page: its id there, its head, its paragraphs, where to read on, and the document's own words."""

    id: str
    head: SafeString
    paragraphs: tuple[SafeString, ...]
    source: str
    href: str
    quotes: tuple[str, ...] = ()


class Notes:
    """The notes that a page has collected so far, each once."""

    def __init__(self) -> None:
        self._held: dict[object, Note] = {}
        self._taken: set[str] = set()

    def __iter__(self) -> Iterator[Note]:
        return iter(self._held.values())

    def __len__(self) -> int:
        return len(self._held)

    def keep(self, key: object, name: str, make: Callable[[str], Note]) -> str:
        """The id of the note with this key, which is made when it is new."""
        if key not in self._held:
            ident, number = name, 1
            while ident in self._taken:
                number += 1
                ident = f"{name}-{number}"
            self._taken.add(ident)
            self._held[key] = make(ident)
        return self._held[key].id


def of(context: Context) -> Notes:
    """The notes of the page that is being written: of its request, else of this rendering."""
    request = getattr(context, "request", None) or context.get("request")
    holder: Any = request.__dict__ if request is not None else context.render_context.dicts[0]
    notes: Notes = holder.setdefault("_hefu_notes", Notes())
    return notes


_pages: list[Callable[[Scheme, str], str]] = []


def read_on_at(function: Callable[[Scheme, str], str]) -> None:
    """Let a function give the address where a clause of a scheme is read; the slice of schemes registers it."""
    _pages[:] = [function]


def reading(scheme: Scheme, clause: str) -> str:
    """The address where a clause is read; empty as long as nobody has said."""
    return _pages[0](scheme, clause) if _pages else ""


_quotes: list[Callable[[HttpRequest | None, Scheme], Mapping[str, str]]] = []


def quoted_by(function: Callable[[HttpRequest | None, Scheme], Mapping[str, str]]) -> None:
    """Let a function give the official wording that a reader may see, by clause; papers register it."""
    _quotes[:] = [function]


def chips(context: Context, ids: Iterable[str], scheme: Scheme, *, bare: bool = False) -> SafeString:
    """A chip for each place that these clauses stand in, in their order."""
    notes = of(context)
    places: dict[str, list[str]] = {}
    for clause in ids:
        place = scheme.places[clause][0] if clause in scheme.places else clause
        places.setdefault(place, []).append(clause)
    look = "clause clause--bare" if bare else "clause"
    quotes = _quotes[0](context.get("request"), scheme) if _quotes and places else {}
    return mark_safe(" ".join(_chip(notes, held, scheme, look, quotes) for held in places.values()))  # noqa: S308 - escaped parts


def _chip(notes: Notes, held: list[str], scheme: Scheme, look: str, quotes: Mapping[str, str]) -> SafeString:
    note = _remembered(tuple(held), scheme)
    said = tuple(quotes[clause] for clause in held if clause in quotes)
    ident = notes.keep((scheme.ref, *held), note.id, lambda ident: note._replace(id=ident, quotes=said))
    return _button(look, ident, _("Clause"), label(held, scheme))


@lru_cache(maxsize=16_384)
def _button(look: str, ident: str, word: str, text: str) -> SafeString:
    return format_html(CHIP, look, ident, word, text)


_written: dict[object, Note] = {}


def _remembered(held: tuple[str, ...], scheme: Scheme) -> Note:
    """The note of some clauses; a page has hundreds, and they say the same on every page in its language."""
    key = (scheme.digest, held, get_language(), *_pages)
    if key not in _written:
        _written[key] = _note(_name("c", held), list(held), scheme)
    return _written[key]


def label(held: Sequence[str], scheme: Scheme) -> str:
    """How clauses of one place are cited: with the item that they share; by the id where this version has none such."""
    found = scheme.places.get(held[0])
    if found is None:
        return held[0]
    items = {item(clause, found[0]) for clause in held}
    return in_language(cited(*found, items.pop() if len(items) == 1 else ""))


def parameter(context: Context, name: str, scheme: Scheme) -> SafeString:
    """The chip of a setting: a number that the body has set and the document does not give."""
    notes, setting = of(context), scheme.file.settings[name]
    number = ", ".join(setting.ambiguity)
    ident = notes.keep((scheme.ref, "setting", name), _name("p", (scheme.id, name)),
                       lambda ident: _setting_note(ident, name, scheme))  # fmt: skip
    return format_html(CHIP, "clause clause--param", ident, "", _("Setting %(number)s") % {"number": number})


def _name(prefix: str, parts: Iterable[str]) -> str:
    held = list(parts)
    stem = held[0] if prefix == "c" else "-".join(held)
    more = f"-{len(held)}" if prefix == "c" and len(held) > 1 else ""
    return f"{prefix}-{NOT_IN_IDS.sub('-', stem.lower()).strip('-')}{more}"


def _note(ident: str, clauses: list[str], scheme: Scheme) -> Note:
    first = clauses[0]
    kinds = dict.fromkeys(scheme.clauses[one].kind for one in clauses if one in scheme.clauses)
    title = in_language(scheme.places[first][1]) if first in scheme.places else ""
    head = format_html(
        "<b>{}</b> {} <span>{}</span>",
        label(clauses, scheme),
        title,
        _(", ").join(str(CLAUSE_KINDS[kind]) for kind in kinds),
    )
    paragraphs = tuple(_gist(one, scheme) for one in clauses)
    document = scheme.file.document
    href = reading(scheme, first)
    return Note(ident, head, paragraphs, f"{document.id} {in_language(document.title)}", href)


def _gist(clause: str, scheme: Scheme) -> SafeString:
    """What one clause says, its id and how the scheme treats it."""
    found = scheme.clauses.get(clause)
    if found is None:
        return format_html("{} <small><code>{}</code></small>", _("This version has no such clause."), clause)
    return format_html("{} <small><code>{}</code> {}</small>", in_language(found), clause, TREATMENTS[found.treatment])


def _setting_note(ident: str, name: str, scheme: Scheme) -> Note:
    setting = scheme.file.settings[name]
    head = format_html(
        "<b>{}</b> <span>{}</span>", in_language(setting.title), _("set by the body, not given by the document")
    )
    value = scheme.settings.get(name, setting.default)
    lines = (format_html("{}<b>{}</b>", _("In force here: "), shown(value)),
             format_html("{}{}", _("Where the body sets nothing: "), shown(setting.default)),
             format_html_join(" ", "<code>{}</code>", ((clause,) for clause in setting.clauses)))  # fmt: skip
    document = scheme.file.document
    return Note(ident, head, lines, f"{document.id} {in_language(document.title)}", "")
