from django.urls import path

from . import views

app_name = "villages"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:code>/", views.division, name="division"),
    path("<int:code>/profile/", views.profile, name="profile"),
]
