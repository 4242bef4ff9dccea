"""The embedded site, with a middleware that says what each request cost."""

from trainingsite.settings.embedded import *  # noqa: F403
from trainingsite.settings.embedded import ACCOUNT_RATE_LIMITS, MIDDLEWARE

MIDDLEWARE = ["bench.exam.counting.Counting", *MIDDLEWARE]
# The whole crowd signs in from this one machine.
ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "login": "100000/m/ip"}
