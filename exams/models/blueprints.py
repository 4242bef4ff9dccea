"""What a paper is made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from exams.enums import Kind, Subject

from .bank import ItemVersion

DIFFICULTIES = range(1, 6)
MOST_QUESTIONS = 200
MOST_ATTEMPTS_SPARED = 10
NO_CAP = 100


@dataclass(frozen=True)
class Cell:
    """So many questions of one subject and kind, each worth so many points; where
    ``cites`` names sections, only questions that cite one of them."""

    subject: str
    kind: str
    count: int
    points: int
    easiest: int = 1
    hardest: int = 5
    cites: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = _("%(subject)s, %(kind)s, difficulty %(easiest)s to %(hardest)s") % {
            "subject": Subject(self.subject).label,
            "kind": Kind(self.kind).label,
            "easiest": self.easiest,
            "hardest": self.hardest,
        }
        if not self.cites:
            return words
        return _("%(cell)s, on %(sections)s") % {
            "cell": words,
            "sections": pgettext("between sections", ", ").join(self.cites),
        }

    def takes(self, version: ItemVersion) -> bool:
        return (
            (self.subject, self.kind) == (version.subject, version.kind)
            and self.easiest <= version.difficulty <= self.hardest
            and (not self.cites or not set(self.cites).isdisjoint(version.cites))
        )

    def as_row(self) -> dict[str, object]:
        return asdict(self) | {"cites": list(self.cites)}


def read_cells(rows: object) -> list[Cell]:
    """Return the cells that JSON describes; ValidationError names the faulty one."""
    if not isinstance(rows, list) or not rows:
        raise ValidationError(_("A blueprint needs at least one cell."), "no_cells")
    cells = [read_cell(row, place) for place, row in enumerate(rows, start=1)]
    if sum(cell.count for cell in cells) > MOST_QUESTIONS:
        raise ValidationError(_("A paper has at most 200 questions."), "too_long")
    return cells


def read_cell(row: object, place: int) -> Cell:
    try:
        cites = row.get("cites", []) if isinstance(row, dict) else None
        cell = Cell(**{**row, "cites": tuple(cites)})
        whole = all(
            type(number) is int
            for number in (cell.count, cell.points, cell.easiest, cell.hardest)
        )
        sound = (
            whole
            and cell.subject in Subject.values
            and cell.kind in Kind.values
            and cell.count >= 1
            and cell.points >= 1
            and cell.easiest in DIFFICULTIES
            and cell.hardest in DIFFICULTIES
            and cell.easiest <= cell.hardest
            and isinstance(cites, (list, tuple))
            and all(isinstance(cite, str) and cite for cite in cites)
        )
    except TypeError:
        sound = False
    if not sound:
        raise ValidationError(
            _("Cell %(place)s of the blueprint is not well formed."),
            code="bad_cell",
            params={"place": place},
        )
    return cell


class Blueprint(models.Model):
    """The plan of a paper: which questions, how many, worth what.

    Born in ``draw_up_blueprint`` and never changed, for sittings are held by it:
    whoever would have another copies it.
    """

    LONGEST_TITLE = 100

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    cells = models.JSONField(_("cells"), validators=[read_cells])
    spares_attempts = models.PositiveSmallIntegerField(
        _("attempts whose questions are not asked again"),
        default=0,
        validators=[MaxValueValidator(MOST_ATTEMPTS_SPARED)],
        help_text=_(
            "Questions of a person's last so many attempts, at whatever sitting, are "
            "used last. 0: they are not looked at."
        ),
    )
    exposure_percent = models.PositiveSmallIntegerField(
        _("most papers with the same question, per cent"),
        default=NO_CAP,
        validators=[MinValueValidator(1), MaxValueValidator(NO_CAP)],
        help_text=_(
            "A question that is in so many of a sitting's latest papers is used last. "
            "100: no limit."
        ),
    )
    evens_difficulty = models.BooleanField(
        _("papers about equally difficult"),
        default=False,
        help_text=_(
            "Of a few papers drawn, each person gets the one whose difficulty is "
            "nearest to the average."
        ),
    )
    based_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("copied from"),
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("blueprint")
        verbose_name_plural = _("blueprints")
        constraints = [
            models.CheckConstraint(
                condition=Q(exposure_percent__gte=1, exposure_percent__lte=NO_CAP),
                name="blueprint_caps_exposure_by_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def caps_exposure(self) -> bool:
        return self.exposure_percent < NO_CAP

    @property
    def parts(self) -> list[Cell]:
        return read_cells(self.cells)

    @property
    def kinds(self) -> set[str]:
        return {cell.kind for cell in self.parts}

    @property
    def question_count(self) -> int:
        return sum(cell.count for cell in self.parts)

    @property
    def max_score(self) -> int:
        return sum(cell.count * cell.points for cell in self.parts)
