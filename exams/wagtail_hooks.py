from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .models import Item
from .viewsets import ItemViewSet, KeepsAll

register_permission_policy(Item, KeepsAll(Item))


@hooks.register("register_admin_viewset")
def register_question_bank():
    return ItemViewSet()
