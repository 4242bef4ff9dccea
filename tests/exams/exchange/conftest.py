import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """These tests quote the messages as the code has them."""
    with translation.override("en"):
        yield
