"""What a body has set or recorded, in words: one thing of one scheme as the pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hefu.dossiers import number
from hefu.notices import channels
from hefu.people import facts, sheets
from hefu.people.declared import TABULAR, rows_of, text_of
from hefu.people.facts import STANDING
from hefu.people.models import Offer
from hefu.people.offers import CHANNEL, FACT, NUMBER, SETTING, held
from hefu.rules.load.grammar.scheme import Setting
from hefu.rules.load.grammar.words import Text
from hefu.web import kept, moment
from hefu.web.words import in_language, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hefu.notices.channels import Channel
    from hefu.people.declared import Declared
    from hefu.people.models import Body
    from hefu.rules.model import Scheme


class Thing(NamedTuple):
    """A setting, fact, channel or number of a scheme.

    `own` is what the body has, as JSON keeps it, null where it has nothing of it.
    """

    offer: Offer
    law: Scheme
    kind: str
    name: str
    declared: Declared
    own: Any

    @property
    def title(self) -> str:
        return in_language(self.declared.title)

    @property
    def standing(self) -> str:
        """The role whose organisations, by the register, are the fact; empty where it is entered here."""
        return str(self.own[STANDING]) if isinstance(self.own, dict) and set(self.own) == {STANDING} else ""

    @property
    def value(self) -> Any:  # noqa: ANN401 - of the declared type
        """What is in force, as the rules read it."""
        return self.declared.default if self.own is None else facts.read(self.own, {})

    @property
    def of_scheme(self) -> bool:
        """Whether what holds without the body's word is the scheme's, and not the product's."""
        return self.kind in (SETTING, FACT)

    @property
    def tabular(self) -> bool:
        return self.declared.type in TABULAR

    @property
    def gathers(self) -> bool:
        """Whether the body's own dossiers tell it too."""
        return bool(getattr(self.declared, "gathers", None))

    @property
    def href(self) -> str:
        return reverse("bodies:change", args=[self.offer.body_id, self.offer.scheme, self.kind, self.name])

    @property
    def words(self) -> str:
        """What is in force, in words."""
        if self.standing:
            role = self.law.file.roles.get(self.standing)
            return _("by the register: %(role)s") % {"role": in_language(role.title) if role else self.standing}
        if self.kind == NUMBER and not self.value:
            return _("entered with the decision")
        return words(self.declared, self.value)


def law_of(scheme: str) -> Scheme:
    """The version of a scheme that is in force today, else the newest."""
    try:
        return kept.scheme(scheme)
    except LookupError:
        return kept.store().laws.newest(scheme)


def declared_in(law: Scheme, kind: str) -> Mapping[str, Declared]:
    """What a body can set of a kind under a scheme, by name."""
    if kind == CHANNEL:
        return {one.name: _channel(one) for one in channels.channels(law) if not one.fixed}
    if kind == NUMBER:
        return {
            number.DOSSIER: _plain(_("Numbers of dossiers"), number.PATTERN),
            number.CERTIFICATE: _plain(_("Numbers of certificates"), ""),
        }
    if kind == SETTING:
        return law.file.settings
    return law.file.facts if kind == FACT else {}


def _plain(title: str, default: str, clauses: tuple[str, ...] = (), **options: str) -> Setting:
    """Something that the product lets a body set: its words are those of the page, so both languages are one."""
    return Setting(
        type="text", default=default, title=Text(zh=title, en=title), clauses=list(clauses),
        options={key: Text(zh=said, en=said) for key, said in options.items()},
    )  # fmt: skip


def _channel(one: Channel) -> Setting:
    ways = {channels.MAIL: _("in the product and by mail"), channels.PRODUCT: _("in the product only")}
    return _plain(in_language(one.title), channels.MAIL, one.clauses, **ways)


def things(offer: Offer, law: Scheme, kind: str) -> Iterator[Thing]:
    """Everything of a kind that a body can set under a scheme."""
    declared = declared_in(law, kind)
    return (Thing(offer, law, kind, name, one, held(offer, kind, name)) for name, one in declared.items())


def thing(body: Body, scheme: str, kind: str, name: str) -> Thing:
    """One of them. Raises Http404 where the body's schemes have none such."""
    offer = Offer.objects.filter(body=body, scheme=scheme).first()
    if offer is None:
        raise Http404
    found = next((one for one in things(offer, law_of(scheme), kind) if one.name == name), None)
    if found is None:
        raise Http404
    return found


def words(declared: Declared, value: Any) -> str:  # noqa: ANN401 - of the declared type
    """A value of a setting or fact in words, with what it counts."""
    if declared.type in TABULAR:
        number = len(rows_of(declared, value))
        return ngettext("%(n)s row", "%(n)s rows", number) % {"n": number} if number else _("no rows")
    if declared.type == "list" and not value:
        return _("no rows")
    options = getattr(declared, "options", {})
    if isinstance(value, str) and value in options:
        return in_language(options[value])
    unit = getattr(declared, "unit", None)
    return in_units(unit, value) if unit and isinstance(value, int) else shown(value)


def in_units(unit: str, number: int) -> str:
    """A number with what it counts."""
    found = {
        "working-day": ngettext("%(n)s working day", "%(n)s working days", number),
        "day": ngettext("%(n)s day", "%(n)s days", number),
        "month": ngettext("%(n)s month", "%(n)s months", number),
    }.get(unit) or ngettext("%(n)s year", "%(n)s years", number)
    return found % {"n": number}


def table(thing: Thing, value: Any) -> tuple[list[str], list[list[str]]]:  # noqa: ANN401 - of the declared type
    """The headings of a table and its cells, as a page shows them."""
    columns = thing.declared.columns
    cells = [[sheets.cell(row.get(column.id)) if not isinstance(row.get(column.id), bool) else shown(row[column.id])
              for column in columns] for row in rows_of(thing.declared, value)]  # fmt: skip
    return [in_language(column.title) for column in columns], cells


def text(thing: Thing) -> str:
    """What is in force as a form holds it."""
    return "" if thing.standing else text_of(thing.declared, thing.value)


def today_in_force(law: Scheme) -> bool:
    """Whether this version is in force today."""
    return kept.in_force(law.id, moment.today())
