"""The addresses of statistics, under the exams."""

from django.urls import path

from .views import analysis, similarity, standards, teaching

urlpatterns = [
    path("sittings/<int:pk>/", analysis.sitting, name="analysis"),
    path("sittings/<int:pk>/workbook/", analysis.sitting_book, name="analysis_book"),
    path("sittings/<int:pk>/similarity/", similarity.similarity, name="similarity"),
    path("questions/<int:pk>/", analysis.item, name="item"),
    path("questions/<int:pk>/workbook/", analysis.item_book, name="item_book"),
    path("sections/", analysis.clauses, name="clauses"),
    path("sections/workbook/", analysis.clauses_book, name="clauses_book"),
    path("sections/reread/", teaching.reread, name="reread"),
    path("sections/reread/<int:pk>/end/", teaching.end, name="reread_end"),
    path("panels/", standards.panels, name="panels"),
    path("panels/new/", standards.convene, name="panel_new"),
    path("panels/<int:pk>/", standards.panel, name="panel"),
    path("panels/<int:pk>/rate/", standards.rate, name="panel_rate"),
    path("panels/<int:pk>/close/", standards.close, name="panel_close"),
]
