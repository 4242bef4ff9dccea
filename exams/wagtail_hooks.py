from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from .draft_viewsets import DraftViewSet
from .models import Item, ItemDraft
from .permissions import can_author
from .viewsets import ItemViewSet, KeepsAll

register_permission_policy(Item, KeepsAll(Item))
# Whoever may write questions writes drafts of them.
register_permission_policy(ItemDraft, KeepsAll(ItemDraft, auth_model=Item))
register_snippet(ItemViewSet)
register_snippet(DraftViewSet)


class ExchangeMenuItem(MenuItem):
    def is_shown(self, request):
        return can_author(request.user)


@hooks.register("register_admin_menu_item")
def register_exchange():
    return ExchangeMenuItem(
        _("Import and export of questions"),
        reverse("exams:exchange"),
        name="question-exchange",
        icon_name="download",
        order=212,
    )
