"""Addresses of dossiers."""

from django.urls import path

from hefu.web.dossier import views
from hefu.web.dossier.act import act
from hefu.web.dossier.begin import begin

app_name = "dossier"
urlpatterns = [
    path("d/<str:dossier>/", views.tab, name="page"),
    path("d/<str:dossier>/export/", views.exported, name="export"),
    path("d/<str:dossier>/do/<str:do>/", act, name="act"),
    path("d/<str:dossier>/do/<str:do>/<str:item>/", act, name="act"),
    path("d/<str:dossier>/<slug:shown>/", views.tab, name="tab"),
    path("begin/<slug:body>/<slug:scheme>/<str:do>/", begin, name="begin"),
]
