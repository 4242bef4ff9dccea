from django.http import JsonResponse

from .domain.finding import SUGGESTIONS, divisions_like
from .models import Division


def suggest(request):
    """Divisions in the person's scope that fit what was typed."""
    among = Division.objects.visible_to(request.user)
    if level := request.GET.get("level"):
        among = among.filter(level=level)
    text = request.GET.get("q", "")
    found = divisions_like(text, among=among)[:SUGGESTIONS] if text else []
    return JsonResponse({"options": [f"{d.code} {d.full_name}" for d in found]})
