"""The frame round every page, the forms in it, and the pages when things go wrong."""

from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import translation
from django.views.defaults import server_error


class VisitForm(forms.Form):
    head = forms.CharField(label="户主姓名", help_text="与身份证一致")
    met = forms.ChoiceField(
        label="是否达标",
        choices=[("y", "达标"), ("n", "未达标")],
        widget=forms.RadioSelect,
    )
    checked = forms.BooleanField(label="已核对户口簿")
    note = forms.CharField(label="备注", required=False)


@pytest.fixture
def stranger(rf):
    request = rf.get("/households/?page=2&q=wei")
    request.user = AnonymousUser()
    return request


@pytest.fixture
def _chinese():
    with translation.override("zh-hans"):
        yield


def rooms(count: int) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(url=f"/{n}/", label=f"room {n}", icon="home", current=n == 2)
        for n in range(count)
    ]


def test_each_error_is_said_on_top_and_at_its_field():
    page = str(VisitForm({}))
    assert 'class="error-summary" role="alert"' in page
    assert 'href="#id_head"' in page
    assert 'href="#id_met_0"' in page
    assert 'id="id_head_error"' in page
    assert 'aria-describedby="id_head_helptext id_head_error"' in page


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in str(VisitForm())


def test_a_radio_group_is_a_fieldset_with_its_question_as_legend():
    group = VisitForm()["met"].as_field_group()
    assert "<fieldset" in group
    assert "<legend" in group
    assert group.count('class="choice"') == 2


@pytest.mark.usefixtures("_chinese")
def test_only_what_may_be_left_empty_is_marked():
    form = VisitForm()
    assert "选填" in form["note"].as_field_group()
    assert "选填" not in form["head"].as_field_group()


@pytest.mark.parametrize(("count", "places"), [(1, 1), (4, 4), (5, 4), (9, 4)])
def test_a_phone_shows_at_most_four_rooms(stranger, count, places):
    page = render_to_string("base.html", {"rooms": rooms(count)}, stranger)
    hidden = page.count("rooms__item--beyond")
    more = page.count('class="rooms__item--more"')
    assert count - hidden + more == places


def test_a_page_without_rooms_has_no_rail(stranger):
    page = render_to_string("base.html", {"rooms": []}, stranger)
    assert 'class="rooms"' not in page
    assert '<body class="bare"' in page


@pytest.mark.usefixtures("_chinese")
def test_the_frame_speaks_chinese_and_offers_english(stranger):
    page = render_to_string("base.html", {}, stranger)
    assert '<html lang="zh-hans">' in page
    assert "扶贫信息员培训与台账平台" in page
    assert 'value="en"' in page
    assert "English" in page
    assert 'value="/households/?page=2&amp;q=wei"' in page


def test_the_next_page_keeps_the_filter(stranger):
    page = Paginator(range(120), 50).get_page(2)
    links = render_to_string("components/pagination.html", {"page": page}, stranger)
    assert 'href="?page=3&amp;q=wei"' in links
    assert 'href="?page=1&amp;q=wei"' in links


@pytest.mark.usefixtures("_chinese")
def test_the_page_for_our_own_fault_needs_no_database(rf):
    """No fixture gives this test a database, so any query would fail it."""
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "系统出了点问题" in response.content.decode()


@pytest.mark.usefixtures("_chinese")
@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("400.html", "无法读取"),
        ("403.html", "您不能办理这件事"),
        ("403_csrf.html", "没有保存"),
        ("404.html", "这个地址没有内容"),
    ],
)
def test_every_refusal_has_a_page_of_its_own(stranger, template, words):
    page = render_to_string(template, {}, stranger)
    assert words in page
    assert page.count("<h1") == 1


def test_a_closed_act_says_why():
    button = render_to_string(
        "components/button.html", {"label": "Approve", "closed": "Verify it first"}
    )
    assert "disabled" in button
    assert "Verify it first" in button
