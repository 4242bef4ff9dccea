"""Walking a site by its links, each kind of page a few times."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

LINKS = "links => links.map(link => link.getAttribute('href'))"
FOLLOWED = "main a[href]:not([download]), header a[href], nav a[href], footer a[href]"
# Other people's pages, files, and what is no page at all.
LEFT_OUT = re.compile(
    r"^/(admin|django-admin|documents|media|static)/"
    r"|/(pdf|export|download)/$|\.(json|js|csv|xlsx|pdf|zip)$"
)


def kind_of(address: str) -> str:
    """The pattern behind an address: its route, its digits and the names it asks by."""
    parts = urlsplit(address)
    try:
        kind = resolve(parts.path).route
    except Resolver404:
        kind = parts.path
    if kind.startswith("courses/"):
        kind = f"courses/ at depth {parts.path.count('/') - 2}"
    elif parts.path.startswith(("/rosters/", "/villages/")):
        # The digits of a division's code tell its level, and each level has its page.
        kind = re.sub(
            r"<\w+:code>",
            f"<{len(re.search(r'[0-9]+', parts.path)[0])} digits>",
            kind,
        )
    names = sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return f"/{kind}{'?' if names else ''}{'&'.join(names)}"


class Crawl:
    """From the start page on, breadth first; ``page`` stands at each address in turn."""

    def __init__(self, page, *, each: int = 2, at_most: int = 80):
        self.page = page
        self.each = each
        self.at_most = at_most
        self.visits: Counter[str] = Counter()
        self.left: list[str] = []

    def walk(self) -> Iterator[tuple[str, str, int]]:
        """Yields address, kind and status of every page it opens."""
        waiting = deque(["/"])
        known = {"/"}
        while waiting:
            address = waiting.popleft()
            kind = kind_of(address)
            if self.visits[kind] == self.each:
                continue
            if self.visits.total() == self.at_most:
                self.left.append(address)
                continue
            self.visits[kind] += 1
            answer = self.page.goto(address)
            yield address, kind, answer.status
            for link in self.links():
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def links(self) -> Iterator[str]:
        here = urlsplit(self.page.url)
        for link in self.page.eval_on_selector_all(FOLLOWED, LINKS):
            target = urldefrag(urljoin(self.page.url, link)).url
            parts = urlsplit(target)
            if parts.netloc == here.netloc and not LEFT_OUT.search(parts.path):
                yield parts.path + (f"?{parts.query}" if parts.query else "")
