"""Who might fill a post: the people near it, and why each may or may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from accounts.models import User, UserQuerySet
from certificates.errors import NotChosen, NotTrained
from certificates.facts import trained_among
from certificates.models import Certificate, Selection
from core.errors import Refused
from divisions.enums import CODE_LENGTH, Level
from divisions.models import Division
from divisions.scoping import in_subtrees
from rosters.errors import AlreadyInPost, NotCertified
from rosters.models import Assignment


@dataclass(frozen=True)
class Candidate:
    """A person and what still keeps them from the post, in the Measures' order."""

    person: User
    is_chosen: bool
    is_trained: bool
    certified_until: date | None
    serves_in: str
    missing: tuple[Refused, ...]

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def is_movable(self) -> bool:
        """Only the post elsewhere stands in the way: transfer or cover."""
        return {each.code for each in self.missing} == {AlreadyInPost.code}


def candidates_for(division: Division, *, on: date) -> UserQuerySet:
    """The people who live in the county (for a city's post: in the city), and those of
    the city's other counties who are chosen for the post; those nearest to fulfilling
    everything first, then those living nearest."""
    open_posts = Assignment.objects.filter(until=None, person=OuterRef("pk"))
    valid = Certificate.objects.valid(on).filter(holder=OuterRef("pk"))
    chosen = Selection.objects.in_force(on).covering(division.code)
    from_city = in_subtrees((division.code[: CODE_LENGTH[Level.CITY]],), "home_code")
    near = in_subtrees((catchment(division),), "home_code")
    return (
        User.objects.filter(near | from_city & Q(pk__in=chosen.values("person")))
        .filter(is_active=True)
        .select_related("home_division")
        .annotate(
            is_chosen=Exists(chosen.filter(person=OuterRef("pk"))),
            certified_until=Subquery(
                valid.order_by("-expires_on").values("expires_on")[:1]
            ),
            serves_in=Subquery(open_posts.values("division__full_name")[:1]),
            steps_left=steps_left(),
            distance=distance_from(division),
        )
        .order_by("steps_left", "distance", "home_code", "real_name", "pk")
    )


def catchment(division: Division) -> str:
    return division.code[: CODE_LENGTH[Level.COUNTY]]


def steps_left() -> Case:
    """In post last; then not chosen, not certified. Training is read page by page."""
    return Case(
        When(serves_in__isnull=False, then=Value(3)),
        When(is_chosen=False, certified_until=None, then=Value(2)),
        When(Q(is_chosen=False) | Q(certified_until=None), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )


def distance_from(division: Division) -> CombinedExpression:
    """0 at home in the division itself, and 1 for each step in the tree from there to
    home: up to the division that holds both, and down again."""
    nearest_first = division.ancestor_codes()[::-1]
    depth = len(nearest_first)
    up_less_shared = Case(
        *(
            When(in_subtrees((code,), "home_code"), then=Value(2 * up - depth))
            for up, code in enumerate(nearest_first)
        ),
        default=Value(depth),
        output_field=IntegerField(),
    )
    home_depth = Case(
        *(
            When(Exact(Length("home_code"), length), then=Value(number))
            for number, length in enumerate(CODE_LENGTH.values(), start=1)
        ),
        default=Value(0),
        output_field=IntegerField(),
    )
    return up_less_shared + home_depth


def considered(people: Sequence[User]) -> list[Candidate]:
    """Turn a page of ``candidates_for`` into candidates with their reasons."""
    trained = trained_among(people)
    return [candidate_from(person, person.pk in trained) for person in people]


def candidate_from(person: User, is_trained: bool) -> Candidate:
    missing: list[Refused] = []
    if not person.is_chosen:
        missing.append(NotChosen())
    if not is_trained:
        missing.append(NotTrained())
    if person.certified_until is None:
        missing.append(NotCertified())
    if person.serves_in:
        missing.append(AlreadyInPost(division=person.serves_in))
    return Candidate(
        person,
        person.is_chosen,
        is_trained,
        person.certified_until,
        person.serves_in or "",
        tuple(missing),
    )
