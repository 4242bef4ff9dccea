"""How allauth knows our people."""

import json
from pathlib import Path

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from .addresses import address_of
from .fields import PhoneField, normal_phone
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Phone or e-mail; accounts are made by offices, never by strangers."""

    def is_open_for_signup(self, request):
        return False

    def phone_form_field(self, **kwargs):
        return PhoneField(**kwargs)

    def get_phone(self, user):
        return user.phone, user.phone_verified

    def set_phone(self, user, phone, verified):
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user, phone):
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone):
        try:
            return User.objects.filter(phone=normal_phone(phone)).first()
        except ValidationError:
            return None

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        """Leave the message in a folder that a text-message gateway empties."""
        folder = Path(settings.TEXT_MESSAGE_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        now = timezone.now()
        message = {"to": phone, "code": code, "at": now.isoformat()}
        name = f"{now:%Y%m%dT%H%M%S%f}-{user.pk}.json"
        (folder / name).write_text(json.dumps(message), encoding="utf-8")

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count failures per account *and* address.

        A stranger elsewhere must not lock a person out; allauth's own key leaves
        phone numbers out altogether, so all of them would share one count.
        """
        account = credentials.get("email") or credentials.get("phone") or ""
        return f"{address_of(request)}:{account.strip().lower()}"
