"""Words of Wagtail's admin that its own Chinese lacks; ours is in the catalogue."""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("New: %(model_name)s"),
    gettext_noop("Go to the first error"),
    gettext_noop("Actions (footer)"),
    gettext_noop("Show keyboard shortcuts"),
    gettext_noop("Shortcuts"),
    gettext_noop(
        "There are no %(model_name)s to display. "
        'Why not <a href="%(add_url)s">add one</a>?'
    ),
    gettext_noop("No %(model_name)s match your query."),
)
