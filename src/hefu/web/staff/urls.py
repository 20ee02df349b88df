"""The addresses of the pages of a body's people."""

from django.urls import path

from hefu.web.staff import duties, month, register, search, together, worklist

app_name = "staff"
urlpatterns = [
    path("work/", worklist.work, name="work"),
    path("work/views/", worklist.keep, name="keep-view"),
    path("work/views/<int:number>/", worklist.change, name="change-view"),
    path("work/together/", together.together, name="together"),
    path("calendar/", month.month, name="calendar"),
    path("duties/", duties.duties, name="duties"),
    path("search/", search.search, name="search"),
    path("dossiers/", register.listing, name="dossiers"),
    path("certificates/", register.certificates, name="certificates"),
]
