"""People, nominations and assignments from a workbook."""

from datetime import date

import pytest

from accounts.enums import Role
from accounts.models import Grant, User
from core.errors import Refused
from core.models import LogEntry
from core.workbooks.refusals import TooManyRows
from divisions.models import Designation
from rosters.domain.assigning import assign_person
from rosters.domain.importing.intakes import INTAKES
from rosters.domain.importing.tables import MOST, day_in, entries_in
from rosters.domain.importing.taking_in import (
    Extent,
    held,
    hold,
    preview_upload,
    read_upload,
    take_in,
)
from rosters.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.rosters import AssignmentFactory

from .conftest import TODAY
from .files import (
    ASSIGNMENTS,
    NOMINATIONS,
    PEOPLE,
    id_number,
    in_gbk,
    long_workbook,
    with_macros,
    workbook,
)

HEADINGS = {"people": PEOPLE, "nominations": NOMINATIONS, "assignments": ASSIGNMENTS}


def upload_of(kind, *rows):
    return read_upload(kind, f"{kind}.xlsx", workbook(HEADINGS[kind], *rows))


def fates(upload, by):
    return [
        each.fate.value for each in preview_upload(upload, by=by, on=TODAY).verdicts
    ]


def reasons(upload, by):
    found = preview_upload(upload, by=by, on=TODAY).verdicts
    return [list(each.reasons) for each in found]


def taken_in(upload, by, *, extent=Extent.WHOLE):
    seen = preview_upload(upload, by=by, on=TODAY).mark
    return take_in(upload, seen=seen, extent=extent, by=by, on=TODAY)


def named(number, **kwargs):
    person = UserFactory(**kwargs)
    person.id_number = id_number(number)
    person.save()
    return person


@pytest.fixture
def able(ready):
    """Somebody with everything a post asks for, and an ID number."""

    def able(number, **kwargs):
        person = ready(**kwargs)
        person.id_number = id_number(number)
        person.save()
        return person

    return able


class TestPeople:
    def row(self, number=1, **changes):
        row = {
            "name": f"罗{number}",
            "id": id_number(number),
            "phone": f"139{number:08d}",
            "home": "451026100201",
            "email": "",
        } | changes
        return tuple(row.values())

    def test_new_people_get_accounts_and_the_second_time_nothing_changes(
        self, napo, county_officer
    ):
        upload = upload_of("people", self.row(1), self.row(2, home="那坡县"))

        taken_in(upload, county_officer)

        made = User.objects.get(phone="13900000001")
        assert made.id_number == id_number(1)
        assert made.home_code == napo.village.code
        assert not made.has_usable_password()
        assert LogEntry.objects.filter(action="person.created").count() == 2
        assert fates(upload, county_officer) == ["unchanged", "unchanged"]
        with pytest.raises(Refused) as refusal:
            taken_in(upload, county_officer)
        assert refusal.value.code == "nothing-to-write"
        assert User.objects.filter(phone__startswith="139").count() == 2

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"name": ""}, "姓名未填写"),
            ({"id": "451026198001011234"}, "号码有误：校验码不正确。"),
            ({"phone": "12345"}, "请输入11位手机号码，例如 139 0000 0000。"),
            (
                {"home": "451027"},
                "您的辖区内没有代码或全称为“451027”的地区"
                "（全称从设区市写起，如“百色市那坡县”）",
            ),
            ({"email": "没有"}, "输入一个有效的 Email 地址。"),
            ({"name": "罗\ufffd"}, "“姓名”中有文字在保存文件时丢失"),
        ],
    )
    def test_a_fault_is_told_in_chinese_and_nothing_is_written(
        self, napo, county_officer, changes, reason
    ):
        upload = upload_of("people", self.row(1), self.row(2, **changes))
        before = User.objects.count()

        assert reasons(upload, county_officer) == [[], [reason]]
        with pytest.raises(Refused) as refusal:
            taken_in(upload, county_officer)

        assert refusal.value.code == "rows-refused"
        assert User.objects.count() == before

    def test_the_sound_rows_are_taken_in_alone_by_choice(self, napo, county_officer):
        upload = upload_of("people", self.row(1), self.row(2, phone="1"))

        taken_in(upload, county_officer, extent=Extent.SOUND)

        assert User.objects.filter(phone__startswith="139").count() == 1

    def test_a_number_that_stands_twice_counts_once(self, napo, county_officer):
        upload = upload_of(
            "people", self.row(1), self.row(2, id=id_number(1)), self.row(1)
        )

        assert reasons(upload, county_officer) == [
            [],
            ["公民身份号码与第2行重复"],
            ["公民身份号码与第2行重复", "手机号码与第2行重复"],
        ]

    def test_a_number_or_phone_of_somebody_else_is_refused(self, napo, county_officer):
        named(1, phone="13800000000", at=napo.village)

        upload = upload_of("people", self.row(1), self.row(2, phone="13800000000"))

        assert reasons(upload, county_officer) == [
            ["该公民身份号码已有账号。"],
            ["该手机号已有人用于登录。"],
        ]

    def test_a_number_cut_by_excel_is_recognised(self, napo, county_officer):
        """Also where the noughts that Excel wrote happen to fit the check digit."""
        upload = upload_of("people", self.row(1, id=459999197508021000.0))

        assert reasons(upload, county_officer) == [
            ["单元格B2中的号码被Excel截断，请设为文本格式后重新填写"]
        ]

    def test_somebody_made_meanwhile_changes_the_outcome(self, napo, county_officer):
        upload = upload_of("people", self.row(1))
        seen = preview_upload(upload, by=county_officer, on=TODAY).mark
        named(1, at=napo.village)

        with pytest.raises(Refused) as refusal:
            take_in(upload, seen=seen, extent=Extent.SOUND, by=county_officer, on=TODAY)

        assert refusal.value.code == "nothing-to-write"


