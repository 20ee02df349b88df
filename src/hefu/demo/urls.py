"""Addresses that exist in the demonstration only."""

from django.urls import path

from hefu.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("tour/", views.tour, name="tour"),
    path("be/<slug:key>/", views.become, name="become"),
]
