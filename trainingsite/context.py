"""What the frame around every page needs."""

from django.conf import settings

from .rooms import rooms_for


def frame(request):
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "rooms": rooms_for(user, request.path) if signed_in else [],
        "acting_place": acting_place(user) if signed_in else "",
        "demo_notice": settings.DEMONSTRATION,
        "site_version": settings.VERSION,
    }


def acting_place(user) -> str:
    """The widest division the person acts in, named as people say it."""
    grants = user.current_grants
    return grants[0].division.full_name if grants else ""
