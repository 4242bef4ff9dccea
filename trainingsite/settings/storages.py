"""Where files live: ``file:///folder`` or ``s3://bucket?endpoint=https://…``."""

from urllib.parse import parse_qs, urlsplit

STATIC = {"BACKEND": "trainingsite.files.StaticFilesStorage"}


def storages(url: str) -> dict:
    """Return Django's STORAGES for ``url``; ``private`` is never served directly."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        disk = "django.core.files.storage.FileSystemStorage"
        return {
            name: {"BACKEND": disk, "OPTIONS": {"location": f"{parts.path}/{name}"}}
            for name in ("default", "private")
        } | {"staticfiles": STATIC}
    if parts.scheme != "s3":
        raise ValueError(f"STORAGE_URL must be file:// or s3://, not {url!r}")
    bucket = {"bucket_name": parts.netloc}
    if endpoint := parse_qs(parts.query).get("endpoint"):
        bucket["endpoint_url"] = endpoint[0]
    cloud = "storages.backends.s3.S3Storage"
    return {
        "default": {"BACKEND": cloud, "OPTIONS": {**bucket, "location": "media"}},
        "private": {"BACKEND": cloud, "OPTIONS": {**bucket, "location": "private"}},
        "staticfiles": STATIC,
    }
