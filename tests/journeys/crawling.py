"""Walking a site by its links, each kind of page a few times."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urlsplit

from django.urls import Resolver404, resolve

FOLLOWED = "main a[href]:not([download]), header a[href], nav a[href], footer a[href]"
LINKS = "(wanted) => [...document.querySelectorAll(wanted)].map((link) => link.href)"
# Other people's pages, files, and what is no page at all.
LEFT_OUT = re.compile(
    r"^/(admin|django-admin|documents|media|static)/"
    r"|/(pdf|export|download)/$|\.(json|js|csv|xlsx|pdf|zip)$"
)


def kind_of(address: str) -> str:
    """The pattern behind an address: its route, its digits and the names it asks by."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        kind = parts.path
    else:
        kind = match.route
        if kind.startswith("courses/"):
            kind = f"courses/ at depth {parts.path.count('/') - 2}"
        elif match.url_name != "answer" and "code" in match.kwargs:
            # Each level of division has its page, and the digits tell the level.
            kind += f" of {len(str(match.kwargs['code']))} digits"
    names = sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return f"/{kind}{'?' if names else ''}{'&'.join(names)}"


class Noticeboard:
    """What those who walk tell one another, in whichever worker of the suite."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def is_new(self, note: str, by: str = "anybody") -> bool:
        """Whether nobody has noted this before."""
        try:
            # It is there and says by whom at once, and the second one fails.
            self.place_of(note).symlink_to(by)
        except FileExistsError:
            return False
        return True

    def is_first(self, who: str, note: str) -> bool:
        """Whether it is this one who notes it first, or was."""
        return self.is_new(note, who) or self.place_of(note).readlink().name == who

    def place_of(self, note: str) -> Path:
        return self.folder / sha256(note.encode()).hexdigest()


class Crawl:
    """Breadth first; ``page`` stands at each address in turn.

    A kind of page is visited twice, or once if it only asks differently or if somebody
    else came to it before, as the ``board`` says.
    """

    def __init__(self, page, board: Noticeboard, *, who: str, at_most: int = 180):
        self.page = page
        self.board = board
        self.who = who
        self.at_most = at_most
        self.visits: Counter[str] = Counter()
        self.left: list[str] = []

    def walk(self) -> Iterator[tuple[str, str]]:
        """Yields the address and the kind of every page it opens."""
        waiting = deque(["/"])
        known = {"/"}
        while waiting:
            address = waiting.popleft()
            kind = kind_of(address)
            if self.visits[kind] >= self.often_enough(kind):
                continue
            if self.visits.total() == self.at_most:
                self.left.append(address)
                continue
            self.visits[kind] += 1
            self.page.goto(address)
            yield address, kind
            for link in self.links():
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def often_enough(self, kind: str) -> int:
        return 2 if "?" not in kind and self.board.is_first(self.who, kind) else 1

    def links(self) -> Iterator[str]:
        here = urlsplit(self.page.url)
        for link in self.page.evaluate(LINKS, FOLLOWED):
            parts = urlsplit(urldefrag(link).url)
            if parts.netloc == here.netloc and not LEFT_OUT.search(parts.path):
                yield parts.path + (f"?{parts.query}" if parts.query else "")
