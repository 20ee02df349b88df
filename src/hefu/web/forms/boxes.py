"""One field as a box: for each type of the grammar its inputs, with options, hints and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from hefu.web.forms import choosing, names
from hefu.web.forms.applying import because, settled
from hefu.web.forms.evidence import EVIDENCE, facts, names_papers
from hefu.web.forms.pairs import inputs, point_of
from hefu.web.forms.rows import noted, table
from hefu.web.forms.shown import Words
from hefu.web.forms.tree import OFF, ON, Box, Cell, Choice, Column, Fault, Material, Paper, Point, Row
from hefu.web.forms.typed import NO, YES, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hefu.rules.model import Action, Field, Option, Scheme
    from hefu.rules.view import Actor, View
    from hefu.web.forms.tree import Sources

SHORT = 5
"""Options that stand side by side at most; more stand below each other."""
LINE = 60
"""Half-width signs that their words may take together."""
LIST = 12
"""Options of which one is chosen from a list that unfolds."""
WIDE = {"date": "c2", "integer": "c2", "number": "c2", "money": "c2"} | dict.fromkeys(
    ("text", "uscc", "person", "signature", "evidence"), ""
)
USCC = 18


class Boxes:
    """Draws the boxes of one form."""

    def __init__(  # noqa: PLR0913 - what a box may depend on
        self,
        action: Action,
        view: View,
        people: Mapping[str, Actor],
        answers: Mapping[str, Any],
        language: str,
        uploads: Mapping[str, Mapping[str, tuple[str, ...]]],
        papers: Mapping[str, Paper],
        pressed: str,
        sources: Sources,
    ) -> None:
        self.action, self.view, self.people, self.answers = action, view, people, answers
        self.language, self.uploads, self.papers, self.pressed = language, uploads, papers, pressed
        self.scheme: Scheme = view.scheme
        self.sources = sources

    def box(self, field: Field, state: str, faults: tuple[Fault, ...], source: str) -> Box:
        """A field with what is wrong with it; `source` says where a known answer comes from."""
        value = self.answers.get(field.id)
        why = because(field.when, self.action, self.view, self.language) if field.when is not None else ""
        box = Box(
            field.id, "line", field.title.get(self.language), field.required, self._gathered(field), self._hints(field),
            state=state, why=why, known=source, width=WIDE.get(field.type, "c6"),
            conditional=field.when is not None, filled=value not in (None, "", (), [], {}),
        )  # fmt: skip
        if state == OFF:
            kept = tuple((names.KEPT + name, text) for name, text in inputs(field, value)) if value is not None else ()
            return box._replace(kept=kept)
        drawn = self._typed(field, box, value, faults)
        return drawn._replace(faults=tuple(_at(fault, drawn) for fault in faults))

    def _typed(  # noqa: C901, PLR0911 - one row a type
        self,
        field: Field,
        box: Box,
        value: Any,  # noqa: ANN401 - of the field's type
        faults: tuple[Fault, ...],
    ) -> Box:
        match field.type:
            case "long-text":
                return box._replace(kind="area", value=written(value))
            case "boolean":
                return box._replace(kind="ask", choices=self._yes_or_no(field.id, value))
            case "choice" | "grade":
                return self._one(field, box, value)
            case "multi-choice":
                return self._many(field, box, value)
            case "organisation":
                given = value if isinstance(value, dict) else {"name": written(value)}
                own = choosing.organisations(self.people.values(), field.role)
                return box._replace(
                    kind="organisation", value=given.get("name", ""), uscc=given.get("uscc", ""), list=own
                )
            case "person" | "signature":
                return self._person(field, box, written(value))
            case "checklist":
                points = self._points(field, value, {fault.path for fault in faults})
                listed = self.sources.titles if names_papers((field,)) else ()
                return box._replace(kind="points", points=points, columns=self._heads(field, noted(field)), list=listed)
            case "rows" | "team" | "man-days":
                return self._table(field, box, value, {fault.path for fault in faults})
            case "materials":
                return box._replace(kind="materials", materials=self._materials(field, value))
            case "file":
                held = (self._paper(str(value)),) if value else ()
                return box._replace(kind="file", papers=held, value=str(value or ""))
            case _:
                return self._line(field, box, value)

    def _gathered(self, field: Field) -> tuple[str, ...]:
        """The clauses of a field with those of its options that stand in the same places: one chip holds them all."""
        parts: tuple[Field | Option, ...] = (
            (*field.options.values(), *field.columns) if field.type != "materials" else ()
        )
        more = [clause for part in parts if not self._apart(field, part) for clause in part.clauses]
        return tuple(dict.fromkeys((*field.clauses, *more)))

    def _apart(self, field: Field, part: Field | Option) -> bool:
        """Whether an option or column stands in another place of the document than its field."""
        return not self._places(part.clauses) <= self._places(field.clauses)

    def _places(self, clauses: tuple[str, ...]) -> frozenset[str]:
        places = self.scheme.places
        return frozenset(places[clause][0] for clause in clauses if clause in places)

    def _hints(self, field: Field) -> tuple[str, ...]:
        """Rules of filling in, and limits."""
        found = [field.note.get(self.language)] if field.note else []
        if field.type == EVIDENCE:
            found.append(_("which paper, and where in it"))
        if field.pattern and isinstance(field.sample, str):
            found.append(_("such as %(sample)s") % {"sample": field.sample})
        if field.max_chars:
            found.append(_("at most %(number)s characters") % {"number": field.max_chars})
        low, high = field.minimum, field.maximum
        if low is not None and high is not None:
            found.append(_("from %(low)s to %(high)s") % {"low": written(low), "high": written(high)})
        elif low is not None:
            found.append(_("at least %(low)s") % {"low": written(low)})
        elif high is not None:
            found.append(_("at most %(high)s") % {"high": written(high)})
        return tuple(found)

    def _line(self, field: Field, box: Box, value: Any) -> Box:  # noqa: ANN401
        """One input on one line. A day that could not be read stands as text, because a day's input would hide it."""
        text = written(value)
        kind = "date" if field.type == "date" and not (text and isinstance(value, str)) else "text"
        mode = {"integer": "numeric", "number": "decimal", "money": "decimal"}.get(field.type, "")
        unit = _("yuan") if field.type == "money" else ""
        own = choosing.organisations(self.people.values(), field.role)
        own = self.sources.titles if field.type == EVIDENCE else own
        return box._replace(value=text, input=kind, mode=mode, unit=unit, list=own)

    def _yes_or_no(self, name: str, value: Any) -> tuple[Choice, ...]:  # noqa: ANN401
        chosen = written(value)
        return (Choice(f"f-{name}", YES, _("yes"), chosen == YES), Choice(f"f-{name}.no", NO, _("no"), chosen == NO))

    def _one(self, field: Field, box: Box, value: Any) -> Box:  # noqa: ANN401
        """One of several: side by side, below each other with their clauses, or in a list where they are many."""
        chosen = self._options(field, (written(value),))
        if not field.required or len(chosen) > LIST:
            return box._replace(kind="select", choices=chosen, width="")
        if any(choice.clauses or choice.note for choice in chosen):
            return box._replace(kind="opts", choices=chosen)
        short = len(chosen) <= SHORT and sum(_width(choice.title) for choice in chosen) <= LINE
        return box._replace(kind="ask" if short else "radios", choices=chosen)

    def _many(self, field: Field, box: Box, value: Any) -> Box:  # noqa: ANN401
        given = tuple(map(str, value)) if isinstance(value, list | tuple) else (written(value),) if value else ()
        if not field.options:
            hints = (*box.hints, _("one on each line"))
            return box._replace(kind="area", value="\n".join(given), hints=hints)
        choices = self._options(field, given)
        return box._replace(kind="picks" if any(one.note for one in choices) else "many", choices=choices)

    def _options(self, field: Field, given: tuple[str, ...]) -> tuple[Choice, ...]:
        return tuple(
            self._choice(field, number, option, option.id in given)
            for number, option in enumerate(field.options.values())
        )

    def _choice(self, field: Field, number: int, option: Option, chosen: bool) -> Choice:  # noqa: FBT001 - a plain fact
        note = option.note.get(self.language) if option.note else ""
        ident = f"f-{field.id}.{number}" if number else f"f-{field.id}"
        clauses = option.clauses if self._apart(field, option) else ()
        return Choice(ident, option.id, option.title.get(self.language), chosen, clauses, note)

    def _person(self, field: Field, box: Box, chosen: str) -> Box:
        """People to choose from; a signature by somebody who is not known here is written as a name."""
        people = {**self.people, self.view.actor.id: self.view.actor} if field.type == "signature" else self.people
        roles = frozenset((field.role,)) if field.role else frozenset()
        actors = choosing.eligible(people, roles, self.view.actor, self.scheme)
        if not actors and field.type == "signature":
            return box._replace(value=chosen)
        people_to_choose = choosing.choices(actors, chosen, self.view.actor, self.view)
        seen = choosing.candidates(actors, self.scheme, self.view, self.language) if field.part else ()
        return box._replace(kind="select", choices=people_to_choose, candidates=seen)

    def _points(self, field: Field, value: Any, bad: set[str]) -> tuple[Point, ...]:  # noqa: ANN401
        given = value if isinstance(value, dict) else {}
        return tuple(
            self._point(field, number, option, given.get(option.id), bad)
            for number, option in enumerate(field.options.values())
            if option.when is None or option.when(self.view) is not False or option.id in given
        )

    def _point(self, field: Field, number: int, option: Option, answer: Any, bad: set[str]) -> Point:  # noqa: ANN401
        word, said = point_of(answer)
        stem = f"f-{field.id}.{number}"
        words = tuple(
            Choice(f"{stem}.{place}" if place else stem, key, title.get(self.language), key == word)
            for place, (key, title) in enumerate(field.answers.items())
        )
        cells = tuple(self._noted(field, number, option, column, said.get(column.id)) for column in noted(field))
        return Point(
            stem, f"l-{field.id}.{number}", option.title.get(self.language),
            option.clauses if self._apart(field, option) else (), option.optional, words,
            names.part(field.id, option.id), tuple(cell._replace(bad=cell.path in bad) for cell in cells),
            names.part(field.id, option.id) in bad,
        )  # fmt: skip

    def _noted(self, field: Field, number: int, option: Option, column: Field, value: Any) -> Cell:  # noqa: ANN401
        """What is said of a point in one column; above evidence stands what the dossier holds of it."""
        title = {"point": option.title.get(self.language), "column": column.title.get(self.language)}
        cell = self._input(field, column, value, _("%(point)s, %(column)s") % title)
        found = facts(option.evidence, self.view, self.sources, self._words()) if column.type == EVIDENCE else ()
        return cell._replace(
            id=f"f-{field.id}.{number}.{column.id}", name=names.noted(field.id, option.id, column.id),
            path=names.cell(field.id, option.id, column.id), facts=tuple(found),
        )  # fmt: skip

    def _words(self) -> Words:
        return Words(self.language, {key: one.name for key, one in self.people.items()}, self.papers)

    def _table(self, field: Field, box: Box, value: Any, bad: set[str]) -> Box:  # noqa: ANN401
        columns = table(field)
        given = [row for row in value if isinstance(row, dict)] if isinstance(value, list | tuple) else []
        roles = frozenset(key for column in columns for key in column.options if key in self.scheme.file.roles)
        wanted = roles if field.type == "team" else frozenset()
        actors = choosing.eligible(self.people, wanted, self.view.actor, self.scheme)
        rows = tuple(
            Row(number, tuple(self._cell(field, column, number, row.get(column.id), bad, actors) for column in columns))
            for number, row in enumerate(given or [{}])
        )
        seen = choosing.candidates(actors, self.scheme, self.view, self.language) if field.type == "team" else ()
        listed = choosing.fields_of(actors) if field.type == "team" else ()
        fresh = self.pressed == f"add:{field.id}"
        if fresh:
            first, *rest = rows[-1].cells
            rows = (*rows[:-1], rows[-1]._replace(cells=(first._replace(focus=True), *rest)))
        listed = self.sources.titles if names_papers((field,)) else listed
        heads = self._heads(field, columns)
        return box._replace(kind="table", columns=heads, rows=rows, candidates=seen, list=listed, fresh=fresh)

    def _heads(self, field: Field, columns: tuple[Field, ...]) -> tuple[Column, ...]:
        return tuple(
            Column(
                item.title.get(self.language),
                item.required,
                item.clauses if self._apart(field, item) else (),
                " · ".join(self._hints(item)),
            )
            for item in columns
        )

    def _cell(  # noqa: PLR0913 - a cell, where it stands and what stands in it
        self,
        field: Field,
        column: Field,
        number: int,
        value: Any,  # noqa: ANN401 - of the column's type
        bad: set[str],
        actors: list[Actor],
    ) -> Cell:
        name = names.cell(field.id, number, column.id)
        label = _("row %(number)s, %(column)s") % {"number": number + 1, "column": column.title.get(self.language)}
        cell = self._input(field, column, value, label, actors)
        return cell._replace(id=f"f-{name}", name=name, path=name, bad=name in bad)

    def _input(
        self,
        field: Field,
        column: Field,
        value: Any,  # noqa: ANN401 - of the column's type
        label: str,
        actors: Sequence[Actor] = (),
    ) -> Cell:
        """The input of one column; its caller says where it stands."""
        held, kind, listed, shape = written(value), "input", "", "text"
        chosen: tuple[Choice, ...] = ()
        if column.type == "person" or (field.type == "team" and column.id == "person"):
            kind, chosen = "select", choosing.choices(actors, held, self.view.actor, self.view)
        elif column.type in ("choice", "grade"):
            kind, chosen = "select", self._options(column, (held,))
        elif column.type == "boolean":
            kind, chosen = "select", self._yes_or_no(column.id, value)
        elif column.type == "long-text":
            kind = "area"
        elif column.type == "date" and not (held and isinstance(value, str)):
            shape = "date"
        elif column.type == EVIDENCE or (field.type == "team" and column.id == "field"):
            listed = f"d-{field.id}"
        return Cell("", "", column.title.get(self.language), label, kind, shape, held, chosen, listed, path="")

    def _materials(self, field: Field, value: Any) -> tuple[Material, ...]:  # noqa: ANN401
        given = value if isinstance(value, list | tuple) else ()
        case = self.view.case
        there = case.data.get(field.id, ()) if case is not None else ()
        return tuple(
            self._material(field, number, option, option.id in given, option.id in there)
            for number, option in enumerate(field.options.values())
        )

    def _material(self, field: Field, number: int, option: Option, given: bool, held: bool) -> Material:  # noqa: FBT001
        needed = option.when is None or option.when(self.view) is not False
        uploads = self.uploads.get(field.id, {}).get(option.id, ())
        why = because(option.when, self.action, self.view, self.language)
        tags = [_("where it applies")] if option.when is not None else []
        tags += [_("optional")] if option.optional else []
        tags += [_("with the official seal")] if option.seal else []
        tags += [option.copies.get(self.language)] if option.copies else []
        choice = self._choice(field, number, option, given)._replace(tags=tuple(tags), clauses=option.clauses)
        state = ON if given or held else settled(option.when, self.action, self.view, applies=needed)
        papers = tuple(self._paper(upload) for upload in uploads)
        upload = names.upload(field.id, option.id)
        file, conditional = names.file(field.id, option.id), option.when is not None
        acts = self.view.scheme.machines[self.action.machine].actions.values()
        awaited = any(field.id in act.complete for act in acts)
        lacking = awaited and state == ON and not (option.optional or given or held)
        return Material(choice, state, why, held, papers, file, upload, conditional, lacking)

    def _paper(self, upload: str) -> Paper:
        """What is known of an upload; a name where that is all that was given."""
        return self.papers.get(upload, Paper(upload, upload))


def _width(text: str) -> int:
    """How wide a text is, in half-width signs."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _at(fault: Fault, box: Box) -> Fault:
    """The fault with the address of the input where it can be put right."""
    return fault._replace(href=f"#{_inputs(box).get(fault.path, f'f-{box.id}')}")


def _inputs(box: Box) -> dict[str, str]:
    """The ids of the inputs inside a box by the path of the answer."""
    if box.kind == "table":
        return {cell.path: cell.id for row in box.rows for cell in row.cells} | {box.id: box.rows[0].cells[0].id}
    if box.kind == "points":
        cells = {cell.path: cell.id for point in box.points for cell in point.cells}
        whole = {box.id: box.points[0].id if box.points else ""}
        return {point.name: point.id for point in box.points} | cells | whole
    if box.kind == "materials":
        return {names.part(box.id, item.choice.value): item.choice.id for item in box.materials}
    if box.kind == "organisation":
        return {names.part(box.id, "uscc"): f"f-{box.id}.uscc"}
    return {}
