"""Making up the people of a household: ages, relations, schooling, health, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from measures import make_id_number

# No place has this code, so no number made with it is anybody's.
UNUSED_AREA = "459999"
SURNAMES = "韦黄覃陆农罗梁岑潘蒙廖班卢莫李邓蓝石玉凌"


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = {
    "male": words("建国 永福 志强 家旺 春林 文胜 德才 大山 金龙 国兴"),
    "female": words("秀兰 美英 桂花 春梅 小燕 丽珍 金凤 玉芬 彩云 月娥"),
}
CHILDREN = {
    "male": words("小军 子豪 宇航 家乐 浩然 天佑 志远 俊杰"),
    "female": words("雨欣 思琪 小慧 佳怡 诗雅 晓梅 婷婷 梦瑶"),
}
ETHNICITIES = ("壮族", "壮族", "壮族", "汉族", "瑶族", "苗族")
WORKING_AGE = range(18, 60)


@dataclass(frozen=True)
class Wanted:
    """What the story needs of the family."""

    labour: bool
    pupil: bool


def draw_family(rng: Random, on: date, wanted: Wanted) -> list[dict]:
    """Return the members in the exchange format, the head first."""
    ethnicity = rng.choice(ETHNICITIES)
    if not wanted.labour:
        members = old_couple(rng, on)
    else:
        members = parents_and_children(rng, on, with_pupil=wanted.pupil)
        if rng.random() < 0.35:
            members.append(grandparent(rng, on, members[0]))
    part_namesakes(rng, members)
    for serial, member in enumerate(members):
        complete(rng, member, on, serial=serial, ethnicity=ethnicity)
    if wanted.labour and rng.random() < 0.25:
        fall_ill(rng, members)
    return members


def old_couple(rng: Random, on: date) -> list[dict]:
    age = rng.randint(66, 80)
    sex = rng.choice(("male", "female"))
    members = [someone(rng, "head", sex, age, on)]
    if rng.random() < 0.6:
        other = "female" if sex == "male" else "male"
        members.append(someone(rng, "spouse", other, age - rng.randint(-3, 4), on))
    return members


def parents_and_children(rng: Random, on: date, *, with_pupil: bool) -> list[dict]:
    """Ages follow from the eldest child's: nobody is a parent before 21."""
    eldest = rng.randint(12, 13) if with_pupil else rng.randint(0, 17)
    age = eldest + rng.randint(23, 32)
    head = someone(rng, "head", "male", age, on)
    members = [head]
    if rng.random() < 0.85:
        mother = max(eldest + 21, age - rng.randint(0, 5))
        members.append(someone(rng, "spouse", "female", mother, on))
    ages = [eldest]
    while len(ages) < rng.randint(1, 3) and ages[-1] >= 2:
        ages.append(ages[-1] - rng.randint(2, 4))
    for child in (age for age in ages if age >= 0):
        sex = rng.choice(("male", "female"))
        relation = "son" if sex == "male" else "daughter"
        members.append(someone(rng, relation, sex, child, on, of=head))
    return members


def grandparent(rng: Random, on: date, head: dict) -> dict:
    age = age_on(on, date.fromisoformat(head["born"])) + rng.randint(21, 28)
    if rng.random() < 0.5:
        return someone(rng, "father", "male", age, on, of=head)
    return someone(rng, "mother", "female", age, on)


def someone(
    rng: Random, relation: str, sex: str, age: int, on: date, *, of: dict | None = None
) -> dict:
    """A name, a relation and a day of birth that makes the age on 31 August."""
    start = date(on.year, 8, 31)
    born = start.replace(year=start.year - age) - timedelta(days=rng.randint(0, 360))
    surname = of["name"][0] if of else rng.choice(SURNAMES)
    pool = CHILDREN if age < 18 else GIVEN
    return {
        "name": surname + rng.choice(pool[sex]),
        "relation": relation,
        "sex": sex,
        "born": born.isoformat(),
    }


def part_namesakes(rng: Random, members: list[dict]) -> None:
    """No two people of a household bear the same name."""
    seen: set[str] = set()
    for member in members:
        while member["name"] in seen:
            pool = CHILDREN[member["sex"]] + GIVEN[member["sex"]]
            member["name"] = member["name"][0] + rng.choice(pool)
        seen.add(member["name"])


def complete(
    rng: Random, member: dict, on: date, *, serial: int, ethnicity: str
) -> None:
    born = date.fromisoformat(member["born"])
    years = age_on(date(on.year, 8, 31), born)
    schooling = schooling_at(rng, years)
    member |= {
        "id_number": make_id_number(
            UNUSED_AREA, born, member["sex"], 40 * serial + rng.randint(0, 39)
        ),
        "disability_certificate": None,
        "ethnicity": ethnicity,
        "education": None if schooling else education_at(rng, years),
        "schooling": schooling,
        "health": ["healthy"] if years < 60 else [rng.choice(("healthy", "chronic"))],
        "labour": labour_at(rng, years, in_school=schooling is not None),
        "work_months": 0,
        "work_place": None,
        "phone": phone(rng) if 18 <= years < 75 else None,
        "medical_insurance": "resident",
        "critical_illness_insurance": True,
        "pension": "resident" if years >= 18 else None,
        "low_income_class": None,
    }


def schooling_at(rng: Random, years: int) -> str | None:
    """The class that the age leads to, counted on 31 August."""
    if years < 3:
        return "preschool_age"
    if years < 6:
        return "preschool"
    if years < 12:
        return "primary"
    if years < 15:
        return f"junior_{years - 11}"
    if years < 18:
        return f"{rng.choice(('senior', 'vocational'))}_{years - 14}"
    return None


def education_at(rng: Random, years: int) -> str:
    if years >= 60:
        return rng.choice(("illiterate", "primary"))
    return rng.choice(("primary", "junior", "junior", "senior"))


def labour_at(rng: Random, years: int, *, in_school: bool) -> str:
    if in_school or years < 16:
        return "none"
    if years in WORKING_AGE:
        return rng.choice(("ordinary", "ordinary", "skilled"))
    return "weak" if years < 75 else "lost"


def fall_ill(rng: Random, members: list[dict]) -> None:
    """One adult, never the head, is ill for long or holds a disability certificate."""
    adults = [m for m in members[1:] if m["education"]]
    if not adults:
        return
    member = rng.choice(adults)
    member["labour"] = "weak"
    if rng.random() < 0.5:
        member["health"] = [rng.choice(("chronic", "serious"))]
    else:
        member["health"] = ["disabled"]
        # Kind 4 is of the limbs, grade 3 of middling weight.
        member["disability_certificate"] = member["id_number"] + "43"


def phone(rng: Random) -> str:
    """A number of a range that no carrier here gives to people."""
    return f"1400000{rng.randint(0, 9999):04d}"


def age_on(on: date, born: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def pupils(members: list[dict]) -> list[int]:
    """Where those stand who are twelve to fourteen and in a class of junior school."""
    return [
        index
        for index, member in enumerate(members)
        if (member["schooling"] or "").startswith("junior")
    ]


def workers(members: list[dict]) -> list[dict]:
    return [m for m in members if m["labour"] in ("ordinary", "skilled")]
