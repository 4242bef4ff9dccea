"""ID, HH, ED and LB: every rule about people finds its fault, and only where one is.

Each line plants one change in a household without fault. Beside it stands the nearest
change that the rule must let pass.
"""

from datetime import date

import pytest

import measures
from tests.measures.families import NUMBER, absence, faulty


def numbered(born, sex="male"):
    return measures.make_id_number("459999", born, sex, 5)


def test_the_family_in_order_has_no_fault():
    assert faulty({}) == []


def jobs(**facts):
    whole = {
        "started_on": "2016-01-01",
        "ended_on": "2016-12-31",
        "monthly_pay": 3000,
        "company": "某厂",
        "trade": "制造",
        "channel": "亲友介绍",
    }
    return {"members.0.jobs": [{**whole, **facts}]}


PAIRS = [
    ("ID01", {"members.0.id_number": NUMBER[:17]}, {"members.0.id_number": NUMBER}),
    (
        "ID01",
        {"members.0.disability_certificate": NUMBER, "members.0.health": ["disabled"]},
        {
            "members.0.disability_certificate": NUMBER + "13",
            "members.0.health": ["disabled"],
        },
    ),
    ("ID02", {"members.0.id_number": "A" + NUMBER[1:]}, {}),
    (
        "ID03",
        {
            "members.0.disability_certificate": "1" + NUMBER[1:] + "13",
            "members.0.health": ["disabled"],
        },
        {
            "members.0.disability_certificate": NUMBER + "13",
            "members.0.health": ["disabled"],
        },
    ),
    (
        "ID05",
        {
            "members.0.id_number": numbered(date(1899, 12, 31)),
            "members.0.born": "1899-12-31",
        },
        {
            "members.0.id_number": numbered(date(1900, 1, 1)),
            "members.0.born": "1900-01-01",
        },
    ),
    ("ID05", {"members.2.born": "2017-11-16"}, {"members.2.born": "2017-11-15"}),
    ("ID06", {"members.0.born": "1970-02-04"}, {"members.0.born": "1970-02-03"}),
    ("ID06", {"members.2.sex": "female"}, {"members.2.sex": "male"}),
    ("ID07", {"members.0.id_number": None}, {}),
    ("ID07", {"members.0.id_number": "999999" + NUMBER[6:]}, {}),
    ("ID08", {"members.0.health": ["disabled"]}, {"members.0.health": ["chronic"]}),
    ("ID08", {"members.1.disability_certificate": NUMBER + "13"}, {}),
    (
        "ID09",
        {
            "members.0.disability_certificate": NUMBER + "42",
            "members.0.health": ["disabled"],
        },
        {
            "members.0.disability_certificate": NUMBER + "43",
            "members.0.health": ["disabled"],
        },
    ),
    ("ID10", {"members.0.name": " "}, {}),
    ("ID10", {"members.0.ethnicity": None}, {}),
    ("ID10", {"members.0.health": None}, {}),
    ("ID10", {"members.0.labour": None}, {}),
    ("HH01", {"members.0.relation": "other"}, {}),
    ("HH02", {"members.3.relation": "spouse"}, {"members.3.relation": "other"}),
    ("HH03", {"members.1.sex": "male"}, {"members.1.sex": "female"}),
    ("HH04", {"members.2.relation": "niece"}, {"members.2.relation": "nephew"}),
    ("HH04", {"members.3.relation": "uncle"}, {"members.3.relation": "sibling_in_law"}),
    ("HH05", {"members.2.relation": None}, {}),
    ("HH06", {"member_count": 3}, {"member_count": 4}),
    ("HH06", {"members": [], "member_count": None}, {}),
    ("HH07", {"members.2.born": "1981-12-31"}, {"members.2.born": "1982-01-01"}),
    ("HH07", {"members.3.born": "1959-01-01"}, {"members.3.born": "1958-12-31"}),
    ("HH08", {"members.0.phone": "12900000001"}, {"members.0.phone": "13000000001"}),
    ("HH08", {"helper.phone": "0771-123"}, {"helper.phone": "19900000000"}),
    (
        "HH09",
        {
            "members.1.phone": "13900000001",
            "members.1.work_place": "in_county",
            "members.1.work_months": 3,
        },
        {
            "members.1.phone": "13900000001",
            "members.1.work_place": "outside_region",
            "members.1.work_months": 3,
        },
    ),
    (
        "HH10",
        {"population_change": {"at_start": 3, "at_end": 5, "added": ["birth"]}},
        {
            "population_change": {
                "at_start": 4,
                "at_end": 4,
                "added": ["birth"],
                "gone": ["death"],
            }
        },
    ),
    ("HH11", {"causes": []}, {"causes": ["illness", "no_capital", "no_land"]}),
    ("HH11", {"causes": ["illness", "no_capital", "no_land", "no_road"]}, {}),
    ("HH11", {"causes": ["illness", "illness"]}, {}),
    ("HH12", {"causes": ["disability"]}, {"causes": ["no_land"]}),
    ("HH12", {"causes": ["schooling"], "members.2.schooling": None}, {}),
    ("HH12", {"members.0.health": ["healthy"]}, {"causes": ["illness"]}),
    ("HH12", {"causes": ["no_labour"]}, {"causes": ["no_skill"]}),
    ("ED01", {"members.2.education": "primary"}, {}),
    ("ED01", {"members.0.education": None}, absence(reason="weary")),
    ("ED03", {"members.2.schooling": None}, absence(reason="weary")),
    ("ED03", absence(visits=2), absence(reason="illness")),
    ("ED04", {"members.2.schooling": "junior_1"}, {"members.2.schooling": "primary"}),
    (
        "ED04",
        {"members.2.born": "2002-11-15"},
        {"members.2.born": "2002-11-16", "members.2.schooling": "primary"},
    ),
    ("ED05", {"members.2.schooling": "bachelor_1"}, {}),
    (
        "ED05",
        {"members.2.born": "1997-11-16", "members.2.schooling": "postgraduate"},
        {"members.2.born": "1997-11-15", "members.2.schooling": "postgraduate"},
    ),
    ("ED05", {"members.0.born": "2001-11-15"}, {"members.0.born": "1994-11-15"}),
    ("ED06", {"members.2.schooling": "preschool"}, {}),
    (
        "ED06",
        {"members.2.schooling": "preschool", "members.2.born": "2010-11-15"},
        {"members.2.schooling": "preschool", "members.2.born": "2010-11-16"},
    ),
    (
        "ED07",
        absence(reason="illness"),
        {**absence(reason="illness"), "members.2.health": ["chronic"]},
    ),
    ("LB01", {"members.2.labour": "weak"}, {"members.2.labour": "none"}),
    ("LB02", {"members.1.labour": "weak"}, {"members.1.labour": "skilled"}),
    (
        "LB03",
        {"members.2.labour": "ordinary", "members.2.born": "2000-01-01"},
        {"members.2.born": "2000-01-01"},
    ),
    (
        "LB04",
        {"members.0.born": "1957-11-15"},
        {"members.0.born": "1957-11-16"},
    ),
    ("LB05", {"members.0.labour": "weak"}, {"members.0.labour": "skilled"}),
    ("LB05", {"members.2.work_months": 1, "members.2.work_place": "in_county"}, {}),
    ("LB05", {"members.0.special_poor": True}, {"members.0.special_poor": False}),
    ("LB06", {"members.0.work_months": 0}, {}),
    ("LB06", {"members.0.work_place": None}, {}),
    ("LB07", jobs(ended_on="2015-12-31"), jobs()),
    (
        "LB07",
        {"members.1.jobs": jobs(ended_on=None)["members.0.jobs"]},
        {"members.1.jobs": jobs()["members.0.jobs"]},
    ),
    ("LB08", jobs(started_on="1986-02-02"), jobs(started_on="1986-02-03")),
    ("LB09", jobs(monthly_pay=99), jobs(monthly_pay=100)),
    ("LB09", jobs(monthly_pay=30001), jobs(monthly_pay=30000)),
    (
        "LB10",
        {"members.1.welfare_post": {"kinds": 1}},
        {"members.1.welfare_post": {"kinds": 2, "months": 6}},
    ),
    ("LB10", {"members.1.welfare_post": {"kinds": 3, "months": 6}}, {}),
    ("LB10", {"members.3.welfare_post": {"kinds": 1, "months": 6}}, {}),
    ("LB10", {"members.0.welfare_post": {"kinds": 1, "months": 6}}, {}),
    (
        "LB10",
        {
            "members.1.welfare_post": {"kinds": 1, "months": 6},
            "members.1.labour": "lost",
        },
        {
            "members.1.welfare_post": {"kinds": 1, "months": 6},
            "members.1.labour": "weak",
        },
    ),
    ("LB11", jobs(company=None), jobs()),
    ("LB11", jobs(monthly_pay=None), jobs(monthly_pay=0.0 + 100)),
]


@pytest.mark.parametrize(("rule", "fault", "sound"), PAIRS)
def test_a_rule_finds_its_fault_and_lets_the_nearest_sound_case_pass(
    rule, fault, sound
):
    assert rule in faulty(fault)
    assert rule not in faulty(sound)


def test_jobs_that_overlap_are_doubted():
    first, second = (jobs()["members.0.jobs"][0] for _ in range(2))

    overlapping = {"members.0.jobs": [first, {**second, "started_on": "2016-12-30"}]}
    touching = {"members.0.jobs": [first, {**second, "started_on": "2016-12-31"}]}

    assert "LB07" in faulty({**overlapping, "members.0.jobs.1.ended_on": "2017-01-31"})
    assert "LB07" not in faulty({**touching, "members.0.jobs.1.ended_on": "2017-01-31"})


def test_a_code_outside_its_list_never_becomes_a_household():
    # ED02 is held by the reader.
    with pytest.raises(measures.Unreadable) as refusal:
        faulty({"members.0.education": "doctor"})

    assert refusal.value.path == "members[0].education"
