"""The addresses of the public pages."""

from django.urls import path

from hefu.web.public import announcements, complain, entry, home, inbox, record, rules, sitemap

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("c/", entry.lookup, name="lookup"),
    path("c/<slug:public>/", entry.entry, name="entry"),
    path("c/<slug:public>.json", record.as_json, name="entry-json"),
    path("announcements/", announcements.announcements, name="announcements"),
    path("announcements/<slug:public>/", announcements.announcement, name="announcement"),
    path("announcements/of/<slug:body>.atom", announcements.feed, name="feed"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:scheme>/", rules.newest, name="rules-newest"),
    path("rules/<slug:scheme>/<str:version>/", rules.rules_of, name="rules-of"),
    path("complain/", complain.complain, name="complain"),
    path("complain/status/", complain.status, name="complain-status"),
    path("intake/", inbox.inbox, name="intake"),
    path("intake/<int:number>/", inbox.one, name="intake-one"),
    path("intake/<int:number>/take/", inbox.take, name="intake-take"),
    path("intake/<int:number>/answer/", inbox.answer, name="intake-answer"),
    path("intake/<int:number>/about/", inbox.about, name="intake-about"),
    path("intake/<int:number>/files/<str:upload_id>/", inbox.file, name="intake-file"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap/pages.xml", sitemap.pages, name="sitemap-pages"),
    path("sitemap/<int:number>.xml", sitemap.part, name="sitemap-part"),
]
