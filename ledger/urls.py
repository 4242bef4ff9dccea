from django.urls import path

from . import views

app_name = "ledger"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/notice/", views.publish, name="publish"),
    path("notices/<int:pk>/objections/", views.objection, name="objection"),
    path("objections/<int:pk>/settlement/", views.settle, name="settle"),
]
