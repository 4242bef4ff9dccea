"""What a browser sends of a draft's form, and what it shows."""

import re

# The fields of a multiple choice, as a browser sends them: three rows and an empty one.
CHOSEN = {"option": ["甲", "乙", "丙", ""], "right": ["0", "2"]}


def form(**changes):
    return {
        "code": "NEW-1",
        "subject": "policy",
        "kind": "multiple",
        "stem": "哪些对？",
        **CHOSEN,
        "because": "写着的。",
        "difficulty": "2",
        "cites": "解读 一\n解读 二",
        "attested": "source",
        "edition": "gx-2017",
    } | changes


def rows_in(page):
    """The options that a form shows, each with whether it is ticked."""
    ticks = re.findall(r'name="right" value="\d+"( checked)?', page)
    options = re.findall(r'name="option" value="([^"]*)"', page)
    return [(text, bool(tick)) for text, tick in zip(options, ticks, strict=True)]


def hidden(page, name):
    found = re.search(rf'<input type="hidden" name="{name}"([^>]*)>', page)
    value = re.search(r'value="([^"]*)"', found[1])
    return value[1] if value else ""
