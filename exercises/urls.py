from django.urls import path

from . import views

app_name = "exercises"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/marks/", views.mark, name="mark"),
    path("<int:pk>/steps/", views.step, name="step"),
]
