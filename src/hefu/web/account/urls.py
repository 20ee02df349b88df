"""The addresses of this part; those of signing in are the account library's (site/urls.py)."""

from django.urls import path

from hefu.web.account import (
    absences,
    bodies,
    claims,
    closing,
    competence,
    interests,
    invitation,
    organisation,
    organisations,
    people,
    person,
    profile,
    sessions,
    standings,
)

app_name = "account"
urlpatterns = [
    path("account/", profile.profile, name="profile"),
    path("account/close/", closing.close, name="close"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/others/", sessions.end_sessions, name="end-sessions"),
    path("account/sessions/<int:number>/", sessions.end_session, name="end-session"),
    path("account/organisations/", organisations.organisations, name="organisations"),
    path("account/organisations/choose/", organisations.choose, name="choose"),
    path("account/organisations/<slug:uscc>/", organisation.organisation, name="organisation"),
    path("account/interests/", interests.interests, name="interests"),
    path("account/interests/<int:number>/", interests.cease, name="cease"),
    path("account/absences/", absences.absences, name="absences"),
    path("account/absences/<int:number>/end/", absences.end_absence, name="end-own-absence"),
    path("account/invitation/<str:secret>/", invitation.invitation, name="invitation"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/new/", bodies.new_body, name="new-body"),
    path("bodies/organisations/", claims.claims, name="claims"),
    path("bodies/<slug:body>/administrators/", bodies.administrators, name="administrators"),
    path("bodies/<slug:body>/people/", people.people, name="people"),
    path("bodies/<slug:body>/people/invite/", people.invite, name="invite"),
    path("bodies/<slug:body>/people/invitations/<int:number>/withdraw/", people.withdraw, name="withdraw"),
    path("bodies/<slug:body>/people/<slug:key>/", person.person, name="person"),
    path("bodies/<slug:body>/people/<slug:key>/roles/<int:number>/", person.end_role, name="end-role"),
    path("bodies/<slug:body>/people/<slug:key>/absences/<int:number>/", person.end_absence, name="end-absence"),
    path("bodies/<slug:body>/competence/", competence.competence, name="competence"),
    path("bodies/<slug:body>/competence/<int:number>/", competence.end_competence, name="end-competence"),
    path("bodies/<slug:body>/standings/", standings.standings, name="standings"),
    path("bodies/<slug:body>/standings/<int:number>/", standings.end_standing, name="end-standing"),
]
