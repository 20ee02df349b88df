"""The address of the figures."""

from django.urls import path

from hefu.web.figures import page

app_name = "figures"
urlpatterns = [path("", page.figures, name="figures"), path("figures.csv", page.exported, name="sheet")]
