"""Who signs in, by allauth; and who asks, at every request."""

from allauth.account.auth_backends import AuthenticationBackend

from core.prepared import Prepared

from .models import User

ASKING = Prepared(User.objects.all, "id")


class PeopleBackend(AuthenticationBackend):
    """As allauth's, but that whoever asks is read by SQL that is put together once."""

    def get_user(self, user_id: int) -> User | None:
        try:
            user = ASKING.get(id=user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None
