"""What a browser may load from our pages, and what no address of ours holds."""

from functools import cached_property

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest


class ContentSecurityPolicy(CSPMiddleware):
    """Strict everywhere; the two admins keep their inline scripts and styles.

    Our policy is the same for every page outside them, and is put together once: the
    decorators by which a view could loosen it have no effect there.
    """

    def process_response(self, request, response):
        if request.path_info.startswith(settings.ADMIN_PREFIXES) or settings.DEBUG:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.strict)
        return response

    @cached_property
    def strict(self) -> str:
        return build_policy()

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(settings.ADMIN_PREFIXES):
            inline = [SELF, UNSAFE_INLINE]
            parts.replace = {
                **(parts.replace or {}),
                "script-src": inline,
                "style-src": inline,
            }
        return parts


class NoNulls:
    """Refuse an address with a NUL in it: nobody types one, and databases differ in
    what they make of it. Forms refuse it by themselves."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)
