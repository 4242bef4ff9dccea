"""Each role's home page: what to do next."""


def home_for(user) -> dict:
    return {}
