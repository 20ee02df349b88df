"""The addresses of the shell itself; each slice has its own list (site/urls.py)."""

from django.urls import path

from hefu.web import health, home, language, theme

urlpatterns = [
    path("home/", home.home, name="home"),
    path("language/", language.set_language, name="set-language"),
    path("theme/", theme.set_theme, name="set-theme"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("favicon.ico", health.favicon),
    path("robots.txt", health.robots, name="robots"),
]
