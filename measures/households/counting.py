"""The income that counts, in whole fen, so that a line is met or missed to the cent."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from measures.citations import runs
from measures.findings import Because, Finding, Reason, Rule, Spoken, spoken
from measures.households.facts import Household, Income, Transfers
from measures.standards import Check, Occasion
from measures.words import name_of

EARNINGS = ("business", "wage", "property", "other")
TRANSFERS = (
    "basic_pension",
    "low_income_a",
    "low_income_b",
    "low_income_c",
    "temporary_relief",
    "other_stable",
)

ABOVE = Reason(
    "{sum}；÷ {heads}人 = 人均{per_head}元，超过{year}年标准{line}元",
    "{sum}; ÷ {heads} = {per_head} yuan a head, above the line of {year}, {line} yuan",
)
NOT_ABOVE = Reason(
    "{sum}；÷ {heads}人 = 人均{per_head}元，没有超过{year}年标准{line}元",
    "{sum}; ÷ {heads} = {per_head} yuan a head, not above the line of {year}, "
    "{line} yuan",
)
UNSTABLE = Reason("收入不稳定", "the income is not stable")
NO_LINE = Reason("没有{year}年的收入标准", "there is no income line for {year}")


class Arithmetic(Spoken):
    """The sum as a form shows it, line by line: each part, its sign, and the result."""

    __slots__ = ("lines", "net")

    def __init__(self, lines: Sequence[tuple[str, int, bool]], net: int) -> None:
        self.lines = tuple(lines)
        self.net = net

    def __getitem__(self, lang: str) -> str:
        said = ""
        for path, fen, counts in self.lines:
            name = name_of(path, lang, "field")
            value = spoken(abs(fen) / 100, lang)
            if not counts:
                continue
            sign = "− " if fen < 0 else "+ " if said else ""
            said += f"{sign}{name} {value} "
        left_out = [
            f"{name_of(path, lang, 'field')} {spoken(fen / 100, lang)}"
            for path, fen, counts in self.lines
            if not counts and fen
        ]
        total = f"{said}= {spoken(self.net / 100, lang)}"
        if not left_out:
            return total
        if lang.startswith("zh"):
            return f"{total}（不计入：{'、'.join(left_out)}）"
        return f"{total} (not counted: {', '.join(left_out)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Arithmetic) and (
            (self.lines, self.net) == (other.lines, other.net)
        )

    def __hash__(self) -> int:
        return hash((self.lines, self.net))


def fen(yuan: float) -> int:
    return round(yuan * 100)


class Counting:
    """Adds up what counts under one version; what is excluded is shown, not added."""

    def __init__(self, excluded: Sequence[str]) -> None:
        counted = [f"transfer.{kind}" for kind in TRANSFERS if kind not in excluded]
        self.excluded = tuple(f"income.transfer.{kind}" for kind in excluded)
        self.paths = tuple(f"income.{part}" for part in (*EARNINGS, *counted))
        self.earnings: Callable[[Income], tuple[Any, ...]] = attrgetter(*EARNINGS)
        self.transfers: Callable[[Transfers], tuple[Any, ...]] = attrgetter(
            *(kind for kind in TRANSFERS if kind not in excluded)
        )

    def net(self, income: Income) -> int | None:
        """Net income in fen, or ``None`` if a part of the sum is not known."""
        transfer = income.transfer
        if transfer is None or income.expenses is None:
            return None
        try:
            earned: int = sum([round(part * 100) for part in self.earnings(income)])
            given: int = sum([round(part * 100) for part in self.transfers(transfer)])
        except TypeError:  # a part is None
            return None
        return earned + given - round(income.expenses * 100)

    def gaps(self, income: Income) -> list[str]:
        """The parts of the sum that are not known."""
        if income.transfer is None:
            parts: tuple[Any, ...] = (*self.earnings(income), income.expenses)
            paths = [f"income.{part}" for part in (*EARNINGS, "expenses")]
            known = dict(zip(paths, parts, strict=True))
            return [*(path for path in paths if known[path] is None), "income.transfer"]
        values = (*self.earnings(income), *self.transfers(income.transfer))
        found = [
            path
            for path, value in zip(self.paths, values, strict=True)
            if value is None
        ]
        return found if income.expenses is not None else [*found, "income.expenses"]

    def arithmetic(self, income: Income, net: int) -> Arithmetic:
        transfer = income.transfer or Transfers()
        values = (*self.earnings(income), *self.transfers(transfer))
        lines = [
            (path, fen(value or 0), True)
            for path, value in zip(self.paths, values, strict=True)
        ]
        lines.append(("income.expenses", -fen(income.expenses or 0), True))
        for path in self.excluded:
            value = getattr(transfer, path.rsplit(".", 1)[1])
            lines.append((path, fen(value or 0), False))
        return Arithmetic(lines, net)


class Sum(Spoken):
    """The arithmetic of a finding, worked out only when somebody reads it."""

    __slots__ = ("counting", "income", "net")

    def __init__(self, counting: Counting, income: Income, net: int) -> None:
        self.counting = counting
        self.income = income
        self.net = net

    def __getitem__(self, lang: str) -> str:
        return self.counting.arithmetic(self.income, self.net)[lang]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and (self.income, self.net) == (
            other.income,
            other.net,
        )

    def __hash__(self) -> int:
        return hash((self.income, self.net))


@runs("4.1.2-income", "hh-income-counted")
def income(rule: Rule, *, excluded: Sequence[str], must_be_stable: bool) -> Check:
    """Net income a head, on the parts that count, is above the line of the year.

    Equal to the line is not above it. From 2017 the income must also be stable.
    """
    counting = Counting(excluded)

    def check(household: Household, occasion: Occasion) -> Finding:
        earned, heads, line = household.income, household.heads, occasion.line
        faults: list[Because] = []
        gaps: list[str] = []
        if must_be_stable and not household.income_stable:
            if household.income_stable is None:
                gaps.append("income_stable")
            else:
                faults.append(UNSTABLE())
        net = counting.net(earned) if earned else None
        if net is None:
            gaps.extend(counting.gaps(earned) if earned else ["income"])
        if not heads:
            gaps.append("members")
        if line is None:
            gaps.append("income_line")
        if earned is None or net is None or line is None or not heads:
            return rule.judge(faults, gaps, UNSTABLE())
        above = net > round(line.amount * 100) * heads
        shown = (ABOVE if above else NOT_ABOVE)(
            sum=Sum(counting, earned, net),
            heads=heads,
            per_head=net / 100 / heads,
            year=line.year,
            line=line.amount,
        )
        if not above:
            faults.append(shown)
        return rule.judge(faults, gaps, shown)

    return check
