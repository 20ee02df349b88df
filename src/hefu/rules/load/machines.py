"""Machines of a scheme: their states, actions, grounds and clocks, compiled; and the index of what moves clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules import model
from hefu.rules.load import grammar, variables
from hefu.rules.load.build import Builder, Path, text
from hefu.rules.view import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class MachineBuilder(Builder):
    """Builds the machines of one scheme."""

    def machine(self, name: str, source: grammar.Machine, path: Path) -> model.Machine:
        """One process, certificate or kind of item."""
        self.names = variables.of_machine(self.files, name)
        self.borrowed = name in self.files.scheme.items
        group = "status" if name == "certificate" else "state"
        states = {}
        for key, state in source.states.items():
            here = (*path, "states", key)
            title = self.word(f"{group}/{key}", state.title, here)
            clauses = self.clauses(state.clauses, here)
            states[key] = model.State(key, title, state.stage or "", state.end or "", clauses)
        stages = {stage.id for stage in self.files.scheme.stages}
        for key, item in source.states.items():
            if item.stage and item.stage not in stages:
                self.refuse((*path, "states", key), f"the stage {item.stage!r} is not defined")
        grounds = self._grounds(name, source, path)
        actions = {
            verb: self.action(name, verb, action, (*path, "actions", verb), grounds)
            for verb, action in source.actions.items()
        }
        self.names = variables.of_machine(self.files, name)
        kind = "certificate" if name == "certificate" else "item" if isinstance(source, grammar.Item) else "process"
        own = {item.id: self.field(item, (*path, "fields", n)) for n, item in enumerate(source.fields)}
        asked = {field.id: field for action in actions.values() for field in action.form.fields}
        fields = {**own, **asked, **own}  # its own first, and in its own words
        process = source if isinstance(source, grammar.Process) else None
        return model.Machine(
            name, kind, text(source.title), states, actions, grounds, fields,
            self.clauses(source.clauses, path), process.kind if process else "", bool(process and process.many),
            source.prefix if isinstance(source, grammar.Item) else "", tuple(process.grants) if process else (),
            tuple(process.stages) if process else (), (process.like or "") if process else "",
        )  # fmt: skip

    def _grounds(self, name: str, source: grammar.Machine, path: Path) -> dict[str, dict[str, model.Ground]]:
        """The grounds of a machine; their guards may look at the forms of the acts that name them."""
        found = {}
        for group, members in source.grounds.items():
            acts = [action for action in source.actions.values() if action.grounds == group]
            if not acts:
                self.refuse((*path, "grounds", group), f"no act is done on the grounds {group!r}")
            self.names = variables.of_machine(self.files, name) | {"form.grounds": "list"}
            for action in acts:
                self.names |= variables.field_words(variables.form_of(self.files, action), "form")
            found[group] = {
                key: self._ground(key, item, (*path, "grounds", group, key)) for key, item in members.items()
            }
        self.names = variables.of_machine(self.files, name)
        return found

    def _ground(self, key: str, item: grammar.Ground, path: Path) -> model.Ground:
        return model.Ground(key, text(item.title), self.rules(item.guards, path), self.clauses(item.clauses, path))

    def action(
        self,
        machine: str,
        verb: str,
        item: grammar.Action,
        path: Path,
        grounds: Mapping[str, Mapping[str, model.Ground]],
    ) -> model.Action:
        """One act."""
        source = variables.machines(self.files)[machine]
        self.names = variables.of_action(self.files, machine, item)
        self.roles(item.by, (*path, "by"))
        targets = []
        for number, target in enumerate(item.to):
            if target.state not in source.states:
                self.refuse((*path, "to"), f"the state {target.state!r} is not defined")
            targets.append((target.state, self.expression(target.when, (*path, "to", number, "when"))))
        for state in item.from_:
            if state != "any" and state not in source.states and not (machine == "certificate" and state == "none"):
                self.refuse((*path, "from"), f"the state {state!r} is not defined")
        self.parts(item.part, (*path, "part"))
        self.settled(item.settles, (*path, "settles"))
        if item.raises and item.raises not in self.files.scheme.items:
            self.refuse((*path, "raises"), f"no kind of item is named {item.raises!r}")
        group = grounds.get(item.grounds, {}) if item.grounds else {}
        if item.grounds and not group:
            self.refuse((*path, "grounds"), f"no grounds are named {item.grounds!r}")
        form = self.form(item, verb, path)
        rules = self.rules(item.guards, path)
        known = {field.id for field in variables.machine_fields(self.files, source) if field.type == "materials"}
        for name in item.complete:
            if name not in known:
                self.refuse((*path, "complete"), f"no field of type materials is named {name!r}")
        return model.Action(
            machine, verb, self.word(f"action/{verb}", item.title, path), frozenset(item.by),
            frozenset(state for state in item.from_ if state != "any"), "any" in item.from_, tuple(targets),
            frozenset(item.part), form, tuple(item.complete), item.grounds or "",
            group,
            rules, self.together(item.guards, path) if len(rules) == len(item.guards) else None, item.raises or "",
            tuple(self._certificate(change, (*path, "certificate", n)) for n, change in enumerate(item.certificate)),
            tuple(self.duty(duty, (*path, "duties", n)) for n, duty in enumerate(item.duties)),
            frozenset(item.settles), tuple(self._cases(item, path)), self._act_outputs(item, form, path),
            self.clauses(item.clauses, path),
        )  # fmt: skip

    def settled(self, addresses: list[str], path: Path) -> None:
        """The duties that an act says it answers must be duties to do something that exists."""
        for address in addresses:
            if not self._addressed(address.partition("/")[0]):
                self.refuse(path, f"no act has the address {address!r}")

    def parts(self, names: list[str], path: Path) -> None:
        for name in names:
            if name not in self.files.scheme.parts:
                self.refuse(path, f"the part {name!r} is not defined")

    def _act_outputs(self, item: grammar.Action, form: model.Form, path: Path) -> tuple[model.Output, ...]:
        """What an act puts out; a form with a printed number is itself a document."""
        outputs = self.outputs(item, path, item.clauses)
        self._published(item, form, path)
        if form.prints:
            outputs = (model.Output("document-made", form.label, form.title, (), "", None, form.clauses), *outputs)
        for number, document in enumerate(item.documents):
            if form.prints and document.name in (form.id, form.number):
                self.refuse(
                    (*path, "documents", number), f"{document.name!r} is the form of this act, so it is made already"
                )
            if document.name not in self.files.forms and document.name not in {
                other.number for other in self.files.forms.values()
            }:
                self.refuse((*path, "documents", number), f"no form has the name or number {document.name!r}")
        return outputs

    def _published(self, item: grammar.Action, form: model.Form, path: Path) -> None:
        """What is published with an act is one of its answers, or its grounds."""
        known = {*form.by_id, *(("grounds",) if item.grounds else ())}
        for key in ("documents", "notices", "publishes", "reports"):
            for number, notice in enumerate(getattr(item, key)):
                here = (*path, key, number, "shows")
                if notice.shows and key != "publishes":
                    self.refuse(here, "only a publication shows answers")
                for name in notice.shows:
                    if name not in known:
                        self.refuse(here, f"this act has no answer {name!r} that could be published")

    def _certificate(self, change: grammar.CertificateChange, path: Path) -> model.CertificateChange:
        source = self.files.certificate
        if change.to and change.to not in source.states:
            self.refuse((*path, "to"), f"the certificate has no state {change.to!r}")
        words = {field.id: field for field in variables.machine_fields(self.files, source)}
        sets = []
        for name, expression in change.set.items():
            if name not in words:
                self.refuse((*path, "set", name), f"the certificate has no field {name!r}")
                continue
            compiled = self.expression(expression, (*path, "set", name), WORDS[words[name].type])
            if compiled is not None:
                sets.append((name, compiled))
        when = self.expression(change.when, (*path, "when"))
        clauses = self.clauses(change.clauses, path)
        return model.CertificateChange(
            change.to or "", tuple(sets), change.new, change.reopens, change.print or "", when, clauses
        )

    def _cases(self, item: grammar.Action, path: Path) -> Iterator[model.CaseChange]:
        for key, opens in (("opens", True), ("closes", False)):
            for number, change in enumerate(getattr(item, key)):
                here = (*path, key, number)
                process = self.files.processes.get(change.process)
                if process is None or change.state not in process.states:
                    self.refuse(here, f"no state {change.state!r} of a process {change.process!r} is defined")
                    continue
                when = self.expression(change.when, (*here, "when"))
                clauses = self.clauses(change.clauses or item.clauses, here)
                yield model.CaseChange(opens, change.process, change.state, when, clauses)

    # --- clocks --------------------------------------------------------------------------------------------------

    def clock(self, machine: model.Machine, name: str, item: grammar.Clock, path: Path) -> model.Clock:
        """One time limit."""
        self.names = variables.of_machine(self.files, machine.name)
        self.borrowed = machine.kind == "item"
        scope = item.scope or {"process": "case", "item": "item", "certificate": "dossier"}[machine.kind]
        if (item.length is None) + (item.due is None) + (item.every is None) != 2:  # noqa: PLR2004 - one of three
            self.refuse(path, f"the clock {name!r} needs exactly one of length, due, every")
        if item.every is not None and item.anchor is None:
            self.refuse(
                path, f"the clock {name!r} has windows (`every`), so it needs `from`: the day they are counted from"
            )
        breach = item.breach
        if breach.automatic is None and breach.duty is None and breach.flag is None:
            self.refuse((*path, "breach"), f"the clock {name!r} has no consequence")
        if breach.automatic and not self._addressed(breach.automatic):
            self.refuse((*path, "breach", "automatic"), f"no act has the address {breach.automatic!r}")
        self.roles((item.owner,), (*path, "owner"))
        reminders = []
        for number, reminder in enumerate(item.reminders):
            self.roles(reminder.to, (*path, "reminders", number))
            before = self.term(reminder.before, (*path, "reminders", number, "before"))
            if before is not None:
                reminders.append((before, tuple(reminder.to)))
        return model.Clock(
            name, machine.name, scope, text(item.title), item.kind, item.firmness, item.owner,
            self.term(item.length, (*path, "length")), self.expression(item.due, (*path, "due"), "date"),
            self.expression(item.anchor, (*path, "from"), "date"), self.term(item.latest, (*path, "latest")),
            self.term(item.every, (*path, "every")), self.expression(item.until, (*path, "until"), "date"),
            self.expression(item.when, (*path, "when")), item.survives,
            tuple(model.Pause(n, self.clauses(pause.clauses, (*path, "pauses", n)))
                  for n, pause in enumerate(item.pauses)),
            tuple(reminders), breach.automatic or "",
            self.duty(breach.duty, (*path, "breach", "duty")) if breach.duty else None,
            text(breach.flag) if breach.flag else None, self.outputs(breach, (*path, "breach"), item.clauses),
            self.clauses(item.clauses, path), item.public,
        )  # fmt: skip

    def _addressed(self, address: str) -> bool:
        if address.startswith("clock."):
            clock = address.removeprefix("clock.").removesuffix(".breached")
            known = variables.machines(self.files).values()
            return address.endswith(".breached") and any(clock in machine.clocks for machine in known)
        machine, _, verb = address.partition(".")
        found = variables.machines(self.files).get(machine)
        return found is not None and verb in found.actions

    def triggers(self, clock: model.Clock, item: grammar.Clock, path: Path) -> Iterator[tuple[str, model.Trigger]]:
        """The events that move a clock."""
        groups: list[tuple[str, int, list[grammar.On], Path]] = [
            ("start", 0, item.starts, (*path, "starts")), ("stop", 0, item.stops, (*path, "stops")),
        ]  # fmt: skip
        for number, pause in enumerate(item.pauses):
            groups.append(("pause", number, pause.starts, (*path, "pauses", number, "starts")))
            groups.append(("resume", number, pause.ends, (*path, "pauses", number, "ends")))
        for does, number, events, here in groups:
            for count, event in enumerate(events):
                if not self._addressed(event.on):
                    self.refuse((*here, count), f"no event has the address {event.on!r}")
                when = self.expression(event.when, (*here, count, "when"))
                yield event.on, model.Trigger(clock, does, number, when)
