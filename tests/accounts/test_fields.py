import pytest
from django.core.exceptions import ValidationError

from accounts.fields import IdNumberField, PhoneField


@pytest.mark.parametrize(
    "typed", ["13900000000", "139 0000 0000", "+86 139-0000-0000", "8613900000000"]
)
def test_a_phone_number_may_be_typed_in_many_ways(typed):
    assert PhoneField().clean(typed) == "13900000000"


@pytest.mark.parametrize("typed", ["12345", "23900000000", "139000000001", "电话"])
def test_a_phone_number_that_is_none_is_refused_in_chinese(typed):
    with pytest.raises(ValidationError) as refusal:
        PhoneField().clean(typed)

    assert refusal.value.messages == ["请输入11位手机号码，例如 139 0000 0000。"]


@pytest.mark.parametrize("typed", ["45102619700203001", "451026197013030011", "x"])
def test_a_malformed_id_number_is_refused_with_its_reason(typed):
    with pytest.raises(ValidationError) as refusal:
        IdNumberField().clean(typed)

    assert refusal.value.error_list[0].code == "invalid_id_number"
    assert all("一" <= message[0] <= "鿿" for message in refusal.value.messages)


@pytest.mark.parametrize("typed", [" 11010519491231002x ", "11010519491231002X"])
def test_an_id_number_is_handed_on_in_its_normal_form(typed):
    assert IdNumberField().clean(typed) == "11010519491231002X"


@pytest.mark.parametrize(
    ("empty", "expected"), [({}, ""), ({"empty_value": None}, None)]
)
def test_an_id_number_may_be_left_out_where_it_is_not_required(empty, expected):
    assert IdNumberField(required=False, **empty).clean(" ") == expected


def test_an_id_number_that_is_too_long_is_told_how_long_it_should_be():
    with pytest.raises(ValidationError) as refusal:
        IdNumberField().clean("11010519491231002X1")

    assert refusal.value.messages == ["号码有误：公民身份号码应为18位。"]
