from django.urls import path

from . import fault_views, views

app_name = "households"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("lines/", views.lines, name="lines"),
    path("faults/", fault_views.faults, name="faults"),
    path("faults/clean/", fault_views.clean, name="clean"),
    path("faults.xlsx", fault_views.export, name="faults-export"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/<slug:section>/", views.edit, name="edit"),
    path("<int:pk>/members/add/", views.add_person, name="add_member"),
    path("<int:pk>/members/<int:member_pk>/", views.edit_person, name="edit_member"),
    path("<int:pk>/members/<int:member_pk>/leave/", views.let_leave, name="leave"),
    path("<int:pk>/cases/", views.start, name="start"),
]
