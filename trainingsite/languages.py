"""The language a visitor reads: Chinese, unless they chose otherwise."""

from django.conf import settings
from django.utils import translation


class ChosenLanguage:
    """Follow the cookie that the language switch sets, and nothing else.

    Django's own middleware also obeys the browser's Accept-Language, which on
    many phones here says English while their owner reads Chinese.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = dict(settings.LANGUAGES)
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            if getattr(response, "is_rendered", True) is False:
                response = response.render()
        response.headers.setdefault("Content-Language", language)
        return response
