"""The right answer for authors to read."""

from django import template

from exams.domain.kinds import asking_for
from exams.models import ItemVersion, KeyRevision

register = template.Library()


@register.filter
def key_words(keyed: ItemVersion | KeyRevision) -> str:
    version = keyed.version.keyed(keyed) if isinstance(keyed, KeyRevision) else keyed
    return asking_for(version.kind).key_words(version)
