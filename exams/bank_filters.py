"""By what authors find questions in the list of the bank."""

from operator import itemgetter

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet

from .domain.sifting import labels_in_use, standing_as
from .enums import Kind, Standing, Subject
from .models import Item
from .models.blueprints import DIFFICULTIES
from .topics import tag_shown


class ItemFilterSet(WagtailFilterSet):
    standing = ChoiceFilter(
        label=_("State"), choices=Standing.choices, method="filter_standing"
    )
    subject = ChoiceFilter(
        label=_("Subject"), choices=Subject.choices, field_name="current__subject"
    )
    kind = ChoiceFilter(
        label=_("Kind of question"), choices=Kind.choices, field_name="current__kind"
    )
    difficulty = ChoiceFilter(
        label=_("Difficulty"),
        choices=[(each, each) for each in DIFFICULTIES],
        field_name="current__difficulty",
    )
    cites = ChoiceFilter(label=_("Citations"), method="filter_cites")
    tag = ChoiceFilter(label=_("Tag"), method="filter_tag")

    class Meta:
        model = Item
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cites = [(each, each) for each in sorted(self.labels.cites)]
        tags = [(each, tag_shown(each)) for each in sorted(self.labels.tags)]
        self.filters["cites"].extra["choices"] = cites
        self.filters["tag"].extra["choices"] = sorted(tags, key=itemgetter(1))

    @cached_property
    def labels(self):
        return labels_in_use()

    def filter_standing(self, queryset, _name, value):
        return standing_as(queryset, value)

    def filter_cites(self, queryset, _name, value):
        return queryset.filter(pk__in=self.labels.cites[value])

    def filter_tag(self, queryset, _name, value):
        return queryset.filter(pk__in=self.labels.tags[value])
