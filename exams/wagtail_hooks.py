from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from .models import Item
from .permissions import can_author
from .viewsets import ItemViewSet, KeepsAll

register_permission_policy(Item, KeepsAll(Item))


@hooks.register("register_admin_viewset")
def register_question_bank():
    return ItemViewSet()


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
        order=211,
    )
