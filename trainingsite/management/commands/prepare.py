from time import perf_counter

from django.apps import apps
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

# In the order in which they lean on one another; every one is safe to repeat.
STEPS = (
    ("migrate", {"verbosity": 0}),
    ("collect_changed", {}),
    ("make_authority", {}),
    ("load_divisions", {}),
    ("load_courses", {}),
    ("load_questions", {}),
    ("load_demonstration", {}),
)


class Command(BaseCommand):
    help = "Bring database, files and starter content up to date; safe to repeat."

    def handle(self, *args, **options):
        known = get_commands()
        for name, settings in STEPS:
            if name not in known:
                continue
            began = perf_counter()
            call_command(name, stdout=self.stdout, **settings)
            self.stdout.write(f"  {name}: {perf_counter() - began:.1f} s")
        self.stdout.write(f"{len(apps.get_models())} kinds of record are ready.")
