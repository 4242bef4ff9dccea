from households.cards import card_from
from households.facts import facts_of
from tests.factories.households import good_facts, make_household, person


def labelled(lines):
    return {line.label: line.value for line in lines}


def test_a_card_needs_nothing_but_the_facts():
    card = card_from(good_facts(on="2017-11-15"))

    assert card.title == "演示韦大山"
    assert labelled(card.head)["致贫原因"] == "因病、缺技术"
    assert [one.age for one in card.people] == [47, 45, 9]
    assert labelled(card.sections[2].lines)["住房结构"] == "砖混"
    assert labelled(card.helper)["帮扶单位"] == "县财政局"


def test_id_numbers_are_masked_on_the_card():
    head = person()

    [shown] = card_from({"members": [head]}).people

    assert shown.id_number == f"{head['id_number'][:6]}********{head['id_number'][14:]}"


def test_the_income_is_added_up_as_on_the_form():
    sums = {line.label: line.amount for line in card_from(good_facts()).income}

    assert sums["转移性收入"] == 800
    assert sums["全年总收入"] == 18800
    assert sums["纯收入"] == 17599.5
    assert sums["人均纯收入"] == 5866.5


def test_totals_that_somebody_wrote_are_shown_as_written():
    income = {**good_facts()["income"], "total": 99, "net": 9, "net_per_head": 3}

    sums = {
        line.label: line.amount for line in card_from(good_facts(income=income)).income
    }

    assert (sums["全年总收入"], sums["纯收入"], sums["人均纯收入"]) == (99, 9, 3)


def test_a_child_out_of_school_says_why():
    absence = {"member": 2, "reason": "weary", "visits": 2, "three_party_signed": True}

    card = card_from(good_facts(out_of_school=[absence]))

    assert card.people[2].absence == (
        "失学或辍学原因 厌学 · 劝学家访次数 2 · 三方签字 是"
    )


def test_what_is_not_known_is_said():
    card = card_from({"members": [{"name": "演示甲"}]})

    assert labelled(card.sections[0].lines)["水田面积"] == "未填"
    assert card.title == "没有户主的家庭"
    assert card.income[-1].amount is None


def test_faulty_data_is_shown_as_it_is():
    member = {"name": "演示甲", "relation": "cousin", "born": "1999-02-30"}

    [shown] = card_from({"members": [member], "on": "2017-11-15"}).people

    assert (shown.relation, shown.born, shown.age) == ("cousin", "", None)


def test_a_household_of_the_register_has_the_same_card(napo):
    household = make_household(napo.village, code="H1")
    facts = facts_of(household, None)

    card = card_from(facts)

    assert (card.title, card.code, len(card.people)) == ("演示韦大山", "H1", 3)
