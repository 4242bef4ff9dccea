from django.urls import path

from . import views

app_name = "divisions"
urlpatterns = [path("suggest/", views.suggest, name="suggest")]
