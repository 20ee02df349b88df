"""Addresses of the portal of those outside."""

from django.urls import path

from hefu.web.client import views

app_name = "client"
urlpatterns = [
    path("my/", views.home, name="home"),
    path("my/begin/", views.begin, name="begin"),
]
