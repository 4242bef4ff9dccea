"""Drafts of questions in Wagtail's admin: written, handed in, reviewed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views import snippets

from core.errors import Refused

from .bank_forms import KIND_HINTS, DraftForm, label_of, number_in, shown, told
from .domain.batches import told_differences
from .domain.contents import content_of
from .domain.differing import differences_between
from .domain.draft_refusals import CannotBeKept, DraftMoved
from .domain.drafting import (
    as_typed,
    bases_of,
    begin_draft,
    content_kept,
    content_typed,
    hand_in_draft,
    is_drawn_otherwise,
    is_overtaken,
    save_draft,
    standing_version,
)
from .domain.kinds import KINDS
from .domain.linting import advice_beside, advice_on
from .domain.previewing import household_in
from .domain.reviewing import history_of
from .domain.revising import faults_of
from .domain.writing.case import KINDS_OF_PARTS
from .enums import NESTED, Kind
from .models import Item, ItemDraft
from .permissions import can_discard, can_review
from .viewsets import ShowsKeys, SlimIndexView, WithoutPanels


class DraftIndexView(SlimIndexView):
    @cached_property
    def header_buttons(self):
        """Several are approved on a page that shows each."""
        words, url = _("Review several"), reverse("exams:draft_review")
        review = HeaderButton(words, url=url, icon_name="check")
        return [*super().header_buttons, review]

    def get_base_queryset(self):
        return ItemDraft.objects.for_list()


class Writing:
    """What both forms share: one refusal keeps everything as it was."""

    actions = ("hand-in", "preview", "fields")
    # What is kept otherwise than it was typed: labels and texts.
    kept = ()

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if self.action == "fields" or form.asks_for_fields:
            return self.show_fields(form)
        return super().post(request, *args, **kwargs)

    def show_fields(self, form):
        """The form anew, with what is typed so far and the fields now asked for."""
        self.object = form.instance if form.instance.pk else None
        try:
            self.form = form.with_fields()
        except CannotBeKept:  # as the form says itself
            self.is_valid(form)
            return self.form_invalid(form)
        if self.action != "fields":
            words = gettext(
                "Nothing is saved yet: these are the fields of the kind you chose."
            )
            messages.info(self.request, words)
        return self.render_to_response(self.get_context_data())

    @property
    def has_unsaved_changes(self):
        return self.form.is_bound or self.request.method == "POST"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "kind_hint": KIND_HINTS[self.form.laid.kind],
            "part_kinds": [(kind.value, kind.label) for kind in KINDS_OF_PARTS],
        }

    def form_valid(self, form):
        try:
            response = super().form_valid(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, DraftMoved):
                self.show_what_is_kept(form)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        self.say_what_follows()
        return response

    def show_what_is_kept(self, form):
        """The words of both stand on the page; saved again, those of the form stay."""
        kept = self.get_object()
        form.data = form.data.copy()
        form.data["seen"] = str(kept.number)
        self.kept = [
            (label_of(each.name), told(each.name, each.after))
            for each in differences_between(form.said, kept.said)
            if each.is_changed
        ]

    def say_what_follows(self):
        """What could be written better is said at once, and what handing in refuses."""
        content = content_typed(self.object.said)
        if not list(faults_of(content)):
            for words in advice_on(content):
                messages.warning(self.request, words)
        if self.action != "hand-in":
            return
        try:
            hand_in_draft(self.object, by=self.request.user, at=timezone.now())
        except Refused as refusal:
            words = gettext("The draft is kept, but not handed in: %(why)s")
            messages.error(self.request, words % {"why": refusal})
        else:
            messages.success(self.request, gettext("Handed in for review."))

    def get_success_url(self):
        if self.action == "preview":
            return reverse("exams:draft_preview", args=[self.object.pk])
        return self.object.get_absolute_url()

    def get_success_message(self, *_args):
        words = pgettext("question", "The draft of %(code)s is kept.")
        return words % {"code": self.object.code}

    def get_success_buttons(self):
        return []


class DraftCreateView(ShowsKeys, Writing, snippets.CreateView):
    """Of a new question, or of a new version of ``?item=``."""

    @cached_property
    def item(self):
        asked = self.request.GET.get("item")
        return get_object_or_404(Item, pk=number_in(asked)) if asked else None

    def get_add_url(self):
        url = super().get_add_url()
        return f"{url}?item={self.item.pk}" if self.item else url

    def get(self, request, *args, **kwargs):
        """First the kind is chosen: it decides which fields the form has."""
        if self.item is None and request.GET.get("kind") not in KIND_HINTS:
            return self.choose_kind()
        return super().get(request, *args, **kwargs)

    def choose_kind(self):
        kinds = [(kind, kind.label, KIND_HINTS[kind]) for kind in Kind]
        context = self.get_context_data() | {"kinds": kinds}
        return render(self.request, "exams/draft_kinds.html", context)

    def get_initial(self):
        if self.item is None:
            return {"kind": self.request.GET.get("kind")}
        standing = standing_version(self.item.code)
        base, key = bases_of(standing)
        return as_typed(content_of(standing)) | {"seen_base": base, "seen_key": key}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"item": self.item}

    def save_instance(self):
        form = self.form
        return begin_draft(
            form.said,
            code=form.cleaned_data["code"],
            item=self.item,
            by=self.request.user,
            at=timezone.now(),
            seen=form.bases_seen,
        )


class DraftEditView(ShowsKeys, Writing, snippets.EditView):
    """Its author's alone, and not while it is in review; others read it."""

    def dispatch(self, request, *args, **kwargs):
        draft = self.object = self.get_object()
        mine = draft.author_id == request.user.pk and draft.can_be_written
        if request.method != "POST" and not mine:
            return redirect(draft)
        return super().dispatch(request, *args, **kwargs)

    def save_instance(self):
        return save_draft(
            self.get_object(),
            self.form.said,
            seen=self.form.cleaned_data["seen"],
            by=self.request.user,
            at=timezone.now(),
        )

    def get_history_url(self):
        """What was done with a draft is told on its own page."""

    def get_context_data(self, **kwargs):
        draft = self.get_object()
        said = {"draft": draft, "overtaken": is_overtaken(draft), "kept": self.kept}
        if self.request.method != "POST":
            content = content_typed(draft.said)
            said["faults"] = list(KINDS[content.kind].faults(content))
        return super().get_context_data(**kwargs) | said


