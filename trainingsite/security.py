"""What a browser may load from our pages."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings


class ContentSecurityPolicy(CSPMiddleware):
    """Strict everywhere; the two admins keep their inline scripts and styles."""

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
