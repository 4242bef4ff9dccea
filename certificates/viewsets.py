"""Templates of certificates in Wagtail's admin."""

from functools import wraps

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from accounts.models import User

from .design_forms import CertificateTemplateForm
from .models import DESIGNERS, CertificateTemplate
from .permissions import can_design, designed_codes

# Papers name versions of templates, so nobody deletes one: unpublish it.
ACTS = ("view", "add", "change", "publish")


class OfficesDesign(ModelPermissionPolicy):
    """The offices that issue, each in its division: by their roles, not by groups."""

    def user_has_permission(self, user, action):
        return user.is_active and action in ACTS and can_design(user)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        allowed = self.user_has_permission(user, action)
        return allowed and can_design(user, instance.division_code)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return any(
            self.user_has_permission_for_instance(user, action, instance)
            for action in actions
        )

    def instances_user_has_any_permission_for(self, user, actions):
        if not self.user_has_any_permission(user, actions):
            return CertificateTemplate.objects.none()
        return CertificateTemplate.objects.within(*designed_codes(user))

    def users_with_any_permission(self, actions):
        return User.objects.filter(grants__role__in=DESIGNERS).distinct()


def own_division_only(view):
    """Somebody else's template does not exist, whichever view is asked."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if "pk" in kwargs:
            visible = CertificateTemplate.objects.visible_to(request.user)
            get_object_or_404(visible, pk=kwargs["pk"])
        return view(request, *args, **kwargs)

    return guarded


class NoChooser(SnippetChooserViewSet):
    """Nothing on the site chooses a template."""

    def get_urlpatterns(self):
        return []


class TemplateEditView(EditView):
    """With the way to a specimen on paper."""

    def get_header_more_buttons(self):
        specimen = Button(
            _("PDF of the draft"),
            url=reverse("certificates:specimen", args=[self.object.pk]),
            icon_name="download",
            priority=5,
        )
        return [*super().get_header_more_buttons(), specimen]


class CertificateTemplateViewSet(SnippetViewSet):
    model = CertificateTemplate
    icon = "doc-full"
    menu_label = _("Certificate templates")
    menu_name = "certificate-templates"
    menu_order = 220
    add_to_admin_menu = True
    copy_view_enabled = False
    edit_view_class = TemplateEditView
    chooser_viewset_class = NoChooser
    list_per_page = 50
    list_display = [
        "name",
        Column("division", label=_("division"), accessor="division.full_name"),
        Column("level", label=_("level"), accessor="get_post_level_display"),
        Column("holds_from", label=_("holds from")),
        BooleanColumn("live", label=_("published")),
    ]
    search_backend_name = None
    search_fields = ["name", "title"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            MultiFieldPanel(
                [
                    FieldPanel("division"),
                    FieldPanel("post_level"),
                    FieldPanel("holds_from"),
                ],
                heading=_("Where and from when"),
            ),
            MultiFieldPanel(
                [FieldPanel("title"), FieldPanel("body"), FieldPanel("signature")],
                heading=_("Words on the sheet"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("orientation"),
                    FieldPanel("background"),
                    FieldPanel("seal"),
                    FieldPanel("has_photo"),
                ],
                heading=_("The sheet"),
            ),
        ],
        base_form_class=CertificateTemplateForm,
    )

    def construct_view(self, view_class, **kwargs):
        return own_division_only(super().construct_view(view_class, **kwargs))

    def get_queryset(self, request):
        return CertificateTemplate.objects.visible_to(request.user).select_related(
            "division"
        )
