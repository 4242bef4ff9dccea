"""The site's own few pages."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .health import paper_problems, problems
from .home import home_for
from .rules import parts_of_the_measures


def home_page(request):
    home = home_for(request.user, at=timezone.now())
    return render(request, "home.html", {"home": home})


def rules(request):
    """The Measures, to read and to search."""
    words = request.GET.get("q", "").strip()
    parts = parts_of_the_measures(words)
    total = sum(len(part.statements) for part in parts)
    context = {"parts": parts, "words": words, "total": total}
    return render(request, "rules.html", context)


@login_not_required
@require_POST
def choose_language(request):
    """Remember the language in a cookie and return to where the person was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return response


@login_not_required
def healthz(request):
    """The process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": settings.VERSION})


@login_not_required
def readyz(request):
    """Everything a user would miss is there; 503 and a list when not."""
    found = problems()
    return JsonResponse({"problems": found}, status=503 if found else 200)


@login_not_required
def papersz(request):
    """Certificates can be printed, and fast; 503 and a list when not. Apart from
    ``readyz``, because one name must not take the site out of service."""
    found = paper_problems()
    return JsonResponse({"problems": found}, status=503 if found else 200)


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


@login_not_required
def bad_request(request, exception=None):
    return render(request, "400.html", status=400)
