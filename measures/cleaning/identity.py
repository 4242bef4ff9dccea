"""ID01 to ID10: who a person is."""

from functools import lru_cache

from measures.citations import runs
from measures.cleaning.faults import Person, of_person
from measures.findings import Because, Reason, Term
from measures.identity import BadIdNumber, IdNumber, check_id_number

LENGTHS = (18, 20, 22)
CERTIFICATE_LENGTHS = (20, 22)
FIRST_BIRTH_YEAR = 1900
LIMB, GRAVE = "4", ("1", "2")
FULL_LABOUR = ("ordinary", "skilled")

LENGTH = Reason(
    "证件号码{length}位，应为18、20或22位",
    "the number has {length} characters, should be 18, 20 or 22",
)
BROKEN = Reason("{zh}", "{en}")
NO_NUMBER = Reason("没有证件号码", "there is no number")
BEGINS_999999 = Reason("证件号码为999999开头", "the number begins 999999")
TOO_OLD = Reason("出生年份{year}早于1900年", "born in {year}, before 1900")
NOT_YET = Reason("出生日期{day}晚于{on}", "born on {day}, after {on}")
OTHER_BIRTH = Reason(
    "出生日期{field}与号码中的{number}不一致",
    "born on {field}, but the number says {number}",
)
OTHER_SEX = Reason(
    "性别{field}与号码中的{number}不一致", "{field}, but the number says {number}"
)
NO_CERTIFICATE = Reason(
    "健康状况为残疾，没有残疾证号", "disabled, without a certificate number"
)
NOT_DISABLED = Reason(
    "有残疾证号，健康状况没有残疾", "a certificate number, but not marked disabled"
)
GRAVE_BUT_ABLE = Reason(
    "肢体残疾{grade}级，却为普通或技能劳动力",
    "limb disability of grade {grade}, yet of full labour",
)
BLANK = Reason("未填写", "is blank")


@lru_cache(maxsize=4096)
def looked_at(number: str) -> IdNumber | BadIdNumber:
    """The number read once; several rules ask about it."""
    try:
        return check_id_number(number[:18])
    except BadIdNumber as fault:
        return fault


@of_person("ID01", "id_number")
@runs("clean-identity")
def has_a_known_length(person: Person) -> Because | None:
    """The number has 18 characters, or is a disability certificate's 20 or 22."""
    number = person.member.id_number
    if number and len(number) not in LENGTHS:
        return LENGTH(length=len(number))
    return None


@of_person("ID01", "disability_certificate")
def certificate_has_a_known_length(person: Person) -> Because | None:
    number = person.member.disability_certificate
    if number and len(number) not in CERTIFICATE_LENGTHS:
        return LENGTH(length=len(number))
    return None


@of_person("ID02", "id_number")
def has_a_good_check_character(person: Person) -> Because | None:
    return broken(person.member.id_number, "ID02")


@of_person("ID03", "disability_certificate")
def certificate_begins_with_a_good_number(person: Person) -> Because | None:
    number = person.member.disability_certificate
    return broken(number, "ID02") or broken(number, "ID05")


@of_person("ID05", "id_number")
def number_has_a_real_birthday(person: Person) -> Because | None:
    number = person.member.id_number
    if found := broken(number, "ID05"):
        return found
    if not number or len(number) < 18:
        return None
    read = looked_at(number)
    if isinstance(read, IdNumber) and read.born.year < FIRST_BIRTH_YEAR:
        return TOO_OLD(year=read.born.year)
    return None


def broken(number: str | None, code: str) -> Because | None:
    """What the standard says against the number, if it is that rule's to say."""
    if not number or len(number) not in LENGTHS:
        return None
    read = looked_at(number)
    if isinstance(read, BadIdNumber) and read.code == code:
        return BROKEN(zh=read.message.zh, en=read.message.en)
    return None


@of_person("ID05", "born")
def was_born_between_1900_and_now(person: Person) -> Because | None:
    born = person.member.born
    if born is None:
        return None
    if born.year < FIRST_BIRTH_YEAR:
        return TOO_OLD(year=born.year)
    return NOT_YET(day=born, on=person.on) if born > person.on else None


@of_person("ID06", "born")
def birthday_agrees_with_the_number(person: Person) -> Because | None:
    number, born = person.member.id_number, person.member.born
    if not number or born is None or len(number) < 18:
        return None
    read = looked_at(number)
    if isinstance(read, IdNumber) and read.born != born:
        return OTHER_BIRTH(field=born, number=read.born)
    return None


@of_person("ID06", "sex")
def sex_agrees_with_the_number(person: Person) -> Because | None:
    number, sex = person.member.id_number, person.member.sex
    if not number or sex is None or len(number) < 18:
        return None
    read = looked_at(number)
    if isinstance(read, IdNumber) and read.sex != sex:
        return OTHER_SEX(field=Term(f"sex:{sex}"), number=Term(f"sex:{read.sex}"))
    return None


@of_person("ID07", "id_number")
def has_a_number_of_its_own(person: Person) -> Because | None:
    number = person.member.id_number
    if not number:
        return NO_NUMBER()
    return BEGINS_999999() if number.startswith("999999") else None


@of_person("ID08", "disability_certificate")
def the_disabled_have_a_certificate(person: Person) -> Because | None:
    number = person.member.id_number or ""
    held = person.member.disability_certificate or len(number) in CERTIFICATE_LENGTHS
    disabled = "disabled" in (person.member.health or ())
    return NO_CERTIFICATE() if disabled and not held else None


@of_person("ID08", "health")
def who_has_a_certificate_is_marked_disabled(person: Person) -> Because | None:
    health = person.member.health
    if health is None or "disabled" in health:
        return None
    return NOT_DISABLED() if person.member.disability_certificate else None


@of_person("ID09", "labour")
def grave_limb_disability_is_not_full_labour(person: Person) -> Because | None:
    number = person.member.disability_certificate or ""
    if len(number) not in CERTIFICATE_LENGTHS:
        return None
    grave = number[18] == LIMB and number[19] in GRAVE
    if grave and person.member.labour in FULL_LABOUR:
        return GRAVE_BUT_ABLE(grade=number[19])
    return None


@of_person("ID10", "name")
def name_is_filled_in(person: Person) -> Because | None:
    return None if (person.member.name or "").strip() else BLANK()


@of_person("ID10", "ethnicity")
def ethnicity_is_filled_in(person: Person) -> Because | None:
    return None if (person.member.ethnicity or "").strip() else BLANK()


@of_person("ID10", "health")
def health_is_filled_in(person: Person) -> Because | None:
    return None if person.member.health else BLANK()


@of_person("ID10", "labour")
def labour_is_filled_in(person: Person) -> Because | None:
    return None if person.member.labour else BLANK()
