"""Where the looks are taken: the whole demonstration on one day, and on top of it what it does not bring by itself.

Invitations in every state, somebody away with a deputy, kept views, a body in which nothing has happened yet, names as
long as the tables allow, an account without a password, rounds and a mail that went wrong.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from hefu.demo.cast import settle
from hefu.demo.lives import Life, live, live_all
from hefu.dossiers.models import CaseRow, OutboxRow, PartyRow
from hefu.dossiers.outcome import When
from hefu.jobs.models import RoundRow, WorkerRow
from hefu.notices.models import NoticeRow
from hefu.notices.record import record
from hefu.people import invitations
from hefu.people.models import Account, Body, Delegation, Employment, Invitation, Offer, Organisation
from hefu.register import intake
from hefu.register.models import EntryRow, StepRow
from hefu.web import kept
from hefu.web.staff.models import SavedView
from tests.people.town import assign, person

if TYPE_CHECKING:
    from hefu.demo.cast import Cast

TODAY = date(2026, 11, 20)
NOW = When(TODAY, datetime(2026, 11, 20, 3, tzinfo=UTC))
LONG_NAME = "中国（河北）自由贸易试验区金融科技与网络空间安全综合服务" * 4
LONG_ENGLISH = "Free Trade Pilot Zone FinancialTechnologyAndCyberspaceSecurity Comprehensive Services " * 2
DAY = timedelta(days=1)


def now() -> When:
    """The moment of all looks (settings.HEFU_NOW)."""
    return NOW


class Place(NamedTuple):
    """Everybody by their names in the cast, and the words that stand in the addresses of looks."""

    accounts: dict[str, Account]
    words: dict[str, str]


def settled() -> Place:
    """Everything, in an empty database."""
    store = kept.store()
    store.forget()
    cast = settle(TODAY)
    live_all(store, cast, NOW)
    accounts = dict(cast.accounts)
    words = _long(cast, accounts)
    for parcel in OutboxRow.objects.order_by("pk"):
        record(store, parcel.dossier_id, parcel.number, NOW)
    words |= _invited(cast) | _dossiers() | _public()
    _away(cast)
    _new(accounts)
    _gone_wrong()
    SavedView.objects.create(account=accounts["pan"], name="逾期", query="due=overdue")
    view = SavedView.objects.create(account=accounts["pan"], name="等得最久的在前", query="sort=since")
    _same_act(cast)
    accounts["sso"] = Account.objects.create_user("sso@demo.invalid", name="单点登录用户")
    words["view"] = str(view.pk)
    return Place(accounts, words)


def _long(cast: Cast, accounts: dict[str, Account]) -> dict[str, str]:
    """An organisation and its person, with names of the greatest length, and a dossier of theirs."""
    firm = Organisation.objects.create(name=LONG_NAME[:200], name_en=LONG_ENGLISH[:200], uscc="91310000MA1FL0AA7E")
    found = person("long", key="demo-long")
    Account.objects.filter(pk=found.pk).update(name="阿卜杜勒拉赫曼·" * 8)
    accounts["long"] = Account.objects.get(pk=found.pk)
    Employment.objects.create(account=found, organisation=firm, manager=True, since=TODAY - 4000 * DAY)
    other = cast.organisations["shuanghe"]
    short, other.name, other.name_en = (other.name, other.name_en), firm.name, firm.name_en
    other.save()
    life = Life("wal", "wal-qp-21/a-whole-life", "finding.respond", 3, "shuanghe", {}, {})
    dossier = live(kept.store(), cast, life, NOW, {})
    other.name, other.name_en = short
    other.save()
    return {"long": dossier}


def _same_act(cast: Cast) -> None:
    """Several dossiers wait for the same person's same act."""
    for holder in ("hengtong", "lvzhou"):
        live(kept.store(), cast, Life("wal", "wal-qp-21/a-whole-life", "initial.review-application", 1, holder, {}, {}),
             NOW, {})  # fmt: skip


