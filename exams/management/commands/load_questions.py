from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.errors import Refused
from exams.domain.authoring import open_bank_to_trainers
from exams.domain.loading import load_questions
from exams.domain.planning import (
    STARTER,
    comprehensive_blueprint,
    starter_blueprint,
)
from exams.domain.releasing import keep_starter_release


class Command(BaseCommand):
    help = "Load the question bank, its starter release and blueprints; safe to repeat."

    def handle(self, *args, **options):
        try:
            counts = load_questions()
            release = keep_starter_release(STARTER, at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        blueprints = [starter_blueprint(), comprehensive_blueprint()]
        codes = ", ".join(blueprint.code for blueprint in blueprints)
        open_bank_to_trainers()
        self.stdout.write(
            f"{counts['made']} questions made, {counts['revised']} revised, "
            f"{counts['unchanged']} unchanged, {counts['kept']} kept as their authors "
            f"have them; release {release}, blueprints {codes}"
        )
