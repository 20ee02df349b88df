"""From validated files to a compiled scheme: names resolved, guards compiled, clocks bound to their events.

Whatever does not resolve becomes a problem with its place; the scheme that comes back is whole only if there is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from hefu.rules import model
from hefu.rules.guards import Compiler, GuardError
from hefu.rules.load import grammar, variables
from hefu.rules.load.source import Place, Problem
from hefu.rules.model import POINT, Text
from hefu.rules.time import Unit
from hefu.rules.view import WORDS, resolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hefu.rules.load.files import Files
    from hefu.rules.time import Calendar

Path = tuple[str | int, ...]
_BLANK = re.compile(r"\{([^{}]+)\}")
_UNITS = {"working_days": Unit.WORKING_DAY, "days": Unit.DAY, "months": Unit.MONTH, "years": Unit.YEAR}
_OUTPUTS = {"documents": "document-made", "notices": "notice-sent", "publishes": "published", "reports": "reported"}


def text(value: grammar.Text) -> Text:
    """A text of the grammar as a text of the model."""
    return Text(value.zh, value.en)


class Builder:
    """Builds one scheme; `problems` gathers what does not resolve."""

    def __init__(self, files: Files, calendar: Calendar, words: Mapping[str, Text]) -> None:
        self.files, self.calendar, self.words = files, calendar, words
        self.problems: list[Problem] = []
        self.compiler = Compiler(calendar, variables.everywhere(files))
        self.file = "scheme.yaml"
        self.names: dict[str, str] = {}
        self.borrowed = False
        self.labelled = {name: form for key, form in files.forms.items() for name in (key, form.number) if name}
        self.clause_ids = {key for place in files.places for key in place.clauses}

    # --- problems, clauses, expressions -------------------------------------------------------------------------

    def at(self, path: Path) -> Place:
        return self.files.place(self.file, *path)

    def refuse(self, path: Path, message: str) -> None:
        self.problems.append(Problem(self.at(path), message))

    def clauses(self, values: Iterable[str], path: Path) -> tuple[str, ...]:
        """Clause ids, each of which must stand in the scheme's index."""
        found = tuple(values)
        for number, clause in enumerate(found):
            if clause not in self.clause_ids:
                self.refuse((*path, "clauses", number), f"no clause of the document has the id {clause!r}")
        return found

    def expression(self, source: str | None, path: Path, wanted: str = "boolean") -> model.Expression | None:
        """A compiled expression, or None where there is none or it is refused."""
        if source is None:
            return None
        try:
            guard = self.compiler.compile(source, self.names, wanted)
        except GuardError as error:
            place = self.at(path)
            where = f"{error.message} (line {error.line}, column {error.column} of the expression)"
            self.problems.append(Problem(place, f"guard {source!r}: {where}"))
            return None
        return model.Expression(
            guard, tuple((name, resolver(name, self.names[name], self.borrowed)) for name in guard.names)
        )

    def term(self, value: grammar.Length | None, path: Path) -> model.Term | None:
        if value is None:
            return None
        given = [(key, getattr(value, key)) for key in _UNITS if getattr(value, key) is not None]
        if len(given) != 1:
            self.refuse(path, "a length needs exactly one of working-days, days, months, years")
            return None
        key, number = given[0]
        if isinstance(number, str):
            setting = self.files.scheme.settings.get(number)
            if setting is None or setting.type != "integer":
                self.refuse(path, f"no setting {number!r} of type integer is defined")
                return None
        elif number < 0:
            self.refuse(path, "a length cannot be negative")
            return None
        return model.Term(number, _UNITS[key])

    # --- forms ---------------------------------------------------------------------------------------------------

    def field(self, item: grammar.FormField, path: Path) -> model.Field:
        options = {
            key: self._option(key, value, (*path, "options", key)) for key, value in (item.options or {}).items()
        }
        if item.type in ("choice", "grade", "materials", "checklist") and not options:
            self.refuse(path, f"the field {item.id!r} of type {item.type} needs options")
        if item.type in ("rows", "man-days") and not item.columns:
            self.refuse(path, f"the field {item.id!r} of type {item.type} needs columns")
        self._points(item, path)
        sample = self._sample(item, path)
        if item.pattern is not None:
            try:
                re.compile(item.pattern)
            except re.error as error:
                self.refuse((*path, "pattern"), f"the pattern is no regular expression: {error}")
        return model.Field(
            item.id, item.type, WORDS[item.type], text(item.title), item.required,
            self.expression(item.when, (*path, "when")), options,
            tuple(self.field(column, (*path, "columns", n)) for n, column in enumerate(item.columns or ())),
            item.max_chars, item.minimum, item.maximum, item.pattern, item.role, item.part, sample,
            self.clauses(item.clauses, path), text(item.note) if item.note else None, item.like or "",
            self._answers(item), item.public,
        )  # fmt: skip

    def _points(self, item: grammar.FormField, path: Path) -> None:
        """What only a checklist says: the words that answer its points, what is said besides, and their evidence."""
        if item.answers and item.type != "checklist":
            self.refuse((*path, "answers"), f"{item.id!r} is no checklist, so its points cannot be answered in words")
        for number, column in enumerate(item.columns or ()) if item.type == "checklist" else ():
            if column.id in POINT:
                self.refuse((*path, "columns", number), f"every point of a checklist has a {column.id!r} of its own")
        for key, option in (item.options or {}).items():
            for name in option.evidence if isinstance(option, grammar.Option) else ():
                at = (*path, "options", key, "evidence")
                if item.type != "checklist":
                    self.refuse(at, f"{item.id!r} is no checklist, so nothing is evidence of its options")
                elif not any(column.type == "evidence" for column in item.columns or ()):
                    self.refuse(at, f"{item.id!r} has no column of type evidence, where it would be shown")
                elif not self._asked(name):
                    self.refuse(at, f"no form asks for {name!r}")

    def _asked(self, name: str) -> bool:
        """Whether some form of the scheme asks for an answer (FIELD), or for a material (FIELD.OPTION)."""
        key, _, option = name.partition(".")
        asked = [field for form in self.files.forms.values() for field in form.fields if field.id == key]
        return any(not option or (field.type == "materials" and option in (field.options or {})) for field in asked)

    def _answers(self, item: grammar.FormField) -> dict[str, Text]:
        """The words that answer the points of a checklist: the scheme's own, else those of the vocabulary."""
        if item.type != "checklist":
            return {}
        if item.answers:
            return {key: Text(key, english) for key, english in item.answers.items()}
        return {word.zh: word for key, word in self.words.items() if key.startswith("answer/")}

    def _sample(self, item: grammar.FormField, path: Path) -> Any:  # noqa: ANN401 - of the field's own type
        """A sample value: as given, a day counted from today, or an expression."""
        sample = item.sample
        if not isinstance(sample, dict) or not sample:
            return sample
        if set(sample) == {"is"}:
            return self.expression(str(sample["is"]), (*path, "sample", "is"), WORDS[item.type])
        if item.type == "date":
            try:
                return grammar.Sample(**sample)
            except (ValidationError, TypeError):
                self.refuse((*path, "sample"), "a sample day is counted in whole days, months or years")
        return sample

    def _option(self, key: str, value: str | grammar.Option, path: Path) -> model.Option:
        if isinstance(value, str):
            return model.Option(key, Text(key, value))
        return model.Option(
            key, Text(value.zh, value.en), self.expression(value.when, (*path, "when")), value.optional, value.seal,
            text(value.copies) if value.copies else None, self.clauses(value.clauses, path),
            text(value.note) if value.note else None, tuple(value.evidence),
        )  # fmt: skip

    def form(self, action: grammar.Action, name: str, path: Path) -> model.Form:
        """The form of an action: a form of the scheme, the action's own fields, or both."""
        named = self.files.forms.get(action.form) if action.form else None
        if action.form and named is None:
            self.refuse((*path, "form"), f"no form {action.form!r} is defined")
        own = tuple(self.field(item, (*path, "fields", number)) for number, item in enumerate(action.fields))
        fields = (*self._form_fields(action.form, named), *own) if named and action.form else own
        seen: set[str] = set()
        for field in fields:
            if field.id in seen:
                self.refuse(path, f"the field {field.id!r} stands in this form twice")
            seen.add(field.id)
        applies = self._applies([*(named.fields if named else ()), *action.fields], path)
        if named is None or action.form is None:
            title = self.word(f"action/{name}", action.title, path)
            return model.Form(name, "", title, fields, prints=False, clauses=(), applies=applies)
        prints = named.prints or bool(named.number)
        clauses = tuple(named.clauses)
        sections = self._sections(action.form, named, path)
        return model.Form(
            action.form, named.number or "", text(named.title), fields, prints, clauses, applies, sections
        )

    def _sections(self, name: str, form: grammar.Form, path: Path) -> dict[str, Text]:
        """The parts of a form, each under the field with which it begins."""
        known = {item.id for item in form.fields}
        for key in form.sections:
            if key not in known:
                self.refuse(path, f"a part of the form {name!r} begins with {key!r}, which is none of its fields")
        return {key: text(title) for key, title in form.sections.items()}

    def _applies(self, fields: list[grammar.FormField], path: Path) -> model.Expression | None:
        """The conditions of all fields as one list, so that a long form asks once."""
        conditions = [item.when for item in fields if item.when]
        return self.expression(f"[{', '.join(conditions)}]", path, "booleans") if len(conditions) > 1 else None

    def _form_fields(self, name: str, form: grammar.Form) -> tuple[model.Field, ...]:
        here = self.file
        self.file = next((file for file, source in self.files.sources.items()
                          if file.startswith("forms/") and name in source.data), here)  # fmt: skip
        fields = tuple(self.field(item, (name, "fields", number)) for number, item in enumerate(form.fields))
        self.file = here
        return fields

    # --- rules, outputs, duties ----------------------------------------------------------------------------------

    def rules(self, guards: Iterable[grammar.Guard], path: Path) -> tuple[model.Rule, ...]:
        """The guards of an act or a ground."""
        found: list[model.Rule] = []
        for number, guard in enumerate(guards):
            here = (*path, "guards", number)
            test = self.expression(guard.test, (*here, "test"))
            when = self.expression(guard.when, (*here, "when"))
            clauses = self.clauses(guard.clauses, here)
            if any(rule.code == guard.code for rule in found):
                self.refuse((*here, "code"), f"two guards here have the code {guard.code!r}")
            if test is not None:
                remedy = text(guard.remedy) if guard.remedy else None
                shows = self._shows(guard, here)
                found.append(
                    model.Rule(guard.code, guard.level, when, test, text(guard.message), remedy, shows, clauses)
                )
        return tuple(found)

    def _shows(self, guard: grammar.Guard, path: Path) -> model.Needs:
        """The variables whose values stand in the message."""
        blanks = dict.fromkeys(_BLANK.findall(f"{guard.message.zh} {guard.message.en}"))
        for blank in blanks:
            if blank not in self.names:
                self.refuse((*path, "message"), f"no variable is named {blank!r}, so the message cannot show it")
        return tuple(
            (blank, resolver(blank, self.names[blank], self.borrowed)) for blank in blanks if blank in self.names
        )

    def together(self, guards: Iterable[grammar.Guard], path: Path) -> model.Expression | None:
        """All guards in one expression; it is true exactly when each of them holds."""
        parts = [f"(!({guard.when}) || ({guard.test}))" if guard.when else f"({guard.test})" for guard in guards]
        return self.expression(" && ".join(parts), path) if len(parts) > 1 else None

    def outputs(self, owner: Any, path: Path, clauses: list[str]) -> tuple[model.Output, ...]:  # noqa: ANN401
        """What an act or a breach puts out; without a clause of its own it stands under those of its owner."""
        return tuple(
            self.output(event, item, (*path, key, number), clauses)
            for key, event in _OUTPUTS.items()
            for number, item in enumerate(getattr(owner, key, ()))
        )

    def output(self, event: str, item: grammar.Notice, path: Path, owner: list[str]) -> model.Output:
        self.roles(item.to, path)
        when = self.expression(item.when, (*path, "when"))
        form = self.labelled.get(item.name)
        title = text(form.title) if form and not item.title else self.word(f"notice/{item.name}", item.title, path)
        clauses = self.clauses(item.clauses or owner, path)
        return model.Output(
            event, item.name, title, tuple(item.to), item.channel or "", when, clauses, tuple(item.shows)
        )

    def roles(self, names: Iterable[str], path: Path) -> None:
        for name in names:
            if name != "system" and name not in self.files.scheme.roles:
                self.refuse(path, f"the role {name!r} is not defined")

    def duty(self, item: grammar.DutyRule, path: Path) -> model.DutyRule:
        self.roles((item.role,), path)
        machine, _, verb = item.act.partition(".")
        known = variables.machines(self.files).get(machine)
        if known is None or verb not in known.actions:
            self.refuse((*path, "act"), f"no act has the address {item.act!r}")
        elif item.ground and item.ground not in known.grounds.get(known.actions[verb].grounds or "", {}):
            self.refuse((*path, "ground"), f"{item.act} knows no ground {item.ground!r}")
        return model.DutyRule(
            item.act, item.ground or "", item.role, self.term(item.within, (*path, "within")),
            self.expression(item.when, (*path, "when")), self.clauses(item.clauses, path),
        )  # fmt: skip

    def word(self, key: str, given: grammar.Text | None, path: Path) -> Text:
        """A title: the one given, or the shared word for it; nothing stays without a name in both languages."""
        if given is not None:
            return text(given)
        found = self.words.get(key)
        if found is None:
            name = key.rpartition("/")[2]
            self.refuse(path, f"{name!r} needs a title: the shared vocabulary has no word for it")
            return Text(name, name)
        return found
