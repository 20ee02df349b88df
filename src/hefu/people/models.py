"""The tables: accounts, organisations, bodies, and what ties them together, each tie with its days.

A tie has a first day and, once it is over, a last one; it is never deleted, because an old act must still be explained.
A person is known to the journals by `Account.key` only, which says nothing about them.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date

NAME = 120


def _key() -> str:
    return f"p{secrets.token_hex(8)}"


class Accounts(BaseUserManager["Account"]):
    """How accounts come into being."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> Account:  # noqa: ANN401 - fields of the model
        """A new account; without a password it can sign in only by other means."""
        account = self.model(email=self.normalize_email(email).lower(), **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in. `key` is what journals know them by."""

    key = models.CharField(max_length=NAME, unique=True, default=_key)
    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=NAME)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        """Found by email and by key."""

        db_table = "hefu_account"

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """A legal person or a part of one, by its unified social credit code (GB 32100).

    Whoever registers a code first only claims it: until an operator has seen that they act for it (`proven`), or a body
    for its own dossiers (a standing), they see no dossier that others have filed under that code.
    """

    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    proven = models.BooleanField(default=True)
    proven_on = models.DateField(null=True, blank=True)
    proven_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        """Found by code."""

        db_table = "hefu_organisation"

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """A certification body, or the association that keeps a list: a tenant, strictly apart from the others."""

    slug = models.SlugField(primary_key=True, max_length=NAME)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    contact = models.TextField(_("contact"), blank=True)

    class Meta:
        """Found by its slug, which journals and dossiers carry."""

        db_table = "hefu_body"

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    """A scheme that a body operates, with the body's own settings of it and the facts that it has recorded.

    `channels` says which notices stay in the product (notices/channels.py), `numbers` how numbers are formed
    (dossiers/number.py); what is not in them is as the product has it.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="offers")
    scheme = models.CharField(max_length=NAME)
    settings = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    channels = models.JSONField(default=dict)
    numbers = models.JSONField(default=dict)
    open = models.BooleanField(default=True)

    class Meta:
        """One a body and scheme."""

        db_table = "hefu_offer"
        constraints = (models.UniqueConstraint(fields=("body", "scheme"), name="hefu_offer_once"),)


class Change(models.Model):
    """A change of what a body has set or recorded for a scheme; never changed nor deleted (a trigger refuses it).

    `kind` and `name`: which setting, fact, channel or number; of "offer" the name is empty and the values are true and
    false, and of an offer that was taken up the old one is null. A null elsewhere is the scheme's own value, or the
    product's.
    """

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=NAME, blank=True)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        """Read by offer, the newest first."""

        db_table = "hefu_change"
        indexes = (models.Index(fields=("offer", "kind", "name"), name="hefu_change_of"),)


class Tie(models.Model):
    """What holds from one day to another, both included; `by` has made it, `ended_by` has set its end."""

    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        """The other tables inherit it."""

        abstract = True

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


class Employment(Tie):
    """Somebody acts for an organisation; `manager` may invite others to it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="employments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="employments")
    manager = models.BooleanField(default=False)

    class Meta:
        """Found from both ends."""

        db_table = "hefu_employment"


class Assignment(Tie):
    """Somebody holds a role in a body, for one scheme or (empty) for all."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="assignments")
    body = models.ForeignKey(Body, models.PROTECT, related_name="assignments")
    scheme = models.CharField(max_length=NAME, blank=True)
    role = models.CharField(max_length=NAME)

    class Meta:
        """Found from both ends."""

        db_table = "hefu_assignment"


class Standing(Tie):
    """An organisation has a role with a body: a laboratory under contract, a member of the association.

    Without a role, the body has only seen who acts for it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="standings")
    body = models.ForeignKey(Body, models.PROTECT, related_name="standings")
    scheme = models.CharField(max_length=NAME, blank=True)
    role = models.CharField(max_length=NAME, blank=True)

    class Meta:
        """Found from both ends."""

        db_table = "hefu_standing"


class Competence(Tie):
    """A body has found somebody competent in a field, at a level, for these days (a registration has its own)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="competences")
    body = models.ForeignKey(Body, models.PROTECT, related_name="competences")
    field = models.CharField(_("field"), max_length=NAME)
    level = models.CharField(_("level"), max_length=NAME, blank=True)
    registration = models.CharField(_("registration number"), max_length=NAME, blank=True)

    class Meta:
        """Found from both ends."""

        db_table = "hefu_competence"


class Interest(Tie):
    """A declared interest in an organisation, by name or code.

    `ended` is the day on which it ceased; it counts through the cooling-off, to `until`.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="interests")
    subject = models.CharField(_("organisation, name or code"), max_length=200)
    nature = models.CharField(_("nature of the interest"), max_length=300)
    ended = models.DateField(_("ceased on"), null=True, blank=True)

    class Meta:
        """Found from the person."""

        db_table = "hefu_interest"


class Delegation(Tie):
    """During absence somebody else holds one's roles in a body; they act in their own name."""

    absent = models.ForeignKey(Account, models.PROTECT, related_name="delegations")
    deputy = models.ForeignKey(Account, models.PROTECT, related_name="deputations")
    body = models.ForeignKey(Body, models.PROTECT, related_name="delegations")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        """Found from both ends."""

        db_table = "hefu_delegation"


class Joining(models.Model):
    """Somebody asks to act for an organisation; one of its managers answers."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="joinings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="joinings")
    asked = models.DateTimeField(default=timezone.now)
    answered = models.DateTimeField(null=True)
    agreed = models.BooleanField(default=False)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        """One open question of a person to an organisation."""

        db_table = "hefu_joining"
        constraints = (
            models.UniqueConstraint(
                fields=("account", "organisation"), condition=models.Q(answered=None), name="hefu_joining_open"
            ),
        )


class Invitation(models.Model):
    """An invitation to roles of a body ([scheme, role] pairs, from a day on) or to an organisation.

    Only the hash of its secret is kept.
    """

    email = models.EmailField(_("email"))
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="invitations")
    roles = models.JSONField(default=list)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="invitations")
    manager = models.BooleanField(default=False)
    by = models.ForeignKey(Account, models.PROTECT, related_name="invited")
    digest = models.CharField(max_length=64, unique=True)
    sent = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        """Found by the hash of its secret."""

        db_table = "hefu_invitation"


class Mark(models.Model):
    """The mark of everything above that says who people are: another one with every change (people/remembered.py).

    One row, which triggers write; nothing else does.
    """

    one = models.PositiveSmallIntegerField(primary_key=True)
    mark = models.CharField(max_length=36)

    class Meta:
        """Read by whoever remembers."""

        db_table = "hefu_mark"
