"""``python -m measures``: one answer a line, faults on their own line, no traceback."""

import io
import json
import subprocess
import sys

import pytest

from measures.__main__ import answer_stream, main
from measures.answering import COMMANDS, schema
from measures.streams import LONGEST_LINE
from measures.worked import bases


def asked(command, *lines, lang="en"):
    """The exit status and the answers to lines of text or bytes."""
    given = b"\n".join(
        line if isinstance(line, bytes) else line.encode() for line in lines
    )
    out = io.BytesIO()
    status = answer_stream(command, io.BytesIO(given), out, lang)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def error(path, message):
    return {"error": {"path": path, "message": message}}


CITY = '{"level": "city", "in_post": 1}'


def test_answers_come_one_a_line_in_order():
    status, answers = asked("quota", CITY, '{"level": "region"}', CITY)

    assert status == 0
    assert [each["minimum"] for each in answers] == [2, 0, 2]
    assert answers[0] == {
        "minimum": 2,
        "maximum": None,
        "gap": 1,
        "over": 0,
        "citation": "解读 六 · 第四章",
        "attested": "source",
    }


def test_an_unreadable_case_answers_on_its_own_line_and_the_rest_go_on():
    status, answers = asked("quota", CITY, '{"level": 7}', "", "nonsense", CITY)

    assert status == 1
    assert [list(each) == ["error"] for each in answers] == [False, True, True, False]
    assert answers[1]["error"]["path"] == "level"


def test_one_object_may_stand_on_many_lines():
    text = json.dumps(bases()["family"], ensure_ascii=False, indent=2)

    status, answers = asked("standard", *text.splitlines())
    assert status == 0
    assert [each["met"] for each in answers] == [True]


def test_an_object_broken_on_many_lines_is_one_error():
    status, answers = asked("quota", "{", '"level": "city",', '"in_post": }', "}")

    assert status == 1
    assert len(answers) == 1


def test_a_broken_first_line_does_not_swallow_the_lines_below():
    status, answers = asked("quota", '{"level": "city",', CITY, CITY)

    assert status == 1
    assert [next(iter(each)) for each in answers] == ["error", "minimum", "minimum"]


def test_nothing_asked_is_nothing_answered():
    assert asked("quota", "", "  ") == (0, [])


@pytest.mark.parametrize(
    ("line", "path", "message"),
    [
        ('{"level": "city", "in_post": NaN}', "", "NaN is not a JSON number"),
        ('{"level": "city", "in_post": Infinity}', "", "Infinity is not a JSON number"),
        ('{"level": "city", "level": "city"}', "level", "the key stands twice"),
        ("[" * 100_000, "", "is nested too deeply"),
        ('{"a":' * 100_000, "", "is nested too deeply"),
        (b"\xff\xfe{\x00}\x00", "", "is not UTF-8"),
        ('{"level": "city"}'.encode("utf-16"), "", "is not UTF-8"),
        ("[]", "", "should be an object"),
        ("null", "", "should be an object"),
        ('"city"', "", "should be an object"),
        ('{"level": "city", "boss": 1}', "boss", "no such field"),
        ("{}", "level", "required field is missing"),
        ('{"level": "city", "in_post": 2.0}', "in_post", "should be a whole number"),
        ('{"level": "city", "in_post": true}', "in_post", "should be a whole number"),
        (
            '{"level": "city", "in_post": -1}',
            "in_post",
            "out of range: should be from 0 to 1000000",
        ),
        (
            '{"level": "city", "in_post": ' + "9" * 5000 + "}",
            "",
            "a number has too many digits",
        ),
        ('{"level": "county"}', "poor_county", "a county needs poor_county"),
    ],
)
def test_bad_input_is_named_in_one_line(line, path, message):
    # A good line before keeps a broken first line from being read on.
    status, answers = asked("quota", CITY, line)

    assert status == 1
    assert answers[1:] == [error(path, message)]


