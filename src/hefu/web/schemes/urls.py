"""The addresses of the pages of schemes."""

from django.urls import path

from hefu.web.schemes import clauses, compare, page, proof, trying

app_name = "schemes"
urlpatterns = [
    path("", page.listing, name="list"),
    path("<slug:scheme>/<str:version>/", page.page, name="page"),
    path("<slug:scheme>/<str:version>/life/<slug:machine>/", page.lives, name="life"),
    path("<slug:scheme>/<str:version>/clauses/", clauses.clauses, name="clauses"),
    path("<slug:scheme>/<str:version>/proof/", proof.proof, name="proof"),
    path("<slug:scheme>/<str:version>/compare/", compare.compare, name="compare"),
    path("<slug:scheme>/<str:version>/try/", trying.trying, name="try"),
]
