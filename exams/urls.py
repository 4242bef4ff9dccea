from django.urls import include, path

from .views import (
    accommodations,
    bank,
    candidates,
    invigilation,
    keys,
    late,
    offices,
    room,
)

app_name = "exams"
urlpatterns = [
    path("", candidates.index, name="index"),
    path("sittings/<int:pk>/rules/", candidates.rules, name="rules"),
    path("attempts/<uuid:uuid>/", room.room, name="room"),
    path("attempts/<uuid:uuid>/answer/", room.answer, name="answer"),
    path("attempts/<uuid:uuid>/pulse/", room.pulse, name="pulse"),
    path("attempts/<uuid:uuid>/review/", room.review, name="review"),
    path("attempts/<uuid:uuid>/submit/", room.submit, name="submit"),
    path("attempts/<uuid:uuid>/late/", late.send, name="late-send"),
    path("attempts/<uuid:uuid>/late/decision/", late.decide, name="late-decide"),
    path("attempts/<uuid:uuid>/result/", candidates.result, name="result"),
    path("releases/", bank.releases, name="releases"),
    path("questions/<int:pk>/confirm/", bank.confirm, name="confirm"),
    path("questions/<int:pk>/key/", keys.revise, name="key"),
    path("sittings/", offices.sittings, name="sittings"),
    path("sittings/new/", offices.schedule, name="schedule"),
    path("sittings/<int:pk>/", offices.board, name="board"),
    path("sittings/<int:pk>/extend/", invigilation.extend, name="extend"),
    path("sittings/<int:pk>/close/", invigilation.close, name="close"),
    path("sittings/<int:pk>/tell/", invigilation.tell, name="tell"),
    path("sittings/<int:pk>/note/", invigilation.note, name="note"),
    path("sittings/<int:pk>/late/", late.index, name="late"),
    path("attempts/<uuid:uuid>/timeline/", invigilation.timeline, name="timeline"),
    path("extra-time/", accommodations.index, name="accommodations"),
    path("extra-time/<int:pk>/end/", accommodations.end, name="end-accommodation"),
    path("analysis/", include("exams.analysis_urls")),
    path("exchange/", include("exams.exchange_urls")),
]
