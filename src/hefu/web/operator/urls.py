"""The addresses of the operator."""

from django.urls import path

from hefu.web.operator import asks, page

app_name = "operator"
urlpatterns = [
    path("", page.page, name="page"),
    path("rounds/", page.rounds, name="rounds"),
    path("rounds/start/", asks.round_now, name="round-now"),
    path("outbox/<str:dossier>/<int:number>/", asks.send_now, name="send-now"),
    path("mails/<int:notice>/", asks.mail_again, name="mail-again"),
    path("jobs/again/", asks.job_again, name="job-again"),
]
