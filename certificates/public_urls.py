"""The public side, mounted at /verify/: open to everyone, signed in or not."""

from django.urls import path, re_path

from . import paper_views, public_views, views

app_name = "verify"
urlpatterns = [
    path("", views.verify, name="index"),
    path("offline/", public_views.offline, name="offline"),
    path("paper/", paper_views.paper, name="paper"),
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
    # What the QR code holds: as short as can be, so without a slash at its end.
    re_path(r"^(?P<text>[A-Za-z2-7]{154})$", views.answer_code, name="code"),
]
