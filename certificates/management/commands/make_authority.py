from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.trust.authority import authority
from certificates.trust.development import make_development_authority
from certificates.trust.errors import AuthorityMissing


class Command(BaseCommand):
    help = (
        "Make the authority that signs certificates, for development; in production "
        "only look whether the keys named in the environment can be used."
    )

    def handle(self, *args, **options):
        now = timezone.now()
        made = settings.DEMONSTRATION and make_development_authority(
            Path(settings.AUTHORITY_PKCS12).parent,
            password=settings.AUTHORITY_PASSWORD,
            at=now,
        )
        try:
            found = authority()
            found.refuse_unless_valid(now)
        except AuthorityMissing as refusal:
            raise CommandError(f"No keys: {refusal.values['reason']}") from refusal
        verb = "Made" if made else "Found"
        until = found.certificate.not_valid_after_utc
        self.stdout.write(f"{verb} {found.name}, until {until:%F}.")
        if settings.DEMONSTRATION:
            self.stdout.write(
                "It is a development authority: it made its own root certificate, so "
                "its signatures prove nothing to anyone outside."
            )
