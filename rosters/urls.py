from django.urls import path

from . import views

app_name = "rosters"
urlpatterns = [
    path("", views.index, name="index"),
    path("assignments/<int:pk>/end/", views.end, name="end"),
    path("selections/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:code>/", views.division, name="division"),
    path("<str:code>/candidates/", views.candidates, name="candidates"),
    path("<str:code>/candidates/<int:pk>/", views.assign, name="assign"),
    path("<str:code>/selections/", views.selections, name="selections"),
]
