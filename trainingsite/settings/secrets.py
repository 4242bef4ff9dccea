"""Secrets that an embedded site makes for itself, once."""

import os
import secrets
from pathlib import Path


def lasting_secret(path: Path) -> str:
    """Return the secret in ``path``, made on first use and readable by us alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
