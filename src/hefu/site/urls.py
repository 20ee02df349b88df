"""Every address of the product; each slice lists its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from hefu.web.account import signin

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hefu.web.urls")),
    path("", include("hefu.web.dossier.urls")),
    path("", include("hefu.web.client.urls")),
    path("", include("hefu.web.staff.urls")),
    path("notices/", include("hefu.web.notices.urls")),
    path("", include("hefu.web.papers.urls")),
    path("schemes/", include("hefu.web.schemes.urls")),
    path("", include("hefu.web.public.urls")),
    path("", include("hefu.web.account.urls")),
    path("bodies/", include("hefu.web.bodies.urls")),
    path("figures/", include("hefu.web.figures.urls")),
    path("account/login/", signin.sign_in, name="account_login"),
    path("account/signup/", signin.sign_up, name="account_signup"),
    path("account/3rdparty/", signin.connections, name="socialaccount_connections"),
    path("operator/", include("hefu.web.operator.urls")),
    path("account/", include("allauth.urls")),
]

handler400 = "hefu.web.errors.bad_request"
handler403 = "hefu.web.errors.forbidden"
handler404 = "hefu.web.errors.not_found"
handler500 = "hefu.web.errors.broken"

if settings.HEFU_DEMO:
    urlpatterns.append(path("demo/", include("hefu.demo.urls")))