class DraftInspectView(ShowsKeys, snippets.InspectView):
    """The draft beside what it would replace, and what may be done with it."""

    template_name = "exams/draft_inspect.html"

    def get_context_data(self, **kwargs):
        draft, user = self.object, self.request.user
        base = draft.base.keyed(draft.base_key) if draft.base else None
        content = content_kept(draft)
        faults = list(faults_of(content))
        context = {
            "draft": draft,
            "base": base,
            "differences": [
                (label_of(each.name), shown(each)) for each in told_differences(draft)
            ],
            "faults": faults,
            "history": history_of(draft),
            "overtaken": draft.is_open and is_overtaken(draft),
            "household": household_in(content),
            "is_framed": content.kind in NESTED and not faults,
            "is_author": draft.author_id == user.pk,
            "may_review": draft.is_in_review and can_review(user, draft),
            "may_discard": draft.is_open and can_discard(user, draft),
        }
        if draft.is_open and is_drawn_otherwise(draft):
            context["other"] = household_in(content_typed(draft.said))
        if not faults:
            context |= advice_beside(draft.code, content)
        return super().get_context_data(**kwargs) | context

    def get_object(self, queryset=None):
        drafts = ItemDraft.objects.for_list().select_related("base_key", "version")
        return get_object_or_404(drafts, pk=self.pk)

    def get_edit_url(self):
        draft = self.object
        mine = draft.author_id == self.request.user.pk and draft.can_be_written
        return super().get_edit_url() if mine else None


class DraftViewSet(WithoutPanels):
    """Drafts of questions: list, write, read beside what they would replace."""

    model = ItemDraft
    url_namespace = url_prefix = "drafts"
    icon = "edit"
    menu_label = _("Drafts of questions")
    menu_name = "question-drafts"
    menu_order = 211
    index_view_class = DraftIndexView
    add_view_class = DraftCreateView
    edit_view_class = DraftEditView
    inspect_view_class = DraftInspectView
    create_template_name = edit_template_name = "exams/draft_form.html"
    list_display = [
        TitleColumn(
            "code", label=_("code"), sort_key="code", url_name="drafts:inspect"
        ),
        Column("stem", label=_("question")),
        Column("state", label=_("state"), accessor="get_state_display"),
        Column("author", label=_("author")),
        Column("reviewed_by", label=_("reviewed by")),
        DateColumn("saved_at", label=_("saved at"), sort_key="saved_at"),
    ]
    list_filter = ["state"]
    search_fields = ["code"]

    def get_form_class(self, for_update=False):
        return DraftForm
