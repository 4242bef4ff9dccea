"""A database and a queue for each site, where several walk at once."""

from urllib.parse import urlsplit

import psycopg

OURS = {"CELERY_BROKER_URL": 0, "CACHE_URL": 1}


def lent_services(
    environment: dict[str, str], worker: str, *, like: str = ""
) -> dict[str, str]:
    """The addresses for the site of one worker of the suite ("gw0", "gw1", …), by
    name: a database made for it, a copy of the one it is to be ``like``, and two of
    Redis' numbered ones. Nothing where the site is to run embedded, or nobody shares
    the servers."""
    if not worker or "DATABASE_URL" not in environment:
        return {}
    template = f" TEMPLATE {like}" if like else ""
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE journeys_{worker}{template}")
    return addresses(environment, worker)


def addresses(environment: dict[str, str], worker: str) -> dict[str, str]:
    numbered = 2 + len(OURS) * int(worker.removeprefix("gw"))
    return {
        "DATABASE_URL": elsewhere(environment["DATABASE_URL"], f"journeys_{worker}"),
        **{
            name: elsewhere(environment[name], str(numbered + offset))
            for name, offset in OURS.items()
        },
    }


def elsewhere(address: str, path: str) -> str:
    return urlsplit(address)._replace(path=f"/{path}").geturl()
