"""From what a browser sent to the answers that the rules judge. Nothing typed is ever lost.

What cannot be read (a day “abc”) stays in the answers as typed, and is told with the field in the words of the shared
vocabulary; the rules would refuse it with the same words. What was typed into a field that does not apply comes back
as `kept`: it is drawn again and saved, but not handed in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from hefu.papers.words import BadUpload
from hefu.rules.answers import named
from hefu.rules.refusal import Refusal, refuse
from hefu.web.forms import names
from hefu.web.forms.rows import row_numbers, table
from hefu.web.forms.seen import Seen, seen
from hefu.web.forms.typed import READERS, UnreadableError, code, lines, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.core.files.uploadedfile import UploadedFile

    from hefu.papers.models import Upload
    from hefu.rules.model import Action, Field, Scheme

    Receive = Callable[[UploadedFile], Upload | BadUpload]


@dataclass(frozen=True, slots=True)
class Read:
    """What was sent, read.

    `answers` go to `perform`, but only if there are no `problems`: a file that could not be taken is told nowhere else.
    `filled` is for drawing the form again. `pressed` is empty for handing in, else `refresh`, `save`, `add:FIELD` or
    `remove:FIELD:NUMBER`. `live` asks only for the parts that have changed. `typed` is what a draft keeps, `draft`
    what the page has seen of it. `uploads` are the files by field and, for materials, option.
    """

    answers: dict[str, Any]
    problems: tuple[Refusal, ...]
    pressed: str
    live: bool = False
    kept: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)
    draft: Seen = Seen()  # noqa: RUF009 - a value
    uploads: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def upload_ids(self) -> frozenset[str]:
        """The uploads that the answers name: they are tied to the dossier with the act."""
        return frozenset(upload for options in self.uploads.values() for held in options.values() for upload in held)

    @property
    def filled(self) -> dict[str, Any]:
        """Everything that stands in the form, with what does not apply."""
        return {**self.kept, **self.answers}


def read(
    action: Action,
    scheme: Scheme,
    post: QueryDict,
    files: MultiValueDict[str, UploadedFile] | None = None,
    receive: Receive | None = None,
) -> Read:
    """The answers in what was sent; `receive` keeps a file for the person and says what became of it.

    Raises TypeError if files were sent and nobody is there to receive them.
    """
    pressed, live = post.get(names.PRESS, ""), names.LIVE in post
    desk = _Desk(scheme, action, post.copy(), "refresh" if live and not pressed else pressed)
    desk.take(files or MultiValueDict(), receive)
    answers = desk.answers(names_only="")
    kept = desk.answers(names_only=names.KEPT)
    if action.group and (grounds := [item for item in desk.post.getlist(names.GROUNDS) if item]):
        answers["grounds"] = grounds
    if departure := _departure(desk.post):
        answers["departure"] = departure
    return Read(
        answers, tuple(desk.problems), desk.pressed, live, {key: kept[key] for key in kept if key not in answers},
        desk.typed(), seen(post.get(names.DRAFT, "")), desk.uploads,
    )  # fmt: skip


def again(action: Action, scheme: Scheme, typed: Mapping[str, list[str]]) -> Read:
    """What was typed and saved, read as if it were sent now."""
    post = QueryDict(mutable=True)
    for name, values in typed.items():
        post.setlist(name, values)
    post[names.PRESS] = "refresh"
    return read(action, scheme, post)


def _departure(post: QueryDict) -> dict[str, str]:
    given = {"reason": lines(post.get(names.REASON, "")), "approver": plain(post.get(names.APPROVER, ""))}
    return given if any(given.values()) else {}


class _Desk:
    """One form being read: what was sent, and the problems met."""

    def __init__(self, scheme: Scheme, action: Action, post: QueryDict, pressed: str) -> None:
        self.scheme, self.action, self.post, self.pressed = scheme, action, post, pressed
        self.problems: list[Refusal] = []
        self.uploads: dict[str, dict[str, tuple[str, ...]]] = {}
        if pressed.startswith("drop:"):
            self._drop(*pressed.removeprefix("drop:").rpartition("="))

    def _drop(self, name: str, _sign: str, upload: str) -> None:
        """Take one file out of the form again."""
        self.post.setlist(name, [item for item in self.post.getlist(name) if item != upload])
        self.pressed = "refresh"

    def typed(self) -> dict[str, list[str]]:
        """Every input of this form, as it was sent: of the fields, of grounds and departure, and what was kept."""
        known = {*self.action.form.by_id, "grounds", "departure"}
        found = {}
        for name, values in self.post.lists():
            stem = name.removeprefix(names.KEPT).partition(".")[0].removesuffix("~")
            if stem in known and any(values):
                found[name] = [str(value) for value in values]
        return found

    def take(self, files: MultiValueDict[str, UploadedFile], receive: Receive | None) -> None:
        """Receive the files: their upload ids stand then where a hidden input would hold them."""
        for item in self.action.form.fields:
            if item.type == "file":
                self._receive(item, names.file(item.id), item.id, item.id, files, receive)
            elif item.type == "materials":
                for option in item.options:
                    goal, at = names.upload(item.id, option), f"{item.id}.{option}"
                    self._receive(item, names.file(item.id, option), goal, at, files, receive)

    def _receive(  # noqa: PLR0913 - a file, where it comes from and where it goes
        self,
        item: Field,
        source: str,
        goal: str,
        at: str,
        files: MultiValueDict[str, UploadedFile],
        receive: Receive | None,
    ) -> None:
        for sent in files.getlist(source):
            if receive is None:
                raise TypeError("a file was sent, and nobody receives it")
            outcome = receive(sent)
            if isinstance(outcome, BadUpload):
                clauses = item.clauses or self.action.form.clauses or self.action.clauses
                bad = Refusal(f"upload-{outcome.code}", outcome.message, clauses, outcome.remedy, at)
                self.problems.append(bad)
            elif item.type == "file":
                self.post[goal] = str(outcome.id)
            else:
                self.post.appendlist(goal, str(outcome.id))

    def answers(self, names_only: str) -> dict[str, Any]:
        """The answers to the fields whose inputs begin with a prefix; nothing for what was left empty."""
        found = {}
        for item in self.action.form.fields:
            value = self._answer(item, names_only + item.id)
            if value not in (None, "", [], {}):
                found[item.id] = value
        return found

    def _answer(self, item: Field, name: str) -> Any:  # noqa: ANN401, PLR0911 - one row a type
        match item.type:
            case "multi-choice" if not item.options:
                return [line.strip() for line in lines(self.post.get(name, "")).split("\n") if line.strip()]
            case "multi-choice":
                return [value for value in self.post.getlist(name) if value]
            case "materials":
                return self._materials(item, name)
            case "organisation":
                return self._organisation(name)
            case "checklist":
                return self._points(item, name)
            case "rows" | "team" | "man-days":
                return self._rows(item, name)
            case "file":
                self._handed_in(item.id, "", self.post.getlist(name))
                return self.post.get(name, "")
            case _:
                return self._cell(item, item, self.post.get(name, ""), item.id)

    def _cell(self, owner: Field, item: Field, text: str, at: str) -> Any:  # noqa: ANN401 - of the field's type
        """A value of one input; as typed, and told, if it cannot be read."""
        if not text.strip():
            return ""
        try:
            return READERS[item.type](text)
        except UnreadableError as error:
            clauses = item.clauses or owner.clauses or self.action.form.clauses or self.action.clauses
            title = named(self.scheme, owner, at.removeprefix(f"{owner.id}."))
            told = refuse(self.scheme, "field-invalid", clauses, field=title, problem=str(error))
            self.problems.append(told._replace(field=at))
            return text

    def _organisation(self, name: str) -> dict[str, str]:
        given = {"name": plain(self.post.get(names.part(name, "name"), "")),
                 "uscc": code(self.post.get(names.part(name, "uscc"), ""))}  # fmt: skip
        return given if any(given.values()) else {}

    def _points(self, item: Field, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for point in item.options:
            word = self.post.get(names.part(name, point), "")
            said = self._noted(item, name, point)
            if said:
                found[point] = {"result": word, **said} if word else said
            elif word:
                found[point] = word
        return found

    def _noted(self, item: Field, name: str, point: str) -> dict[str, Any]:
        """The remark on a point, and what stands in the columns."""
        said: dict[str, Any] = {"remark": lines(self.post.get(names.noted(name, point), ""))}
        for column in item.columns:
            text = self.post.get(names.noted(name, point, column.id), "")
            said[column.id] = self._cell(item, column, text, names.cell(item.id, point, column.id))
        return {key: value for key, value in said.items() if value != ""}

    def _materials(self, item: Field, name: str) -> list[str]:
        """The options that are ticked, and those for which a file was handed in."""
        ticked = self.post.getlist(name)
        found = []
        for option in item.options:
            held = [upload for upload in self.post.getlist(names.upload(name, option)) if upload]
            self._handed_in(item.id, option, held)
            if held or option in ticked:
                found.append(option)
        return found

    def _handed_in(self, field: str, option: str, held: list[str]) -> None:
        if any(held):
            self.uploads.setdefault(field, {})[option] = tuple(filter(None, held))

    def _rows(self, item: Field, name: str) -> list[dict[str, Any]]:
        """The rows in their order; empty ones only while somebody is still filling in."""
        numbers = row_numbers(self.post, name)
        if self.pressed.startswith(f"remove:{item.id}:") and name == item.id:
            gone = self.pressed.rpartition(":")[2]
            numbers = [number for number in numbers if number != gone]
        found: list[dict[str, Any]] = []
        for number in numbers:
            place = len(found)
            row = {}
            for column in table(item):
                text = self.post.get(names.cell(name, int(number), column.id), "")
                value = self._cell(item, column, text, names.cell(item.id, place, column.id))
                if value != "":
                    row[column.id] = value
            if row or self.pressed:
                found.append(row)
        if self.pressed == f"add:{item.id}" and name == item.id:
            found.append({})
        return found
