"""What the account library asks us: names of new people, where they go first, whence they come, how often they try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.urls import reverse
from django.utils.translation import get_language

from hefu.people.models import Account, Assignment, Employment
from hefu.people.ties import holding
from hefu.web import moment
from hefu.web.limits import address

if TYPE_CHECKING:
    from django.http import HttpRequest


def belongs_nowhere(account: Account) -> bool:
    """Whether somebody has neither an organisation nor a role, so that there is nothing yet that they could do."""
    on = holding(moment.today())
    return not (
        account.operator
        or Assignment.objects.filter(on, account=account).exists()
        or Employment.objects.filter(on, account=account).exists()
    )


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # the library has no types
    """Accounts by email and password."""

    def save_user(self, request: HttpRequest, user: Account, form: Any, commit: bool = True) -> Account:  # noqa: ANN401, FBT001, FBT002 - the library's own signature
        """Keep the name, and the language in which they came."""
        user.name = form.cleaned_data.get("name", "").strip()
        user.language = get_language() or user.language
        saved: Account = super().save_user(request, user, form, commit)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who belongs nowhere yet says first for which organisation they act."""
        if isinstance(request.user, Account) and belongs_nowhere(request.user):
            return reverse("account:organisations")
        url: str = super().get_login_redirect_url(request)
        return url

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """As after signing in."""
        return self.get_login_redirect_url(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - as above
        """Nothing: wrong passwords are counted by axes, for one address from one place.

        The library counts them for an address from everywhere, so that anybody could lock anybody out.
        """

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that every other limit counts by."""
        return address(request)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # the library has no types
    """Accounts by the identity provider that the operator has named."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Account:  # noqa: ANN401 - as above
        """The name as the provider knows it, else the address."""
        user: Account = super().populate_user(request, sociallogin, data)
        told = sociallogin.account.extra_data.get("userinfo", sociallogin.account.extra_data)
        parts = (data.get("last_name") or "", data.get("first_name") or "")
        user.name = data.get("name") or told.get("name") or "".join(parts) or user.email
        user.language = get_language() or user.language
        return user
