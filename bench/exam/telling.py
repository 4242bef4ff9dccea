"""The figures of an exam day."""

from argparse import Namespace

from ..figures import Figure, percentile

# What is waited for, in the order of the day.
SHOWN = ("sign-in", "start", "room", "save", "pulse", "submit")


def figures_of(
    report: dict, found: dict, spent: dict, asked: Namespace
) -> list[Figure]:
    people, kinds = asked.people, report["kinds"]
    before = f", {asked.beside:,} before" if asked.beside else ""
    subject = f"Exam day, {people:,} people × 50{before}"
    requests = sum(map(len, kinds.values()))
    figures = [
        Figure(subject, "all requests", requests / report["seconds"], "/s"),
        Figure(subject, "saves, while answering", saves_a_second(kinds, asked), "/s"),
        Figure(subject, "sign-ins, and as many starts", people / asked.start, "/s"),
        Figure(subject, "answers acknowledged", found["acknowledged"], ""),
        Figure(subject, "acknowledged answers lost", found["lost"], ""),
        Figure(subject, "web CPU per attempt", spent["web"] * 1000 / people, "ms"),
    ]
    if spent["database"]:
        each = spent["database"] * 1000 / people
        figures.append(Figure(subject, "database CPU per attempt", each, "ms"))
    for kind in SHOWN:
        figures += figures_of_kind(kind, kinds[kind])
    return figures


def saves_a_second(kinds: dict, asked: Namespace) -> float:
    """In the middle half of the time for answering, by the replies that came."""
    since = asked.start + asked.answering / 4
    until = since + asked.answering / 2
    came = sum(since <= at < until for *_measured, at in kinds["save"])
    return came / (until - since)


def figures_of_kind(kind: str, measured: list[list[float]]) -> list[Figure]:
    seconds, queries, cost, _at = zip(*measured, strict=True)
    subject = f"Exam day, {kind}"
    waits = [
        Figure(
            subject, f"p{share:.0%}".strip("%"), percentile(seconds, share) * 1000, "ms"
        )
        for share in (0.5, 0.95, 0.99)
    ]
    mean = sum(cost) / len(cost)
    return [
        *waits,
        Figure(subject, "CPU in the worker, mean", mean, "ms"),
        Figure(subject, "queries, at most", int(max(queries)), ""),
    ]
