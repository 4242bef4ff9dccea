"""The public side, mounted at /verify/: open to everyone, signed in or not."""

from django.urls import path

from . import public_views, views

app_name = "verify"
urlpatterns = [
    path("", views.verify, name="index"),
    path("offline/", public_views.offline, name="offline"),
    path("worker.js", public_views.worker, name="worker"),
    path("keys.json", public_views.keys, name="keys"),
    path("issuer.json", public_views.issuer, name="issuer"),
    path("revocations.json", public_views.revocations, name="revocations"),
    path(
        "revoked-credentials.json",
        public_views.revoked_credentials,
        name="revoked_credentials",
    ),
    path("<str:number>/<str:code>/", views.answer, name="answer"),
]
