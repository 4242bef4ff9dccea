from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.errors import Refused
from exams.domain.analysis.recounting import recount_sitting
from exams.models import Sitting


class Command(BaseCommand):
    help = "Recount the statistics of sittings from nothing and put right what differs."

    def add_arguments(self, parser):
        parser.add_argument(
            "sittings", nargs="*", type=int, help="Their numbers; all without any."
        )

    def handle(self, *args, sittings, **options):
        among = Sitting.objects.order_by("pk")
        if sittings:
            among = among.filter(pk__in=sittings)
            if missing := set(sittings) - set(among.values_list("pk", flat=True)):
                raise CommandError(f"There is no sitting {sorted(missing)[0]}.")
        for sitting in among:
            try:
                recount = recount_sitting(sitting, at=timezone.now())
            except Refused as refusal:
                raise CommandError(f"{sitting}: {refusal}") from refusal
            self.stdout.write(
                f"{sitting}: {recount.attempts} attempts, "
                f"{recount.differences} rows differed"
            )
