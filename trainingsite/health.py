"""What must be there before users are let in."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from weasyprint.text.ffi import harfbuzz_subset

from certificates.domain.fonts import name_of, uncovered
from certificates.models import Certificate
from certificates.trust.authority import authority
from certificates.trust.errors import AuthorityMissing


def problems() -> list[str]:
    """Return what is wrong, in plain English for the operator; empty when ready."""
    return [*missing_migrations(), *missing_libraries(), *missing_authority()]


def paper_problems() -> list[str]:
    """What keeps certificates from being printed well: fifteen times too slowly, or
    not at all because the font lacks a glyph. Names nobody."""
    return [*missing_libraries(), *missing_glyphs()]


def missing_glyphs() -> list[str]:
    """Of certificates that have no paper yet: the printed ones were printable."""
    names = Certificate.objects.filter(paper=None).values_list(
        "holder_name", "post_place", "exam_name"
    )
    lacking = sorted({c for row in names.iterator() for c in uncovered(*row)})
    return [f"the certificates' font lacks {name_of(c)}" for c in lacking]


def missing_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{len(plan)} migrations are not applied"] if plan else []


def missing_libraries() -> list[str]:
    """Without libharfbuzz-subset a PDF costs fifteen times as much, silently."""
    if harfbuzz_subset is None:
        return ["libharfbuzz-subset is missing: certificates will be very slow"]
    return []


def missing_authority() -> list[str]:
    """Certificates are neither issued nor printed unsigned."""
    try:
        authority().refuse_unless_valid(timezone.now())
    except AuthorityMissing:
        return ["the issuing authority's keys cannot be used: see the log"]
    return []
