from time import perf_counter

from django.core.management.base import BaseCommand

from divisions.domain.loading import load_divisions


class Command(BaseCommand):
    help = "Load Guangxi's divisions and designations; safe to repeat."

    def handle(self, *args, **options):
        began = perf_counter()
        loaded = load_divisions()
        self.stdout.write(
            f"{loaded.divisions} divisions, {loaded.designations} designations "
            f"in {perf_counter() - began:.1f} s"
        )
