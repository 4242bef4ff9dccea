"""How people sign in and how their passwords are kept."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PeopleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Django's default takes 236 ms of CPU a sign-in; this one 25 ms, so an exam day's
# sign-ins fit on two cores (docs/adr/0006).
PASSWORD_HASHERS = ["accounts.hashing.ExamDayArgon2"]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
# The office that makes an account enters the number; signing in must not hang on a
# text message where no gateway is at hand.
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
# A whole county may sign in from one address on an exam day; who guesses at a password
# is held by the limits on what fails.
ACCOUNT_RATE_LIMITS = {"login": "1200/m/ip", "login_failed": "60/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "扶贫信息员平台"
MFA_PASSKEY_SIGNUP_ENABLED = False
