"""Organisations: registered once under a checked code; others join when one of its managers agrees.

Whoever registers a code first only claims it. A body that has seen that they act for the organisation confirms it for
its own dossiers (registers.py), an operator for all; until then an operator may also end the ties of those who claim it
wrongly.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from hefu.people.models import Employment, Joining, Organisation, Standing
from hefu.people.seeing import managed
from hefu.people.ties import end, holding
from hefu.rules.answers import is_credit_code

if TYPE_CHECKING:
    from datetime import date, datetime

    from hefu.people.models import Account


def checked(code: str) -> str:
    """A credit code as it is kept. Raises ValidationError for a text that is none."""
    tidy = "".join(code.split()).upper()
    if not is_credit_code(tidy):
        raise ValidationError(
            _("This is no unified social credit code: 18 characters, the last one checks the others (GB 32100)."),
            code="code",
        )
    return tidy


def register(  # noqa: PLR0913 - what is known of an organisation, and who says so
    account: Account, name: str, code: str, today: date, name_en: str = "", address: str = ""
) -> Organisation:
    """A new organisation whose manager is the account. Raises ValidationError for a bad or a registered code."""
    tidy = checked(code)
    try:
        with transaction.atomic():
            made = Organisation.objects.create(name=name, name_en=name_en, uscc=tidy, address=address, proven=False)
            Employment.objects.create(account=account, organisation=made, manager=True, since=today, by=account)
    except IntegrityError:
        raise ValidationError(
            _("An organisation is registered under this code. Ask to join it instead."), code="registered"
        ) from None
    return made


def belongs(account: Account, organisation: Organisation, on: date) -> Employment | None:
    """The tie by which somebody acts for an organisation on a day; one as manager before one without."""
    ties = Employment.objects.filter(holding(on), account=account, organisation=organisation)
    return ties.order_by("-manager", "since").first() if account.is_active else None


def is_manager(account: Account, organisation: Organisation, on: date) -> bool:
    """Whether somebody may let others act for an organisation."""
    tie = belongs(account, organisation, on)
    return tie is not None and tie.manager


def may_settle(account: Account, organisation: Organisation, on: date) -> bool:
    """Whether somebody may say who acts for an organisation although they are no manager of it.

    An operator, as long as nothing is proven or nobody manages it; and the administrator of a body with which it has a
    standing, as long as it has never had people: somebody must let the first one in.
    """
    if not account.is_active:
        return False
    ties = Employment.objects.filter(organisation=organisation)
    if account.operator:
        return not organisation.proven or not ties.filter(holding(on), manager=True).exists()
    known = Standing.objects.filter(holding(on), organisation=organisation, body__in=managed(account, on))
    return known.exists() and not ties.exists()


def prove(organisation: Organisation, by: Account, today: date) -> None:
    """Record for every body that its people act for it. Raises ValidationError for anybody but an operator."""
    if not (by.is_active and by.operator):
        raise ValidationError(_("Only an operator can confirm an organisation for all bodies."), code="not-yours")
    organisation.proven, organisation.proven_on, organisation.proven_by = True, today, by
    organisation.save(update_fields=["proven", "proven_on", "proven_by"])


def ask(account: Account, code: str, at: datetime, today: date) -> Joining:
    """Ask to act for an organisation. Raises ValidationError where there is none, or nothing to ask for."""
    found = Organisation.objects.filter(uscc=checked(code)).first()
    if found is None:
        raise ValidationError(_("No organisation is registered under this code. Register it instead."), code="unknown")
    if belongs(account, found, today):
        raise ValidationError(_("You act for this organisation already."), code="member")
    told = {"asked": at}
    asked, new = Joining.objects.get_or_create(account=account, organisation=found, answered=None, defaults=told)
    if not new:
        raise ValidationError(_("You have asked already. A manager of the organisation has to answer."), code="asked")
    return asked


def answer(joining: Joining, by: Account, at: datetime, today: date, *, agreed: bool) -> None:
    """Let somebody join, or not. Raises ValidationError for one who may not say, or who comes too late."""
    if not is_manager(by, joining.organisation, today):
        raise ValidationError(_("Only a manager of the organisation can answer."), code="not-yours")
    with transaction.atomic():
        told = Joining.objects.filter(pk=joining.pk, answered=None).update(answered=at, agreed=agreed, by=by)
        if not told:
            raise ValidationError(_("This request has been answered already."), code="answered")
        if agreed:
            join(joining.account, joining.organisation, today, by)


def join(account: Account, organisation: Organisation, today: date, by: Account, *, manager: bool = False) -> None:
    """Let somebody act for an organisation from today on; a manager's tie follows one without, never changes it."""
    held = belongs(account, organisation, today)
    if held is not None and (held.manager or not manager):
        return
    with transaction.atomic():
        if held is not None:
            end(held, today - timedelta(days=1), by, today)
        Employment.objects.create(account=account, organisation=organisation, manager=manager, since=today, by=by)


def appoint(tie: Employment, by: Account, today: date) -> None:
    """Make somebody who acts for an organisation a manager of it. Raises ValidationError for one who may not."""
    if not (is_manager(by, tie.organisation, today) or may_settle(by, tie.organisation, today)):
        raise ValidationError(_("Only a manager of the organisation can appoint another one."), code="not-yours")
    if not belongs(tie.account, tie.organisation, today):
        raise ValidationError(_("This has ended already."), code="over")
    join(tie.account, tie.organisation, today, by, manager=True)


def leave(tie: Employment, until: date, by: Account, today: date) -> None:
    """End a tie: one's own, or as a manager, or as one who may settle who acts for it.

    Raises ValidationError for others, and for the last manager while others act for the organisation.
    """
    others = Employment.objects.filter(holding(today), organisation=tie.organisation).exclude(account=tie.account)
    settling = may_settle(by, tie.organisation, today)
    if not (by.pk == tie.account_id or settling or is_manager(by, tie.organisation, today)):
        raise ValidationError(_("Only a manager of the organisation can end this."), code="not-yours")
    if tie.manager and not settling and others.exists() and not others.filter(manager=True).exists():
        raise ValidationError(
            _("This is the last manager of the organisation. Make another one a manager first."), code="last"
        )
    end(tie, until, by, today)
