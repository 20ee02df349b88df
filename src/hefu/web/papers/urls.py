"""Addresses: files under /uploads/, printed forms beside the dossier and the scheme that they belong to."""

from django.urls import path

from hefu.web.papers import arriving, download, printed, uploads, wording

app_name = "papers"
urlpatterns = [
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/new/", arriving.begin, name="begin"),
    path("uploads/arriving/<str:arrival_id>/", arriving.coming, name="arriving"),
    path("uploads/<str:upload_id>/", download.download, name="upload"),
    path("uploads/<str:upload_id>/forget/", uploads.forget, name="forget"),
    path("wording/", wording.index, name="wordings"),
    path("bodies/<slug:body>/wording/", wording.page, name="wording"),
    path("d/<str:dossier>/forms/<int:number>/", printed.printed, name="printed"),
    path("d/<str:dossier>/forms/<int:number>/<str:form>/", printed.printed, name="printed"),
    path("schemes/<str:ref>/forms/<str:form>/", printed.blank, name="blank"),
]
