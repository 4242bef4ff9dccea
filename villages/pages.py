"""What the page of a division shows, gathered."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from divisions.domain.designating import Standing, standings
from divisions.enums import Level
from divisions.models import Division
from ledger.models import register_codes

from .domain.figures import Figures, figures_of_children, rate_of, total
from .models import VillageProfile
from .permissions import can_enter_profile


@dataclass(frozen=True)
class Row:
    """One division of the level below, with its figures."""

    division: Division
    figures: Figures
    standing: Standing

    @property
    def url(self) -> str:
        return reverse("villages:division", args=[self.division.code])


def page_of(place: Division, *, reader: User, on: date) -> dict:
    """The context of ``division_detail.html``."""
    by_code = figures_of_children(place, on=on)
    figures = total(by_code.values())
    known = standings(place, on=on)
    is_village = place.level == Level.VILLAGE
    rows = []
    if not is_village:
        rows = [
            Row(each, by_code.get(each.code, Figures()), known.get(each.pk, Standing()))
            for each in place.children()
        ]
    own = known.get(place.pk, Standing())
    shown = [own, *(row.standing for row in rows)]
    return {
        "place": place,
        "figures": figures,
        "standing": own,
        "rows": rows,
        "exits": sorted(figures.exits_by_year.items()),
        "rate": rate_of(place, figures, on=on),
        "profile": newest_profile(place, on) if is_village else None,
        "may_enter_profile": can_enter_profile(reader, place),
        "has_demonstration": any(each.is_demonstration for each in shown),
        "crumbs": crumbs_to(place, reader),
    }


def newest_profile(place: Division, on: date) -> VillageProfile | None:
    return VillageProfile.objects.filter(division=place).known(on).first()


def crumbs_to(place: Division, reader: User) -> list[tuple[str, str]]:
    """The way up, as far as the reader's own divisions reach."""
    own = register_codes(reader)
    above = [
        each
        for each in place.ancestors()
        if any(each.code.startswith(code) for code in own)
    ]
    return [(_("Villages"), reverse("villages:index"))] + [
        (each.short_name, reverse("villages:division", args=[each.code]))
        for each in above
    ]