class TestNominations:
    def test_a_nomination_is_the_role_with_day_office_and_document(
        self, napo, township_officer
    ):
        person = named(1, at=napo.village)
        row = (
            person.real_name,
            id_number(1),
            napo.village.code,
            "2026年5月4日",
            "镇1号",
        )
        upload = upload_of("nominations", row)

        taken_in(upload, township_officer)

        grant = Grant.objects.get(user=person)
        assert (grant.role, grant.since, grant.granted_by, grant.basis) == (
            Role.INFORMANT,
            date(2026, 5, 4),
            township_officer,
            "镇1号",
        )
        assert fates(upload, township_officer) == ["unchanged"]

    def test_strangers_and_days_to_come_are_refused(self, napo, county_officer):
        stranger = named(1, at=napo.other_county)
        person = named(2, at=napo.village)
        upload = upload_of(
            "nominations",
            (stranger.real_name, id_number(1), napo.county.code, "2026-05-04", "1号"),
            (person.real_name, id_number(2), napo.county.code, "2099-01-01", "1号"),
            ("别人", id_number(2), napo.county.code, "五月", "1号"),
        )

        assert reasons(upload, county_officer) == [
            ["您的辖区内没有此公民身份号码的账号，请先导入人员"],
            ["日期2099-01-01尚未到来"],
            ["公民身份号码与姓名不符", "“五月”不是日期"],
        ]


