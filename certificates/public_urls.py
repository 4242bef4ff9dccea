"""The public side, mounted at /verify/: open to everyone, signed in or not."""

from django.urls import path

from . import views

app_name = "verify"
urlpatterns = [
    path("", views.verify, name="index"),
    path("<str:number>/<str:code>/", views.answer, name="answer"),
]
