from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.domain.loading import CONTENT, load_courses
from courses.errors import UnreadableContent


class Command(BaseCommand):
    help = "Load the starter courses into Wagtail; pages that trainers edited are kept."

    def add_arguments(self, parser):
        parser.add_argument(
            "--content",
            type=Path,
            default=CONTENT,
            help="the folder of content files, one folder a course",
        )

    def handle(self, *args, **options):
        try:
            loaded = load_courses(options["content"])
        except UnreadableContent as refusal:
            raise CommandError(str(refusal)) from refusal
        for title in loaded.created:
            self.stdout.write(f"created: {title}")
        for title in loaded.updated:
            self.stdout.write(f"updated: {title}")
        for title in loaded.kept:
            self.stdout.write(f"kept, edited since it was loaded: {title}")
        for title in loaded.left_out:
            self.stdout.write(f"left out, deleted since it was loaded: {title}")
        self.stdout.write(
            f"{len(loaded.created)} pages created, {len(loaded.updated)} updated, "
            f"{len(loaded.unchanged)} unchanged, {len(loaded.kept)} kept as edited, "
            f"{len(loaded.left_out)} left out"
        )
