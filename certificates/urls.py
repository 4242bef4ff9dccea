from django.urls import path

from . import (
    batch_views,
    design_views,
    life_views,
    photo_views,
    refresher_views,
    validity_views,
    views,
)

app_name = "certificates"
urlpatterns = [
    path("", views.index, name="index"),
    path("seen/", life_views.seen, name="seen"),
    path("appeals/", life_views.appeals, name="appeals"),
    path("due/", refresher_views.due, name="due"),
    path("due/decided/", refresher_views.decided, name="decided"),
    path("lookups/", views.lookups, name="lookups"),
    path("waiting/", views.waiting, name="waiting"),
    path("batches/", batch_views.batches, name="batches"),
    path("batches/sittings/<int:pk>/order/", batch_views.order, name="order"),
    path("batches/<int:pk>/", batch_views.batch, name="batch"),
    path("batches/<int:pk>/cancel/", batch_views.cancel, name="cancel"),
    path("batches/<int:pk>/retry/", batch_views.retry, name="retry"),
    path("batches/<int:pk>/bundle/", batch_views.bundle, name="bundle"),
    path(
        "batches/<int:pk>/files/<int:file_pk>/",
        batch_views.bundle_file,
        name="bundle_file",
    ),
    path("people/<int:pk>/photo/", photo_views.photo, name="photo"),
    path("people/<int:pk>/photo/file/", photo_views.photo_file, name="photo_file"),
    path(
        "people/<int:pk>/photo/take-away/",
        photo_views.take_away,
        name="take_photo_away",
    ),
    path("validity/", validity_views.validity, name="validity"),
    path("templates/<int:pk>/pdf/", design_views.specimen, name="specimen"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/pdf/", views.download, name="download"),
    path("<str:number>/badge/", views.badge, name="badge"),
    path("<str:number>/revoke/", views.revoke, name="revoke"),
    path("<str:number>/suspend/", life_views.suspend, name="suspend"),
    path("<str:number>/lift/", life_views.lift, name="lift"),
    path("<str:number>/reissue/", life_views.reissue, name="reissue"),
    path("<str:number>/appeal/", life_views.appeal, name="appeal"),
    path("<str:number>/refresher/", refresher_views.change, name="refresher"),
    path("<str:number>/answer/", life_views.answer, name="answer"),
]
