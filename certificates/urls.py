from django.urls import path

from . import views

app_name = "certificates"
urlpatterns = [
    path("", views.index, name="index"),
    path("waiting/", views.waiting, name="waiting"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/pdf/", views.download, name="download"),
    path("<str:number>/badge/", views.badge, name="badge"),
    path("<str:number>/revoke/", views.revoke, name="revoke"),
]
