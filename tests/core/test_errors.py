from django.utils import translation

from core.errors import Refused


class TooEarly(Refused):
    code = "too-early"
    message = "not before %(day)s"


def test_a_refusal_fills_its_values_into_the_message():
    assert str(TooEarly(day="Monday")) == "not before Monday"


def test_a_refusal_without_values_speaks_the_readers_language():
    with translation.override("zh-hans"):
        assert str(Refused()) == "此操作无法完成。"
