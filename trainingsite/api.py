"""The interface for programs: each app's own rooms, behind one door."""

from django.contrib.auth.decorators import login_not_required
from ninja import NinjaAPI

from accounts.api import TokenAuth, TokenThrottle
from certificates.api import router as certificates
from rosters.api import router as rosters

api = NinjaAPI(
    title="扶贫信息员培训平台",
    description=(
        "Read-only. Every request carries the key of a token, which an office makes "
        "and which opens its own division alone; what lies elsewhere is a 404. "
        "60 requests a minute for each token, then 429."
    ),
    version="1",
    urls_namespace="api",
    auth=TokenAuth(),
    throttle=[TokenThrottle()],
    docs_url=None,  # the page would load scripts from elsewhere
)
api.add_router("", rosters)
api.add_router("/certificates", certificates)

patterns, app_name, namespace = api.urls
for pattern in patterns:
    # A token, not a session, opens them; without one they answer 401.
    pattern.callback = login_not_required(pattern.callback)
