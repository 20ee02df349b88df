"""The addresses of a body's settings."""

from django.urls import path

from hefu.web.bodies import change, history, offers, overview

app_name = "bodies"
urlpatterns = [
    path("settings/", overview.mine, name="mine"),
    path("<slug:body>/settings/", overview.overview, name="settings"),
    path("<slug:body>/settings/history/", history.history, name="history"),
    path("<slug:body>/settings/take-up/", offers.take_up, name="take-up"),
    path("<slug:body>/settings/<slug:scheme>/open/", offers.turn, name="open"),
    path("<slug:body>/settings/<slug:scheme>/<slug:kind>/<slug:name>/", change.change, name="change"),
    path("<slug:body>/settings/<slug:scheme>/<slug:kind>/<slug:name>/sheet.csv", change.sheet, name="sheet"),
]