def _invited(cast: Cast) -> dict[str, str]:
    """Invitations: good, over, taken back, and one to an organisation."""
    body, by = Body.objects.get(pk="wal"), cast.accounts["guan"]
    roles = [("wal-qp-21", "planner"), ("wal-qp-21", "auditor")]
    found = {}
    for name, sent in (("good", NOW.at), ("over", NOW.at - 20 * DAY), ("withdrawn", NOW.at)):
        held, found[f"invited_{name}"] = invitations.invite_to_body(
            f"{name}@example.org", body, roles, by, sent, TODAY, TODAY
        )
        if name == "withdrawn":
            invitations.withdraw(held, by, NOW.at, TODAY)
    known = cast.accounts["wang"]
    _, found["invited_known"] = invitations.invite_to_body(known.email, body, roles, by, NOW.at, TODAY, TODAY)
    firm = cast.organisations["anxin"]
    _, found["invited_firm"] = invitations.invite_to_organisation("two@example.org", firm, known, NOW.at, TODAY)
    assert Invitation.objects.count() == 5
    return found


def _dossiers() -> dict[str, str]:
    def one(body: str, process: str, **more: str) -> str:
        cases = CaseRow.objects.filter(dossier__body=body, process=process, **more)
        return str(cases.order_by("-last").values_list("dossier_id", flat=True)[0])

    auditing = one("wal", "initial", state="auditing")
    party = PartyRow.objects.filter(dossier=auditing).values_list("key", flat=True)
    return {"auditing": auditing, "nomination": one("hbfma", "nomination"), "parties": ",".join(party)}


def _public() -> dict[str, str]:
    entries = {row.status: row.public for row in EntryRow.objects.all()}
    told = intake.Written("wal", intake.COMPLAINT, "wal", "wal-qp-21", "", "", "", "某人", "x@example.org", "投诉" * 90)
    return {
        "valid": entries["valid"], "suspended": entries["suspended"],
        "step": StepRow.objects.order_by("-pk").values_list("public", flat=True)[0],
        "intake": str(intake.receive(told, NOW.at).row.pk),
    }  # fmt: skip


def _away(cast: Cast) -> None:
    """Somebody is away this week, somebody will be, and somebody was."""
    of, body = cast.accounts, Body.objects.get(pk="wal")
    for absent, deputy, start, end in (("zhao", "zheng", -1, 5), ("li", "zhao", 9, 12), ("zhao", "sun", -40, -30)):
        Delegation.objects.create(
            absent=of[absent], deputy=of[deputy], body=body, since=TODAY + start * DAY, until=TODAY + end * DAY,
            reason="年休假",
        )  # fmt: skip


def _new(accounts: dict[str, Account]) -> None:
    """A body that has just been made, and its first person, who holds every office in it."""
    body = Body.objects.create(slug="new", name=LONG_NAME[:120], name_en=LONG_ENGLISH[:120])
    Offer.objects.create(body=body, scheme="wal-qp-21")
    accounts["new"] = person("new")
    for role in ("administrator", "planner", "application-reviewer", "complaints-officer", "management-representative"):
        assign(accounts["new"], body, role)
    accounts["nobody"] = person("nobody")


def _gone_wrong() -> None:
    """What an operator has to look after: a parcel, a mail and a round that failed."""
    parcel = OutboxRow.objects.order_by("-pk")[0]
    OutboxRow.objects.exclude(pk=parcel.pk).update(delivered=NOW.at)
    OutboxRow.objects.filter(pk=parcel.pk).update(attempts=4, problem="connection refused", not_before=NOW.at + DAY)
    notice = NoticeRow.objects.order_by("pk")[0]
    NoticeRow.objects.filter(pk=notice.pk).update(mail="now", problem="550 5.1.1 no such user")
    WorkerRow.objects.create(name="one-1", host="one", pid=1, started=NOW.at, seen=NOW.at)
    RoundRow.objects.create(
        key="sweep-1", kind="sweep", on=TODAY, started=NOW.at, finished=NOW.at, done=42, total=42, dossiers=3, events=5,
    )  # fmt: skip
    RoundRow.objects.create(
        key="audit-1", kind="audit", on=TODAY, started=NOW.at, finished=NOW.at, done=40, total=42, dossiers=2,
        fault_count=1, faults=[("01J", 3, "the link does not hold the one before")],
    )  # fmt: skip
