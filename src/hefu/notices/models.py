"""The tables: what each person was told, and what they want by mail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hefu.people.models import Account
from hefu.rules.model import Text

NAME = 120
TITLE = 400


class Mail(models.TextChoices):
    """How a notice, or somebody's notices, go by mail."""

    NOW = "now", _("at once, and the daily digest")
    DIGEST = "digest", _("in the daily digest only")
    NONE = "none", _("not at all; in the product only")


class NoticeRow(models.Model):
    """One person was told of one event. `key` is the parcel's: the same event is never told twice.

    `mailed` is set when a mail server has taken it over, `problem` when it is given up.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="notices")
    key = models.CharField(max_length=2 * NAME)
    body = models.CharField(max_length=NAME)
    dossier = models.CharField(max_length=NAME)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=NAME)
    zh = models.CharField(max_length=TITLE)
    en = models.CharField(max_length=TITLE)
    detail_zh = models.TextField(blank=True)
    detail_en = models.TextField(blank=True)
    clauses = models.JSONField(default=list)
    on = models.DateField()
    due = models.DateField(null=True)
    created = models.DateTimeField()
    read = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=Mail)
    mailed = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        """Unread ones are counted on every page, so they have an index that holds no others."""

        db_table = "hefu_notice"
        constraints = (models.UniqueConstraint(fields=("account", "key"), name="hefu_notice_once"),)
        indexes = (
            models.Index(fields=("account", "-id"), name="hefu_notice_account"),
            models.Index(fields=("account",), condition=Q(read__isnull=True), name="hefu_notice_unread"),
            models.Index(fields=("key",), name="hefu_notice_key"),
            models.Index(fields=("mail", "account"), condition=Q(mailed__isnull=True), name="hefu_notice_unmailed"),
        )

    @property
    def title(self) -> Text:
        return Text(self.zh, self.en)

    @property
    def detail(self) -> Text:
        return Text(self.detail_zh, self.detail_en)


class ChoiceRow(models.Model):
    """What somebody wants by mail; without a row they get each at once."""

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="mail_choice")
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.NOW)

    class Meta:
        """Read by account."""

        db_table = "hefu_mail_choice"
