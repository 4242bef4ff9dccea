"""What goes out comes back: for each format, all that it can carry."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exams.domain.contents import Content
from exams.domain.exchange.drafts import Terms, complete
from exams.domain.exchange.figures import written
from exams.domain.exchange.findings import PRAISE
from exams.domain.exchange.formats import FORMATS, read_file
from exams.domain.exchange.giving_out import write_out
from exams.domain.folding import folded
from exams.domain.kinds.ledger_task import drawn
from exams.domain.loading import CONTENT, questions_in
from exams.domain.revising import faults_of
from exams.enums import Kind
from tests.factories.exams import content


def explains(text: str) -> bool:
    """Praise alone, as other systems give it, is read as no explanation."""
    return text.strip("。.!！ \n").lower() not in PRAISE


CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
EVERY_FORMAT = pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)

# Signs that mean something to one format or another, among words.
SIGNS = list("~=#{}:\\[]<>&\"'%|/*-+_.;,、；！？。“”²→√ 对错县村Ａ𠮷")
LINE = (
    st.one_of(
        st.text(st.sampled_from(SIGNS), min_size=1, max_size=30),
        st.text(
            st.characters(exclude_categories=["C", "Z"], include_characters=" "),
            min_size=1,
            max_size=30,
        ),
        st.sampled_from(
            [
                "::a::",
                "//",
                "####",
                "%50%甲",
                "[html]<b>",
                "&amp;",
                "]]>",
                "_x0041_",
                "=1+1",
            ]
        ),
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
WORD = st.text(st.sampled_from("脱贫返贫程序户abc-"), min_size=1, max_size=8)
NUMBER = st.decimals(-(10**9), 10**9, places=4, allow_nan=False).map(written)
TOLERANCE = st.decimals(0, 1000, places=6).map(written)
CODES = st.text(st.sampled_from("ABCabc019-_.·村（）[]"), min_size=1, max_size=20)


# Words that a right answer may consist of, as candidates write them.
ACCEPTED = LINE.filter(lambda text: len(text) <= 40 and folded(text))
UNITS = st.sampled_from(["", "平方米", "%", "元/人"])
# What a part of a case does not say at all; a question may well be "0".
UNSAID = (("tolerance", "0"), ("unit", ""))
# What each format carries without loss; GIFT has no field for a marker's guide.
WHOLE = {
    code: format.carries - ({"short"} if code == "gift" else set())
    for code, format in FORMATS.items()
}


def is_whole(format, content):
    return content.kind in WHOLE[format.code] and not format.kind_missing(content)


@st.composite
def choices(draw, kind):
    options = draw(st.lists(LINE, min_size=2, max_size=6, unique=True))
    if kind == "judge":
        options = draw(
            st.sampled_from([["对", "错"], ["是", "否"], ["错", "对"], options])
        )
    places = st.integers(0, len(options) - 1)
    most = len(options) if kind == "multiple" else 1
    answer = draw(st.lists(places, min_size=1, max_size=most, unique=True))
    return {"options": options, "answer": sorted(answer)}


@st.composite
def pairs(draw):
    """Pairs as a person lists them: right sides in the order of their left ones."""
    sides = LINE.filter(lambda text: "=" not in text and "->" not in text)
    lefts = draw(st.lists(sides, min_size=2, max_size=5, unique=True))
    rights = draw(st.lists(sides, min_size=2, max_size=5, unique=True))
    count = draw(st.integers(1, min(len(lefts), len(rights))))
    key = list(range(count)) + draw(
        st.lists(
            st.integers(0, count - 1),
            min_size=len(lefts) - count,
            max_size=len(lefts) - count,
        )
    )
    return {"parts": lefts, "options": rights, "answer": key}


def asked(format, kind):
    """What a question of a kind has besides its words."""
    numbers = {"answer": NUMBER, "tolerance": TOLERANCE, "unit": UNITS}
    accepted = ACCEPTED
    if format == "gift":  # where an arrow makes a pair
        accepted = ACCEPTED.filter(lambda text: "->" not in text and text[0] != "%")
    steps = st.lists(LINE, min_size=3, max_size=6, unique=True)
    drawing = {
        "numeric": st.fixed_dictionaries(numbers),
        "blank": st.fixed_dictionaries(
            {"answer": st.lists(accepted, min_size=1, max_size=3, unique_by=folded)}
        ),
        "ordering": steps.map(
            lambda each: {"options": each, "answer": list(range(len(each)))}
        ),
        "matching": pairs(),
        "short": st.fixed_dictionaries({"answer": TEXT}),
        "ledger": st.integers(1_000_000, 999_999_999).map(drawn),
    }
    return drawing[kind] if kind in drawing else choices(kind)


@st.composite
def cases(draw, format):
    """A case; in a workbook its judgements have our two words, its steps one line."""
    words = LINE if format == "excel" else TEXT
    parts, key = [], []
    kinds = sorted(FORMATS[format].within)
    for _question in range(draw(st.integers(2, 3))):
        kind = draw(st.sampled_from(kinds))
        part = {"kind": kind, "stem": draw(words)} | draw(asked(format, kind))
        key.append(part.pop("answer"))
        part = {
            name: value for name, value in part.items() if (name, value) not in UNSAID
        }
        parts.append(part)
    return {"parts": parts, "answer": key}


@st.composite
def contents(draw, format="qti-2.2", kinds=("single", "multiple", "judge", "numeric")):
    kind = draw(st.sampled_from(sorted(kinds)))
    fields = {
        "kind": kind,
        "subject": draw(st.sampled_from(["policy", "entry", "system"])),
        "stem": draw(TEXT),
        "because": draw(TEXT.filter(explains)),
        "difficulty": draw(st.integers(1, 5)),
        "edition": draw(st.sampled_from(["gx-2016", "gx-2017", "gx-2021"])),
        "cites": draw(st.lists(WORD, min_size=1, max_size=3)),
        "attested": draw(st.sampled_from(["source", "public", "assumed"])),
        "tags": draw(
            st.lists(
                WORD
                | st.sampled_from(
                    ["cite:村", "kind:single", "题型:单选", "exit", "返贫"]
                ),
                max_size=3,
            )
        ),
    }
    own = cases(format) if kind == "case" else asked(format, kind)
    return Content(**fields | draw(own))


def banks(format):
    kinds = WHOLE[format]
    return st.dictionaries(CODES, contents(format, kinds), min_size=1, max_size=4)


def back(body):
    _format, reading = read_file(body)
    terms = Terms(attested="")
    return {draft.code: complete(draft, terms).hash for draft in reading.drafts}


def hashes(bank):
    return {code: question.hash for code, question in bank.items()}


@EVERY_FORMAT
@settings(CALM, max_examples=40)
@given(st.data())
def test_every_content_a_format_can_carry_comes_back_equal(format, data):
    bank = data.draw(banks(format.code))
    assert not [fault for each in bank.values() for fault in faults_of(each)]

    written = write_out(bank, format)

    assert written.losses == []
    assert back(written.body) == hashes(bank)


@EVERY_FORMAT
@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_is_carried_whole_or_told(format, kind):
    bank = {"Q": content(kind, **(drawn(2_000_000) if kind == "ledger" else {}))}

    written = write_out(bank, format)

    if is_whole(format, bank["Q"]):
        assert written.losses == []
        assert back(written.body) == hashes(bank)
    else:
        assert [loss.code for loss in written.losses] == ["Q"]


@EVERY_FORMAT
def test_the_bank_of_this_platform_comes_back_equal(format):
    bank = dict(questions_in(CONTENT))

    written = write_out(bank, format)

    whole = {code: each for code, each in bank.items() if is_whole(format, each)}
    came = back(written.body)
    assert len(whole) > 100
    assert {loss.code for loss in written.losses} == bank.keys() - whole.keys()
    assert {code: came[code] for code in whole} == hashes(whole)


def test_a_kind_that_a_format_does_not_carry_is_reported_by_name():
    bank = {"Q": content("ordering"), "R": content()}

    written = write_out(bank, FORMATS["gift"])

    assert [(loss.code, loss.what) for loss in written.losses] == [
        ("Q", ("the whole question, of the kind Putting in order",))
    ]
    assert back(written.body) == {"R": bank["R"].hash}


@EVERY_FORMAT
@settings(CALM, max_examples=40)
@given(
    contents(),
    st.text(max_size=40),
    st.sampled_from(["stem", "because", "cites", "tags"]),
)
def test_what_does_not_come_back_is_reported(format, question, text, field):
    """Any text at all, control characters and lone line ends among it."""
    value = [text] if field in ("cites", "tags") else text
    bank = {"Q": replace(question, **{field: value})}

    written = write_out(bank, format)

    came = back(written.body).get("Q") if written.body else None
    assert (came == bank["Q"].hash) is (written.losses == [])


@EVERY_FORMAT
@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("stem", "一\r二", "Question"),
        ("stem", "一\x00二", "Question"),
        ("because", "  前后有空格  ", "Explanation"),
        ("cites", ["解读 一\n第二行"], "Citations"),
    ],
)
def test_losses_are_named_by_field(format, field, value, named):
    kept_by = {("moodle-xml", "cites"), ("qti", "cites")}
    bank = {"Q": content(**{field: value})}

    losses = write_out(bank, format).losses

    if (format.code.split("-2")[0].split("-3")[0], field) in kept_by:
        assert losses == []
    else:
        assert [(loss.code, loss.what) for loss in losses] == [("Q", (named,))]


def test_a_workbook_loses_what_its_separators_divide():
    bank = {"Q": content(tags=["住房，饮水"], cites=["解读一；解读二"])}

    (loss,) = write_out(bank, FORMATS["excel"]).losses

    assert loss.what == ("Citations", "Tags")


def test_many_right_options_get_shares_that_moodle_takes():
    shares = {"100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5"}
    shares |= {"11.11111", "10", "5"}
    for right in range(1, 15):
        options = [f"选项{n}" for n in range(16)]
        each = content("multiple", options=options, answer=list(range(right)))

        body = FORMATS["gift"].write({"Q": each}).decode()

        found = {part.split("%")[0] for part in body.split("~%")[1:]}
        assert found - {"-100"} <= shares
        assert sum(map(Decimal, found - {"-100"})) * right <= Decimal("100.0001")


def test_equal_banks_give_equal_files():
    bank = {"Q": content(), "R": content("numeric")}

    for format in FORMATS.values():
        if format.code != "excel":  # whose file names its hour
            assert format.write(bank) == format.write(bank)
