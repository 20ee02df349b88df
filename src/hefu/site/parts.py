"""Settings of the parts that we did not write: accounts, security headers, mail."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlsplit

_HTTPS = os.environ.get("HEFU_HTTPS") == "1"

OPENID_CONNECT = "allauth.socialaccount.providers.openid_connect"
"""The application that knows how to sign in by an identity provider."""

SECURITY: dict[str, Any] = {
    "SESSION_COOKIE_SECURE": _HTTPS,
    "CSRF_COOKIE_SECURE": _HTTPS,
    "SECURE_SSL_REDIRECT": _HTTPS,
    "SECURE_HSTS_SECONDS": 31_536_000 if _HTTPS else 0,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None,
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_REFERRER_POLICY": "same-origin",
    "X_FRAME_OPTIONS": "DENY",
    "SESSION_ENGINE": "hefu.web.sessions",
    "SESSION_COOKIE_AGE": 12 * 3600,  # a working day
    "CSRF_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
}

ACCOUNTS: dict[str, Any] = {
    "AUTH_USER_MODEL": "hefu_people.Account",
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",
        "allauth.account.auth_backends.AuthenticationBackend",
    ],
    "AUTH_PASSWORD_VALIDATORS": [
        {
            "NAME": "hefu.people.passwords.Unlike",
            "OPTIONS": {"user_attributes": ("email", "name")},
        },
        {"NAME": "hefu.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
        {"NAME": "hefu.people.passwords.Uncommon"},
    ],
    "LOGIN_REDIRECT_URL": "/home/",
    "LOGIN_URL": "/account/login/",
    "ACCOUNT_ADAPTER": "hefu.web.account.adapter.AccountAdapter",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
    "ACCOUNT_SIGNUP_FORM_CLASS": "hefu.web.account.signup.NameForm",
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,  # whoever did not change their password learns that somebody did
    "ACCOUNT_CHANGE_EMAIL": True,  # one address an account; the new one counts once it is confirmed
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
    "ACCOUNT_SESSION_REMEMBER": False,  # a session is a working day, and ends with the browser
    "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if _HTTPS else "http",
    # login_failed is for codes of the second factor; wrong passwords are counted by axes (web/account/adapter.py).
    "ACCOUNT_RATE_LIMITS": {
        "login_failed": "60/m/ip,10/30m/key",
        "signup": "10/m/ip",
        "reset_password": "10/m/ip,3/m/key",
    },
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_FORMS": {
        "add_webauthn": "hefu.web.account.passkey.AddPasskeyForm",
        "edit_webauthn": "hefu.web.account.passkey.EditPasskeyForm",
    },
    "MFA_TOTP_ISSUER": "Hefu",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not _HTTPS,  # a browser itself allows it on loopback only
    "AXES_FAILURE_LIMIT": 8,
    "AXES_COOLOFF_TIME": 1,  # hours
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_LOCKOUT_CALLABLE": "hefu.web.account.lockout.locked",
    "AXES_USERNAME_CALLABLE": "hefu.web.account.lockout.username",
    "AXES_CLIENT_IP_CALLABLE": "hefu.web.limits.address",
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_VERBOSE": False,
    "AXES_DISABLE_ACCESS_LOG": True,  # only failures are kept, as long as they count
}


def single_sign_on(url: str) -> dict[str, Any]:
    """Django's settings of an identity provider that speaks OpenID Connect, where there is one.

    HEFU_OIDC_URL is its address (that before /.well-known/openid-configuration), HEFU_OIDC_ID and HEFU_OIDC_SECRET are
    what it has given to this installation, HEFU_OIDC_NAME is what the button says. Whoever it says has an address has
    the account of that address, so it must be one that checks addresses.
    """
    if not url:
        return {"SOCIALACCOUNT_PROVIDERS": {}}
    app = {
        "provider_id": "sso",
        "name": os.environ.get("HEFU_OIDC_NAME", "SSO"),
        "client_id": os.environ.get("HEFU_OIDC_ID", ""),
        "secret": os.environ.get("HEFU_OIDC_SECRET", ""),
        "settings": {"server_url": url},
    }
    return {
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}},
        "SOCIALACCOUNT_ADAPTER": "hefu.web.account.adapter.SingleSignOnAdapter",
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": True,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
    }


def mail(address: str) -> dict[str, Any]:
    """Django's settings of mail from one address: smtp(s)://…, the path of a folder, or nothing.

    Raises ValueError for an address that begins with anything else.
    """
    parts = urlsplit(address)
    sender = os.environ.get("HEFU_MAIL_FROM", "Hefu <hefu@localhost>")
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend", "DEFAULT_FROM_EMAIL": sender}
    if parts.scheme in ("smtp", "smtps"):
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "DEFAULT_FROM_EMAIL": sender,
        }
    if parts.scheme:
        raise ValueError(f"HEFU_MAIL begins with {parts.scheme!r}; it must be smtp, smtps or the path of a folder")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": address,
        "DEFAULT_FROM_EMAIL": sender,
    }
