from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from . import api, views

urlpatterns = [
    path("", views.home_page, name="home"),
    path("measures/", views.rules, name="rules"),
    path("language/", views.choose_language, name="set_language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("papersz", views.papersz, name="papersz"),
    path("accounts/", include("allauth.urls")),
    path("accounts/", include("accounts.urls")),
    path("divisions/", include("divisions.urls")),
    path("learning/", include("courses.urls")),
    path("exercises/", include("exercises.urls")),
    path("exams/", include("exams.urls")),
    path("certificates/", include("certificates.urls")),
    path("verify/", include("certificates.public_urls")),
    path("rosters/", include("rosters.urls")),
    path("households/", include("households.urls")),
    # path("villages/", include("villages.urls")),
    path("villages/", include("villages.urls")),
    path("ledger/", include("ledger.urls")),
    path("api/v1/", (api.patterns, api.app_name, api.namespace)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("django-admin/", admin.site.urls),
    path("courses/", include(wagtail_urls)),
]
if settings.DEMONSTRATION:
    urlpatterns.append(
        path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})
    )

handler400 = "trainingsite.views.bad_request"
