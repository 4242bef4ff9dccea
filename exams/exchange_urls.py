from django.urls import path

from .views import exchange

urlpatterns = [
    path("", exchange.exchange, name="exchange"),
    path("template/", exchange.exchange_template, name="exchange-template"),
    path("export/", exchange.exchange_export, name="exchange-export"),
    path("<str:token>/", exchange.exchange_preview, name="exchange-preview"),
    path(
        "<str:token>/outcome/", exchange.exchange_annotated, name="exchange-annotated"
    ),
]
