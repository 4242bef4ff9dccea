"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ExamDayArgon2(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum (19 MiB, two passes): about 25 ms a sign-in."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
