"""What strangers' phones and programs ask for: the page that verifies without a
network, and the authority's published keys and lists. None of it names a person."""

import json
from functools import partial
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

import measures
from core.errors import Refused

from .trust import badges
from .trust.codes import LEVELS
from .trust.revocations import revocation_list

# Long enough to spare the server, short enough for a revocation to be news today.
LIST_SECONDS = 300
KEYS_SECONDS = 3600
NAMES = ("offline", "codes", "ed25519", "qr/decode", "qr/index")
SCRIPTS = [f"certificates/{name}.js" for name in NAMES]
WORKER = Path(__file__).parent / "static" / "certificates" / "worker.js"


@login_not_required
@require_GET
@never_cache
def offline(request):
    """The page that checks codes by itself; the browser keeps it (see ``worker``)."""
    context = {
        "facts": {
            "page": reverse("verify:offline"),
            "keys": reverse("verify:keys"),
            "revocations": reverse("verify:revocations"),
            "worker": reverse("verify:worker"),
            "scope": reverse("verify:index"),
            "levels": [
                measures.name_of(level, get_language(), "level") for level in LEVELS
            ],
            "words": spoken_words(),
        },
    }
    return render(request, "certificates/verification_offline.html", context)


def spoken_words() -> dict[str, str]:
    """The sentences that the page says by itself."""
    return {
        "fresh": _("The list of revoked certificates was fetched just now."),
        "hours": _("The list of revoked certificates is %(count)s hours old."),
        "days": _(
            "The list of revoked certificates is %(count)s days old: what was revoked "
            "since then shows only with a network."
        ),
        "none": _(
            "There is no list of revoked certificates on this device yet: open this "
            "page once with a network."
        ),
        "badList": _(
            "The list of revoked certificates on this device was altered. Open this "
            "page with a network."
        ),
        "noKeys": _("Open this page once with a network, so that it gets the keys."),
        "nameFits": _("The name is the one on the certificate."),
        "nameDiffers": _("This is not the name on the certificate."),
        "noCamera": _("The camera cannot be used. Paste the code instead."),
    }


@login_not_required
@require_GET
@cache_control(max_age=0, must_revalidate=True)
def worker(request):
    """The service worker. Browsers compare it byte by byte, so its text changes with
    every script that it keeps."""
    facts = {
        "version": sha256("".join(map(static, SCRIPTS)).encode()).hexdigest()[:12],
        "page": reverse("verify:offline"),
        "lists": [reverse("verify:keys"), reverse("verify:revocations")],
        "files": settings.STATIC_URL,
        # A module imports its neighbours by their plain names.
        "scripts": [settings.STATIC_URL + script for script in SCRIPTS],
    }
    script = f"const FACTS = {json.dumps(facts)};\n{WORKER.read_text('utf-8')}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_GET
def keys(request):
    return published(badges.key_set, seconds=KEYS_SECONDS)


@login_not_required
@require_GET
def issuer(request):
    return published(badges.issuer_profile, seconds=KEYS_SECONDS)


@login_not_required
@require_GET
def revocations(request):
    made = partial(revocation_list, at=timezone.now())
    return published(made, seconds=LIST_SECONDS)


@login_not_required
@require_GET
def revoked_credentials(request):
    made = partial(badges.revoked_credentials, on=timezone.localdate())
    return published(made, seconds=LIST_SECONDS)


def published(make, *, seconds: int) -> HttpResponse:
    """JSON that any page of the web may read; without an authority the plain fact."""
    try:
        response = JsonResponse(make())
        patch_cache_control(response, public=True, max_age=seconds)
    except Refused as refusal:
        response = JsonResponse({"problem": refusal.code}, status=503)
        patch_cache_control(response, no_store=True)
    response["Access-Control-Allow-Origin"] = "*"
    return response
