"""Excel workbooks as people fill them in and as other tools write them."""

from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from core.errors import Refused
from exams.domain.exchange.formats import FORMATS, read_file
from exams.domain.exchange.giving_out import write_out
from exams.domain.exchange.workbook_writing import write, write_template
from tests.factories.exams import content

from .samples import HEADINGS, drafts, row, said, sheet, zipped


def only(**changes):
    (draft,) = drafts(sheet(row(**changes)))
    return draft


def test_a_row_is_a_question():
    draft = only()

    assert (draft.code, draft.row, draft.faults) == ("XL-1", 2, ())
    assert draft.fields == {
        "kind": "single",
        "subject": "policy",
        "stem": "核验之后是哪一步？",
        "options": ["评议", "审核", "审定"],
        "answer": [0],
        "because": "先评议。",
        "difficulty": 2,
        "cites": ["解读 四(一)2"],
        "tags": [],
        "unit": "",
    }


@pytest.mark.parametrize(
    "letters", ["AC", "A,C", "A、C", "ａｃ", "c a", "A；C", "A和C"]
)
def test_letters_are_read_however_people_divide_them(letters):
    draft = only(题型="多选", 正确答案=letters)

    assert said(draft, "kind", "answer") == ["multiple", [0, 2]]


@pytest.mark.parametrize(
    ("word", "place"),
    [
        *((word, 0) for word in ("对", "正确", "√", "T", True)),
        *((word, 1) for word in ("错", "错误", "×", "F", False)),
    ],
)
def test_true_and_false_are_read_in_every_spelling(word, place):
    blank = {"选项A": "", "选项B": "", "选项C": ""}

    draft = only(题型="判断题", 正确答案=word, **blank)

    assert said(draft, "kind", "options", "answer") == ["judge", ["对", "错"], [place]]


def test_a_judgement_may_name_its_options():
    options = {"选项A": "正确", "选项B": "错误", "选项C": ""}

    assert only(题型="判断", 正确答案="B", **options).fields["answer"] == [1]
    assert only(题型="判断", 正确答案="错误", **options).fields["answer"] == [1]
    assert only(题型="判断", 正确答案="×", **options).fields["answer"] == [1]


def test_a_calculation_is_read_with_its_unit_and_tolerance():
    blank = {"选项A": "", "选项B": "", "选项C": ""}
    changes = {"正确答案": "13.50平方米", "允许误差": 0.05, "单位": "平方米"}

    draft = only(题型="计算题", **blank, **changes)

    assert said(draft, "answer", "tolerance", "unit") == ["13.5", "0.05", "平方米"]


def test_headings_may_be_dressed_up_and_stand_below_a_title():
    headings = ["题型（必填）*", " 题 干 ", "A", "B", "标准答案:", "随便一列"]
    body = sheet(
        ["单选题", "题？", "甲", "乙", "B", "x"],
        headings=headings,
        above=(["2024年题库", "", "", "", "", ""], ["请勿改动"]),
    )

    (draft,) = drafts(body)

    assert said(draft, "stem", "options", "answer") == ["题？", ["甲", "乙"], [1]]
    assert draft.row == 4


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"题型": "论述题"}, "the kind “论述题” is not carried"),
        ({"科目": "数学"}, "“数学” is not known under Subject"),
        ({"难度": 9}, "“9” is not known under Difficulty"),
        ({"选项B": ""}, "an option is empty between two others"),
        (
            {"正确答案": "AE"},
            "the answer “AE” does not name its options by letter",
        ),
        (
            {"题型": "计算题", "正确答案": "很多"},
            "the answer “很多” is not a number",
        ),
        (
            {
                "题型": "判断题",
                "选项A": "",
                "选项B": "",
                "选项C": "",
                "正确答案": "也许",
            },
            "the answer “也许” is neither true nor false",
        ),
    ],
)
def test_a_fault_names_what_is_wrong(changes, fault):
    assert only(**changes).faults == (fault,)


def test_difficulty_may_be_a_word():
    assert only(难度="较难").fields["difficulty"] == 4


def test_a_formula_and_a_date_are_refused_by_cell():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet()
    page.write_row(0, 0, HEADINGS)
    page.write_row(1, 0, row())
    page.write_formula(1, 3, '="核验"&"之后？"', None, "核验之后？")
    page.write_row(2, 0, row(编号="XL-2"))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_number(2, 4, 43000, day)
    book.close()

    first, second = drafts(buffer.getvalue())

    assert first.faults == ("cell D2 holds a formula; write its value instead",)
    assert second.faults == (
        "Excel has made a date of cell E3; set it to text and write it again",
    )


def test_a_hidden_first_sheet_is_passed_over():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    hidden, shown = book.add_worksheet("字典"), book.add_worksheet("题目")
    hidden.hide()
    shown.activate()
    shown.set_first_sheet()
    shown.write_row(0, 0, HEADINGS)
    shown.write_row(1, 0, row())
    shown.write_formula(1, 3, "=1+1", None, "2")
    book.close()

    (draft,) = drafts(buffer.getvalue())

    assert draft.faults == ("cell D2 holds a formula; write its value instead",)


CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'
NAMES = "http://schemas.openxmlformats.org"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{NAMES}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats'
    '-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{NAMES}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{NAMES}/officeDocument/2006/relationships/'
    'officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{NAMES}/spreadsheetml/2006/main" '
    f'xmlns:r="{NAMES}/officeDocument/2006/relationships"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r7"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{NAMES}/package/2006/'
    f'relationships"><Relationship Id="r7" Type="{NAMES}/officeDocument/2006/'
    'relationships/worksheet" Target="/xl/worksheets/sheet9.xml"/></Relationships>',
}


def raw_book(sheet_data: str) -> bytes:
    body = (
        f'<worksheet xmlns="{NAMES}/spreadsheetml/2006/main">{sheet_data}</worksheet>'
    )
    parts = PARTS | {"xl/worksheets/sheet9.xml": body}
    return zipped({name: text.encode() for name, text in parts.items()})


def raw_row(cells, attributes=""):
    inner = "".join(CELL.format(cell) for cell in cells)
    return f"<row{attributes}>{inner}</row>"


def test_a_workbook_of_another_tool_without_cell_names_is_read():
    rows = raw_row(["题型", "题干", "选项A", "选项B", "答案"]) + raw_row(
        ["单选题", "题？", "甲", "乙", "A"]
    )

    (draft,) = drafts(raw_book(f"<sheetData>{rows}</sheetData>"))

    assert said(draft, "stem", "answer") == ["题？", [0]]


def test_one_cell_at_the_end_of_the_sheet_does_not_fill_the_memory():
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    wide = '<row r="1"><c r="XFD1"><v>1</v></c></row>'

    with pytest.raises(Refused) as deep:
        read_file(raw_book(f"<sheetData>{far}</sheetData>"))
    with pytest.raises(Refused) as broad:
        read_file(raw_book(f"<sheetData>{wide}</sheetData>"))

    assert deep.value.code == "too-many-questions"
    assert "too many columns" in str(broad.value)


def test_formatted_but_empty_rows_far_below_do_no_harm():
    rows = raw_row(["题型", "题干", "选项A", "选项B", "答案"]) + raw_row(
        ["单选题", "题？", "甲", "乙", "A"]
    )
    rows += '<row r="60000"><c r="A60000" s="0"/></row>'

    assert len(drafts(raw_book(f"<sheetData>{rows}</sheetData>"))) == 1


def test_missing_columns_are_named():
    with pytest.raises(Refused) as refusal:
        read_file(sheet(["题？", "A"], headings=["题干", "选项A"]))

    assert "Kind of question, Right answer" in str(refusal.value)


def test_the_template_can_be_filled_in_and_read_back():
    template = write_template()
    book = CalamineWorkbook.from_filelike(BytesIO(template))
    headings, *rest = book.get_sheet_by_index(0).to_python()

    with pytest.raises(Refused) as empty:
        read_file(template)
    filled = {"Kind of question": "Single choice", "Question": "题？", "OptionA": "甲"}
    filled |= {"OptionB": "乙", "Right answer": "B", "Subject": "Policy"}
    cells = [filled.get(heading, "") for heading in headings]
    (draft,) = drafts(sheet(cells, headings=headings))

    assert rest == []
    assert "no question in it" in str(empty.value)
    assert said(draft, "kind", "answer", "subject") == ["single", [1], "policy"]
    assert len(book.sheet_names) == 2


def test_a_chinese_workbook_is_read_in_any_language_and_the_other_way():
    bank = {"甲-1": content(), "甲-2": content("judge"), "甲-3": content("numeric")}
    with override("zh-hans"):
        chinese = write(bank)
        headings = cells(write_template())[0]
        (fault,) = only(题型="论述题").faults
    with override("en"):
        english = write(bank)

    assert headings[:4] == ["编号", "科目", "题型", "题干"]
    assert len(set(headings)) == len(headings)
    assert fault == "题库没有“论述题”这种题型，不能导入"
    assert cells(chinese)[2][2] == "判断题"
    assert drafts(chinese) == drafts(english)
    with override("zh-hans"):
        assert [draft.faults for draft in drafts(english)] == [(), (), ()]


def cells(body):
    book = CalamineWorkbook.from_filelike(BytesIO(body))
    return book.get_sheet_by_index(0).to_python()


def test_the_template_offers_only_what_is_read():
    with ZipFile(BytesIO(write_template())) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()

    assert page.count("<dataValidation ") == 5
    assert "Single choice" in page


def test_a_long_case_has_more_lines_than_there_are_letters():
    part = {"kind": "single", "stem": "哪一步？", "options": ["甲", "乙", "丙", "丁"]}
    case = content("case", parts=[part] * 8, answer=[[1]] * 8)

    written = write_out({"Q": case}, FORMATS["excel"])

    assert written.losses == []
    (draft,) = drafts(written.body)
    assert said(draft, "parts", "answer") == [case.parts, case.answer]


@pytest.mark.parametrize("heading", ["选项1", "Option 1", "选项 A", "A"])
def test_options_may_be_numbered_in_their_headings(heading):
    headings = [heading if each == "选项A" else each for each in HEADINGS]

    (draft,) = drafts(sheet(row(), headings=headings))

    assert said(draft, "options", "answer") == [["评议", "审核", "审定"], [0]]
