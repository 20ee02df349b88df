"""A notice as a page shows it: with its sign, its dossier, and the scheme in which its clauses stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.notices.signs import SIGNS
from hefu.people.models import Assignment
from hefu.people.ties import holding
from hefu.web import kept, moment

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from hefu.dossiers.models import DossierRow
    from hefu.notices.inbox import Listed
    from hefu.notices.models import NoticeRow
    from hefu.people.models import Account
    from hefu.rules.model import Scheme


class Shown(NamedTuple):
    """A notice of a page. `late`: its day has passed."""

    notice: NoticeRow
    sign: _StrOrPromise
    dossier: DossierRow | None
    scheme: Scheme | None
    late: bool


def shown(listed: Listed) -> Shown:
    """A notice with all that its page needs."""
    notice, dossier = listed
    scheme = kept.store().laws.of(dossier.scheme, dossier.settings).scheme if dossier else None
    late = notice.due is not None and notice.due < moment.today()
    return Shown(notice, SIGNS.get(notice.kind, notice.kind), dossier, scheme, late)


def portal(account: Account) -> str:
    """Whose navigation stands beside the page: the body's people have theirs."""
    inside = Assignment.objects.filter(holding(moment.today()), account=account).exists()
    return "staff" if inside else "client"
