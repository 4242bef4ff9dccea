"""The question bank in Wagtail's admin."""

from django.contrib import messages
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from .bank_forms import ItemForm
from .domain.analysis.reading import uses_of
from .domain.contents import content_of
from .domain.keying import all_in_force
from .domain.linting import advice_on, twins_of
from .models import Item, ItemVersion

EDIT = "questions:edit"


class KeepsAll(ModelPermissionPolicy):
    """Papers name versions of questions, so nobody deletes one."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        kept = [action for action in actions if action != "delete"]
        return super().user_has_any_permission(user, kept)


class ItemIndexView(generic.IndexView):
    """The list with the words of each question's current version."""

    def get_base_queryset(self):
        return Item.objects.for_list()

    def search_queryset(self, queryset):
        words = self.search_query
        if not words:
            return queryset
        return queryset.filter(code__icontains=words) | queryset.filter(
            current__stem__icontains=words
        )


class Advising:
    """A question is kept as written; what could be written better is said at once."""

    def form_valid(self, form):
        response = super().form_valid(form)
        for words in advice_on(form.content):
            messages.warning(self.request, words)
        return response


class ItemCreateView(Advising, generic.CreateView):
    pass


class ItemEditView(Advising, generic.EditView):
    pass


class ItemInspectView(generic.InspectView):
    """One question, all its versions, what people made of each, and its use."""

    template_name = "exams/item_inspect.html"

    def get_context_data(self, **kwargs):
        versions = (
            ItemVersion.objects.filter(item=self.object)
            .select_related("made_by")
            .prefetch_related(Prefetch("releases"))
            .order_by("-number")
        )
        keyed = all_in_force(versions)
        uses = uses_of(keyed, for_user=self.request.user, at=timezone.now())
        told = [(each, uses.get(each.pk)) for each in keyed]
        return super().get_context_data(**kwargs) | {"versions": told} | self.advice()

    def advice(self):
        bank = {
            item.code: content_of(item.current)
            for item in Item.objects.exclude(current=None).select_related("current")
        }
        content = bank.pop(self.object.code, None)
        if content is None:
            return {"advice": [], "twins": []}
        return {"advice": advice_on(content), "twins": twins_of(content, bank)}


class ItemViewSet(ModelViewSet):
    """Questions: list, read with their use, write. Editing makes a new version."""

    model = Item
    name = "questions"
    icon = "help"
    menu_label = _("Question bank")
    menu_name = "questions"
    menu_order = 210
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = ItemIndexView
    inspect_view_class = ItemInspectView
    add_view_class = ItemCreateView
    edit_view_class = ItemEditView
    list_per_page = 50
    list_display = [
        TitleColumn(
            "code", label=_("code"), sort_key="code", url_name="questions:edit"
        ),
        Column("stem", label=_("question"), accessor="current.stem"),
        Column("subject", label=_("subject"), accessor="current.get_subject_display"),
        Column("kind", label=_("kind"), accessor="current.get_kind_display"),
        Column("difficulty", label=_("difficulty"), accessor="current.difficulty"),
        Column("number", label=_("version"), accessor="current.number"),
    ]
    list_filter = {
        "current__subject": ["exact"],
        "current__kind": ["exact"],
        "current__difficulty": ["exact"],
    }
    search_fields = ["code", "current__stem"]
    search_backend_name = None

    def get_form_class(self, for_update=False):
        return ItemForm
