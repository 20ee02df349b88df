"""The addresses of the notices."""

from django.urls import path

from hefu.web.notices import choice, listing, notice

app_name = "notices"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("read/", listing.read_all, name="read-all"),
    path("choice/", choice.choose_mail, name="choice"),
    path("<int:number>/", notice.notice, name="notice"),
    path("<int:number>/open/", notice.open_notice, name="open"),
    path("<int:number>/read/", notice.read_notice, name="read"),
]
