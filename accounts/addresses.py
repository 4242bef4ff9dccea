"""Where a request comes from."""

from allauth.core.internal.httpkit import get_client_ip


def address_of(request) -> str:
    """The client's address, behind as many proxies as the site trusts."""
    return get_client_ip(request)