@pytest.mark.parametrize(
    ("household", "path", "message"),
    [
        (
            {"members": [{}, {"born": "1970-02-30"}]},
            "members[1].born",
            "not a real date such as 2017-11-15",
        ),
        (
            {"on": "20171115"},
            "on",
            "not a real date such as 2017-11-15",
        ),
        (
            {"members": [{"born": "0001-01-01"}]},
            "members[0].born",
            "date out of range: should be from 1850-01-01 to 2100-12-31",
        ),
        (
            {"income": {"wage": -1}},
            "income.wage",
            "out of range: should be from 0 to 100000000",
        ),
        ({"income": {"wage": "12"}}, "income.wage", "should be a number"),
        ({"income": {"wage": 1e999}}, "income.wage", "is not a finite number"),
        ({"income": []}, "income", "should be an object"),
        ({"members": {}}, "members", "should be a list"),
        ({"members": [{}] * 101}, "members", "more than 100 entries"),
        ({"income": {"salary": 1}}, "income.salary", "no such field"),
        ({"electricity": 1}, "electricity", "should be true or false"),
        ({"division": "4" * 13}, "division", "text longer than 12 characters"),
        ({"code": "a\x00b"}, "code", "text holds control characters"),
        ({"code": 7}, "code", "should be text"),
        (
            {"dwelling": {"grade": "E"}},
            "dwelling.grade",
            "should be one of: A、B、C、D",
        ),
        (
            {"edition": "gx-1999"},
            "edition",
            "should be one of: gx-2016、gx-2017、gx-2018、gx-2020、gx-2021",
        ),
    ],
)
def test_the_path_leads_to_the_fault(household, path, message):
    line = json.dumps(household).replace("Infinity", "1e999")
    status, answers = asked("standard", line)

    assert (status, answers) == (1, [error(path, message)])


def test_a_line_too_long_is_refused_unread_and_the_next_is_answered():
    long = '{"level": "' + "x" * (10 << 20) + '"}'

    status, answers = asked("quota", CITY, long, CITY)
    assert status == 1
    assert answers[1] == error("", f"a line longer than {LONGEST_LINE} bytes")
    assert answers[2]["minimum"] == 2


def test_a_byte_order_mark_is_overlooked():
    status, answers = asked("quota", b"\xef\xbb\xbf" + CITY.encode())

    assert status == 0
    assert answers[0]["minimum"] == 2


def test_half_a_character_comes_back_as_its_escape():
    status, answers = asked("quota", CITY, '{"\\ud800": 1}')

    assert status == 1
    assert answers[1] == error("\ud800", "no such field")


def test_reasons_are_chinese_unless_english_is_asked_for():
    _, chinese = asked("standard", '{"on": "2017-11-15"}', lang="zh")
    _, english = asked("standard", '{"on": "2017-11-15"}', lang="en")

    assert chinese[0]["findings"][6]["because"] == "缺少：生活用电"
    assert english[0]["findings"][6]["because"] == "missing: electricity"


def test_a_village_and_a_county_are_asked_by_subject():
    for subject in ("village", "county"):
        status, answers = asked("standard", json.dumps(bases()[subject], default=str))
        assert status == 0
        assert answers[0]["met"] is True
        assert answers[0]["edition"] == "gx-2017"


def test_a_subject_named_and_not_handed_in_is_missing():
    _, answers = asked("standard", '{"subject": "village", "edition": "gx-2017"}')

    assert answers == [error("village", "required field is missing")]


def test_cleaning_takes_one_household_or_a_set():
    family = json.dumps({**bases()["family"], "member_count": 3})
    together = json.dumps({"households": [{**bases()["family"], "member_count": 3}]})

    assert asked("clean", family) == asked("clean", together)
    _, answers = asked("clean", family)
    assert answers == [
        {
            "faults": [
                {
                    "rule": "HH06",
                    "class": "logical_contradiction",
                    "severity": "error",
                    "household": "H1",
                    "member": None,
                    "field": "member_count",
                    "because": "the count is 3, 4 are listed",
                    "citation": "解读 五 · 第三章",
                    "attested": "public",
                }
            ]
        }
    ]


