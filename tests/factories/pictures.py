"""Pictures as people bring them along."""

from io import BytesIO

from PIL import Image

SEAL = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    b'<circle cx="4" cy="4" r="4" fill="#c00"/></svg>'
)


def dots(width=300, height=300, mode="RGB", kind="PNG", **options):
    content = BytesIO()
    Image.new(mode, (width, height)).save(content, kind, **options)
    return content.getvalue()
