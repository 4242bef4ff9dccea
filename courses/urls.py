from django.urls import path

from . import views

app_name = "courses"
urlpatterns = [
    path("", views.resume, name="resume"),
    path("lessons/<int:pk>/checks/<uuid:check_id>/", views.answer, name="answer_check"),
    path("lessons/<int:pk>/complete/", views.complete, name="complete_lesson"),
]