def test_a_lead_names_the_person_the_veto_and_the_department():
    _, answers = asked("search", json.dumps(bases()["search"]))

    (lead,) = answers[0]["leads"]
    assert (lead["household"], lead["veto"], lead["department"]) == (
        "H1",
        "VETO_VEHICLE",
        "public_security",
    )
    assert lead["because"].endswith("to be verified")


def test_the_number_of_a_lead_may_be_written_with_a_small_x_or_as_a_certificate():
    number = "11010519491231002X"
    lists = {
        "people": [{"id_number": number + "13", "household": "H1"}],
        "records": [
            {
                "department": "commerce",
                "kind": "business",
                "owner_id": number.lower(),
            }
        ],
    }

    _, answers = asked("search", json.dumps(lists))
    assert len(answers[0]["leads"]) == 1


@pytest.mark.parametrize(
    ("record", "leads"),
    [
        ({"kind": "vehicle"}, 1),
        ({"kind": "shop"}, 1),
        ({"kind": "shop", "place": "village"}, 0),
    ],
)
def test_a_record_without_what_it_turns_on_is_still_a_lead(record, leads):
    number = "11010519491231002X"
    lists = {
        "people": [{"id_number": number}],
        "records": [{"department": "housing", "owner_id": number, **record}],
    }

    _, answers = asked("search", json.dumps(lists))
    assert len(answers[0]["leads"]) == leads


# The program


def run(*arguments, given=""):
    return subprocess.run(
        [sys.executable, "-m", "measures", *arguments],
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_the_program_reads_standard_input_with_or_without_a_dash():
    assert run("quota", given=CITY).stdout == run("quota", "-", given=CITY).stdout
    assert run("quota", given=CITY).returncode == 0
    assert run("quota", given="x").returncode == 1


def test_the_program_reads_a_file(tmp_path):
    cases = tmp_path / "cases.jsonl"
    cases.write_text(CITY + "\n")

    assert json.loads(run("quota", str(cases)).stdout)["minimum"] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["quota", "no-such-file"],
        ["quota", "."],
        ["quota", "--lang", "fr"],
        ["schema", "nothing"],
        ["clauses", "--edition", "gx-1999"],
    ],
)
def test_arguments_that_cannot_be_used_exit_with_two(arguments):
    finished = run(*arguments)

    assert finished.returncode == 2
    assert b"Traceback" not in finished.stderr
    assert finished.stderr


def test_editions_and_clauses_are_listed(capsysbinary):
    assert main(["editions", "--lang", "en"]) == 0
    editions = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert main(["clauses"]) == 0
    clauses = capsysbinary.readouterr().out.splitlines()
    assert main(["clauses", "--edition", "gx-2016"]) == 0
    of_2016 = capsysbinary.readouterr().out.splitlines()

    assert [each["code"] for each in editions][1] == "gx-2017"
    assert (editions[1]["from"], editions[1]["to"]) == ("2017-05-01", "2017-12-31")
    assert editions[-1]["to"] is None
    assert len(of_2016) < len(clauses)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_schema_names_what_its_command_reads(command, capsysbinary):
    assert main(["schema", command]) == 0
    printed = json.loads(capsysbinary.readouterr().out)

    assert printed == json.loads(json.dumps(schema(command)))
    assert printed["$schema"].startswith("https://json-schema.org/")


def test_a_reader_that_goes_away_leaves_no_traceback():
    finished = subprocess.run(
        f"yes '{CITY}' | head -n 20000 | "
        f"{sys.executable} -m measures quota | head -n 1",
        shell=True,
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert finished.stdout.count(b"\n") == 1
    assert finished.stderr == b""


def test_the_package_loads_nothing_outside_the_standard_library():
    code = (
        "import sys, measures\n"
        "tops = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(tops - set(sys.stdlib_module_names) - {'__main__', 'measures'}))"
    )
    finished = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, check=True, timeout=60
    )

    assert finished.stdout.strip() == b"[]"