class TestAssignments:
    def row(self, person, number, place, since="2026-06-01"):
        return (person.real_name, id_number(number), place.code, since, "县办2号")

    def test_an_assignment_is_written_as_by_hand(self, napo, county_officer, able):
        person = able(1)
        upload = upload_of("assignments", self.row(person, 1, napo.village))

        taken_in(upload, county_officer)

        made = Assignment.objects.get()
        assert (made.person, made.division, made.since, made.document) == (
            person,
            napo.village,
            TODAY,
            "县办2号",
        )
        assert made.certificate == person.certificates.get()
        assert LogEntry.objects.filter(action="person.assigned").count() == 1
        assert fates(upload, county_officer) == ["unchanged"]

    def test_every_refusal_is_that_of_an_assignment_by_hand(
        self, napo, county_officer, able, lesson
    ):
        unready = named(1, at=napo.village)
        serving = able(2)
        AssignmentFactory(
            at=napo.county, person=serving, certificate=serving.certificates.get()
        )
        past = able(3)
        AssignmentFactory(
            at=napo.county,
            person=past,
            certificate=past.certificates.get(),
            until=date(2026, 7, 1),
            leaving="resigned",
        )
        ready = able(4)
        cases = [
            (unready, 1, napo.village),
            (serving, 2, napo.village),
            (past, 3, napo.village),
            (ready, 4, napo.other_village),
        ]

        told = reasons(
            upload_of("assignments", *(self.row(*case) for case in cases)),
            county_officer,
        )

        by_hand = []
        for person, _number, place in cases:
            with pytest.raises(Refused) as refusal:
                assign_person(person, division=place, by=county_officer, on=TODAY)
            by_hand.append([str(refusal.value)])
        assert told == by_hand

    def test_rows_before_fill_the_seats_of_rows_behind(
        self, napo, county_officer, able
    ):
        rows = [self.row(able(n), n, napo.village) for n in (1, 2)]
        upload = upload_of("assignments", *rows)

        assert fates(upload, county_officer) == ["new", "refused"]
        with pytest.raises(Refused) as refusal:
            taken_in(upload, county_officer)
        assert refusal.value.code == "rows-refused"
        assert not Assignment.objects.exists()

    def test_an_exact_quota_is_never_exceeded(self, napo, city_officer, able):
        Designation.objects.filter(division=napo.county).delete()
        rows = [self.row(able(n), n, napo.county) for n in (1, 2, 3)]

        assert fates(upload_of("assignments", *rows), city_officer) == [
            "new",
            "new",
            "refused",
        ]

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_statements_are_the_same_whatever_the_rows(
        self, napo, county_officer, able, django_assert_num_queries, count
    ):
        rows = [self.row(able(n), n, napo.county) for n in range(count)]
        upload = upload_of("assignments", *rows)
        seen = preview_upload(upload, by=county_officer, on=TODAY).mark

        # Two locks and what they lock (4), people and places again (2), the path (5),
        # histories, the day (5), rows and two kinds of log entries, savepoints.
        with django_assert_num_queries(21):
            take_in(upload, seen=seen, extent=Extent.WHOLE, by=county_officer, on=TODAY)


class TestHostileFiles:
    def refusal(self, body):
        with pytest.raises(Refused) as refusal:
            entries_in(body, INTAKES["people"].columns)
        return refusal.value.code

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"%PDF-1.7",
            "姓名,身份证号\n".encode("gbk"),
            with_macros(workbook(PEOPLE, ("罗", "1", "2", "3"))),
            in_gbk(workbook(PEOPLE, ("罗", "1", "2", "3"))),
            workbook(PEOPLE),
            workbook(("姓名", "电话"), ("罗", "1")),
            b"PK\x03\x04 and no more",
        ],
    )
    def test_what_is_no_filled_in_template_is_turned_down(self, body):
        assert self.refusal(body) == "file-unreadable"

    def test_two_hundred_thousand_rows_are_turned_down(self):
        body = long_workbook(("姓名",), "罗", count=200_000)

        assert self.refusal(body) == TooManyRows.code
        assert self.refusal(workbook(PEOPLE, *[("罗",)] * (MOST + 1))) == (
            TooManyRows.code
        )

    def test_formulas_and_merged_cells_are_told_row_by_row(self):
        rows = [("罗", id_number(1), "13900000000", "451026")] * 3
        body = workbook(PEOPLE, *rows, formula="D2", merged="A3:A4")

        entries = entries_in(body, INTAKES["people"].columns)

        assert [each.faults[0] for each in entries] == [
            "单元格D2是公式，请改填数值或文字",
            "单元格A3:A4已合并，请取消合并并逐行填写",
            "单元格A3:A4已合并，请取消合并并逐行填写",
        ]


def test_a_held_file_comes_back_to_its_sender_alone(county_officer, city_officer):
    upload = upload_of("people", ("罗", id_number(1), "1", "2", ""))

    token = hold(upload, by=county_officer)

    assert held(token, by=county_officer) == upload
    with pytest.raises(Refused) as refusal:
        held(token, by=city_officer)
    assert refusal.value.code == "preview-gone"


@pytest.mark.parametrize(
    "text", ["2026-03-01", "2026/3/1", "2026年3月1日", "20260301", "2026.3.1"]
)
def test_a_day_is_read_however_it_is_written(text):
    assert day_in(text) == date(2026, 3, 1)


@pytest.mark.parametrize("text", ["", "2026-02-30", "三月", "26-3-1"])
def test_what_is_no_day_is_none(text):
    assert day_in(text) is None
