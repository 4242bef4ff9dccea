from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from trainingsite.demonstration import SIGN_INS, load_demonstration


class Command(BaseCommand):
    help = "Load the demonstration people, households and posts; safe to repeat."

    def handle(self, *args, **options):
        if not settings.DEMONSTRATION:
            self.stdout.write("  This site is not for demonstration: nothing loaded.")
            return
        found = load_demonstration(at=timezone.now())
        self.stdout.write("  Demonstration sign-ins (all made up):")
        for each in SIGN_INS:
            phone = found["phones"][each.key]
            self.stdout.write(f"    {each.role.value:<16} {phone}  {each.name}")
        self.stdout.write(f"    password for all: {found['password']}")
