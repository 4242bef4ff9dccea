"""Who may hold an informant's post 扶贫信息员: chosen, trained, certified, in order."""

from datetime import date
from typing import Any

from measures.citations import cite, runs
from measures.findings import Answer, Finding, Reason, Rule, missing
from measures.reading import Facts, Shape, day, fact

SECTION, CHAPTER = "六", 4
SUBJECTS = ("policy", "collection", "system")

CHOSEN = Reason("{on}由领导小组办公室选定", "chosen by the office on {on}")
CHOSEN_LATER = Reason("{on}才选定", "chosen only on {on}")
TRAINED = Reason("三个方面培训已于{on}完成", "all three subjects done on {on}")
NOT_TRAINED = Reason("培训{on}才完成", "training is done only on {on}")
TRAINED_FIRST = Reason(
    "培训（{trained}）早于选定（{chosen}）",
    "trained on {trained}, chosen only on {chosen}",
)
CERTIFIED = Reason(
    "上岗证书{since}起有效，至{until}",
    "the certificate is good from {since} to {until}",
)
NOT_YET = Reason("上岗证书{since}起才有效", "the certificate is good only from {since}")
EXPIRED = Reason("上岗证书已于{until}到期", "the certificate was good until {until}")
REVOKED = Reason("上岗证书已于{on}撤销", "the certificate was revoked on {on}")
CERTIFIED_FIRST = Reason(
    "发证（{certified}）早于培训完成（{trained}）",
    "certified on {certified}, trained only on {trained}",
)


class Informant(Facts):
    """What a post asks of a person; ``certificate_until`` is the last good day."""

    chosen_on: date | None = fact(day())
    policy_trained_on: date | None = fact(day())
    collection_trained_on: date | None = fact(day())
    system_trained_on: date | None = fact(day())
    certificate_from: date | None = fact(day())
    certificate_until: date | None = fact(day())
    certificate_revoked_on: date | None = fact(day())

    @property
    def trained_on(self) -> date | None:
        """The day the last of the three subjects was done."""
        days = [getattr(self, f"{subject}_trained_on") for subject in SUBJECTS]
        return None if None in days else max(days)


def read_informant(mapping: Any) -> Informant:
    return Shape(Informant).read(mapping)


def check_informant(informant: Informant, on: date) -> Answer:
    """May this person hold a post on the day? What is missing is named."""
    return Answer.of(
        "",
        [
            is_chosen(informant, on),
            is_trained(informant, on),
            is_certified(informant, on),
        ],
    )


def rule(code: str) -> Rule:
    return Rule(code, cite(SECTION, CHAPTER), "source")


@runs("6-who")
def is_chosen(informant: Informant, on: date) -> Finding:
    """Chosen by the office of the city's or county's leading group."""
    chosen = informant.chosen_on
    if chosen is None:
        return Finding(rule("INF_CHOSEN"), False, missing("informant.chosen_on"))
    said = CHOSEN if chosen <= on else CHOSEN_LATER
    return Finding(rule("INF_CHOSEN"), chosen <= on, said(on=chosen))


@runs("6-training")
def is_trained(informant: Informant, on: date) -> Finding:
    """Trained in policy, in collection and entry, and in the system, once chosen."""
    trained, chosen = informant.trained_on, informant.chosen_on
    if trained is None:
        untrained = [
            f"informant.{subject}_trained_on"
            for subject in SUBJECTS
            if getattr(informant, f"{subject}_trained_on") is None
        ]
        return Finding(rule("INF_TRAINED"), False, missing(*untrained))
    if chosen is not None and trained < chosen:
        because = TRAINED_FIRST(trained=trained, chosen=chosen)
        return Finding(rule("INF_TRAINED"), False, because)
    said = TRAINED if trained <= on else NOT_TRAINED
    return Finding(rule("INF_TRAINED"), trained <= on, said(on=trained))


@runs("6-certificate")
def is_certified(informant: Informant, on: date) -> Finding:
    """Holds a certificate that is good on the day, given after the training."""
    since, until = informant.certificate_from, informant.certificate_until
    certified = rule("INF_CERTIFIED")
    if since is None:
        return Finding(certified, False, missing("informant.certificate_from"))
    revoked, trained = informant.certificate_revoked_on, informant.trained_on
    if revoked is not None and revoked <= on:
        return Finding(certified, False, REVOKED(on=revoked))
    if trained is not None and since < trained:
        because = CERTIFIED_FIRST(certified=since, trained=trained)
        return Finding(certified, False, because)
    if on < since:
        return Finding(certified, False, NOT_YET(since=since))
    if until is None:
        return Finding(certified, None, missing("informant.certificate_until"))
    if until < on:
        return Finding(certified, False, EXPIRED(until=until))
    return Finding(certified, True, CERTIFIED(since=since, until=until))
