from django.urls import path

from .views import (
    appraising,
    assigning,
    gaps,
    importing,
    pipeline,
    proposing,
    selecting,
    wishing,
)

app_name = "rosters"
urlpatterns = [
    path("", gaps.index, name="index"),
    path("assignments/<int:pk>/end/", assigning.end, name="end"),
    path("assignments/<int:pk>/handover/", assigning.handover, name="handover"),
    path("selections/<int:pk>/withdraw/", selecting.withdraw, name="withdraw"),
    path("appraisal/", appraising.own, name="own-scorecard"),
    path("appraisal/<int:pk>/", appraising.scorecard, name="scorecard"),
    path("preference/", wishing.own, name="own-preference"),
    path("preference/<int:pk>/", wishing.preference, name="preference"),
    path("objections/<int:pk>/", appraising.answer, name="answer"),
    path("imports/", importing.start, name="imports"),
    path("imports/<slug:kind>.xlsx", importing.template, name="import-template"),
    path("imports/<str:token>/", importing.preview, name="import-preview"),
    path("imports/<str:token>/outcome.xlsx", importing.outcome, name="import-outcome"),
    path("<str:code>/", gaps.division, name="division"),
    path("<str:code>/pipeline/", pipeline.pipeline, name="pipeline"),
    path("<str:code>/pipeline/<int:pk>/", pipeline.training, name="training"),
    path("<str:code>/proposal/", proposing.proposal, name="proposal"),
    path("<str:code>/demand/", proposing.demand, name="demand"),
    path("<str:code>/trend/", gaps.trend, name="trend"),
    path("<str:code>/gaps.xlsx", gaps.export, name="export"),
    path("<str:code>/appraisal/", appraising.appraisal, name="appraisal"),
    path("<str:code>/appraisal.xlsx", appraising.export, name="appraisal-export"),
    path("<str:code>/candidates/", assigning.candidates, name="candidates"),
    path("<str:code>/candidates/<int:pk>/", assigning.assign, name="assign"),
    path("<str:code>/selections/", selecting.selections, name="selections"),
]
