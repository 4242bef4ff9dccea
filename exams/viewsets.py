"""The question bank in Wagtail's admin: what is in it, as a snippet.

Nothing is written here; that is done in drafts (``draft_viewsets``).
"""

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views import snippets

from .bank_filters import ItemFilterSet
from .domain.analysis.reading import uses_of
from .domain.contents import content_of
from .domain.keying import all_in_force
from .domain.linting import advice_beside
from .enums import DraftState, Standing
from .models import Exclusion, Item, ItemDraft, ItemVersion
from .permissions import is_sitting
from .release_forms import ExclusionForm, RetireForm


class KeepsAll(ModelPermissionPolicy):
    """Papers name versions of questions, so nobody deletes one."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        kept = [action for action in actions if action != "delete"]
        return super().user_has_any_permission(user, kept)


def draft_of(item):
    """How the open draft of a question stands, in words."""
    return DraftState(item.drafted).label if item.drafted else ""


def use_of(item):
    """Whether a question is retired, in words."""
    return Standing.RETIRED.label if item.is_retired else ""


class SlimIndexView(snippets.IndexView):
    """A list without boxes to tick: nothing here is done to many at once."""

    @cached_property
    def columns(self):
        return [each for each in super().columns if each.name != "bulk_actions"]


class ItemIndexView(SlimIndexView):
    """The list with the words of each question's current version."""

    @cached_property
    def header_buttons(self):
        words, url = _("Questions kept apart"), reverse("exams:exclusions")
        apart = HeaderButton(words, url=url, icon_name="list-ul")
        return [*super().header_buttons, apart]

    def get_base_queryset(self):
        drafts = ItemDraft.objects.open().filter(code=OuterRef("code"))
        return Item.objects.for_list().annotate(drafted=drafts.values("state")[:1])

    def search_queryset(self, queryset):
        words = self.search_query
        if not words:
            return queryset
        return queryset.filter(code__icontains=words) | queryset.filter(
            current__stem__icontains=words
        )


class ItemCreateView(snippets.CreateView):
    """A new question begins as a draft."""

    http_method_names = ("get", "head", "options")

    def get(self, request, *args, **kwargs):
        return redirect("drafts:add")


class ItemEditView(snippets.EditView):
    """A new version begins as a draft: the one that is open, or another."""

    http_method_names = ("get", "head", "options")

    def get(self, request, *args, **kwargs):
        item = self.get_object()
        draft = ItemDraft.objects.open().filter(code=item.code).first()
        if draft is not None:
            return redirect("drafts:edit", draft.pk)
        return redirect(f"{reverse('drafts:add')}?item={item.pk}")


class ShowsKeys:
    """A page with keys, which nobody sees while sitting an exam."""

    def dispatch(self, request, *args, **kwargs):
        if is_sitting(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ItemInspectView(ShowsKeys, snippets.InspectView):
    """One question, all its versions, what people made of each, and its use."""

    template_name = "exams/item_inspect.html"

    def get_context_data(self, **kwargs):
        approved = ItemDraft.objects.filter(state=DraftState.APPROVED)
        versions = (
            ItemVersion.objects.filter(item=self.object)
            .select_related("made_by")
            .prefetch_related(
                Prefetch("releases"), Prefetch("drafts", approved.for_list())
            )
            .order_by("-number")
        )
        keyed = all_in_force(versions)
        uses = uses_of(keyed, for_user=self.request.user, at=timezone.now())
        told = [(each, uses.get(each.pk)) for each in keyed]
        draft = ItemDraft.objects.open().for_list().filter(code=self.object.code)
        context = {"versions": told, "draft": draft.first()} | self.advice()
        context["retiring"] = RetireForm()
        context["excluding"] = ExclusionForm(auto_id="exclusion_%s")
        context["exclusions"] = exclusions = [
            (each, each.beside(self.object))
            for each in Exclusion.objects.of(self.object).for_list()
        ]
        apart = {other.code for _each, other in exclusions}
        context["together"] = [code for code in context["twins"] if code not in apart]
        return super().get_context_data(**kwargs) | context

    def advice(self):
        if self.object.current is None:
            return {"advice": [], "twins": []}
        return advice_beside(self.object.code, content_of(self.object.current))


class WithoutPanels(snippets.SnippetViewSet):
    """Snippets whose pages and forms are our own."""

    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    search_backend_name = None
    panels = ()

    def register_chooser_viewset(self):
        """No page refers to a question, so none is chosen and made on the way."""

    def get_add_view_kwargs(self, **kwargs):
        return super().get_add_view_kwargs(**kwargs) | {"panel": None}

    def get_edit_view_kwargs(self, **kwargs):
        return super().get_edit_view_kwargs(**kwargs) | {"panel": None}


class ItemViewSet(WithoutPanels):
    """Questions: list, read with their use; writing goes by drafts."""

    model = Item
    url_namespace = url_prefix = "questions"
    icon = "help"
    menu_label = _("Question bank")
    menu_name = "questions"
    menu_order = 210
    index_view_class = ItemIndexView
    inspect_view_class = ItemInspectView
    add_view_class = ItemCreateView
    edit_view_class = ItemEditView
    list_display = [
        TitleColumn(
            "code", label=_("code"), sort_key="code", url_name="questions:inspect"
        ),
        Column("stem", label=_("question"), accessor="current.stem"),
        Column("subject", label=_("subject"), accessor="current.get_subject_display"),
        Column("kind", label=_("kind"), accessor="current.get_kind_display"),
        Column("difficulty", label=_("difficulty"), accessor="current.difficulty"),
        Column("number", label=_("version"), accessor="current.number"),
        Column("drafted", label=_("draft"), accessor=draft_of),
        Column("retired", label=_("use"), accessor=use_of),
    ]
    filterset_class = ItemFilterSet
    search_fields = ["code", "current__stem"]
    form_fields = ["code"]
