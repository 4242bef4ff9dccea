from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from divisions.models import Division
from households.domain.cleaning import clean_village, villages_to_clean


class Command(BaseCommand):
    help = "Run the cleaning rules over the registered households of a division."

    def add_arguments(self, parser):
        parser.add_argument("code", help="The division's code; 45 is the whole region.")

    def handle(self, *args, code, **options):
        if not Division.objects.filter(code=code).exists():
            raise CommandError(f"There is no division {code}.")
        for village in villages_to_clean(code).iterator(chunk_size=500):
            cleaned = clean_village(village, on=timezone.localdate())
            self.stdout.write(
                f"{village.full_name}: {cleaned.households} households, "
                f"{cleaned.found} faults, {cleaned.new} new, {cleaned.gone} gone"
            )
            for household in cleaned.unread:
                self.stdout.write(f"  cannot be read: {household}")
