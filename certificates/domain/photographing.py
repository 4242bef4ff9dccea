"""A person's photo for the certificate: given, replaced, taken away."""

from collections.abc import Collection
from datetime import datetime
from io import BytesIO

from django.db import transaction
from PIL import Image, ImageOps

from accounts.models import User
from certificates.domain.uploading import Picture, checked_picture, keep_picture
from certificates.errors import NotYourPhoto
from certificates.models import Certificate, Photo
from certificates.permissions import can_keep_photo
from core.audit import record

# As telephones take them; what is kept is much smaller.
MOST_DOTS = 9000
FOLDER = "photos"
# Three to four, at 500 dots an inch on 30 by 40 millimetres.
SIZE = (600, 800)


def photo_of(person: User) -> Photo | None:
    return photos_of([person]).get(person.pk)


def photos_of(people: Collection[User]) -> dict[int, Photo]:
    """By key of the person; whoever has none is left out."""
    held = Photo.objects.current().filter(person__in=people)
    return {photo.person_id: photo for photo in held}


def give_photo(person: User, content: bytes, *, by: User, at: datetime) -> Photo:
    """Keep the picture as the person's photo for certificates issued from now on; the
    same one twice is once.

    Raises ``NotYourPhoto``, or what ``checked_picture`` raises.
    """
    if not can_keep_photo(by, person):
        raise NotYourPhoto
    picture = likeness(checked_picture(content, may_be_drawn=False, most=MOST_DOTS))
    with transaction.atomic():
        person = User.objects.select_for_update(of=["self"]).get(pk=person.pk)
        held = photo_of(person)
        # The name is the picture's hash, and a picture in use has its file.
        name = keep_picture(picture, folder=f"{FOLDER}/{person.pk}")
        if held and held.file.name == name:
            return held
        if held:
            end(held, at=at)
        photo = Photo.objects.create(person=person, file=name, given_by=by, given_at=at)
        record("photo.given", photo, by=by, person=person.pk)
    return photo


@transaction.atomic
def take_photo_away(person: User, *, by: User, at: datetime) -> None:
    """End the person's photo; twice is once. Its file goes, unless a certificate was
    issued with it. Raises ``NotYourPhoto``."""
    if not can_keep_photo(by, person):
        raise NotYourPhoto
    person = User.objects.select_for_update(of=["self"]).get(pk=person.pk)
    if held := photo_of(person):
        end(held, at=at)
        record("photo.taken-away", held, by=by, person=person.pk)


def end(photo: Photo, *, at: datetime) -> None:
    photo.withdrawn_at = at
    photo.save(update_fields=["withdrawn_at"])
    name, storage = photo.file.name, photo.file.storage

    @transaction.atomic
    def delete_unless_used() -> None:
        # Whoever gives the same picture again keeps this row locked from finding its
        # file to having said so.
        User.objects.select_for_update(of=["self"]).get(pk=photo.person_id)
        used = Certificate.objects.filter(photo__file=name).exists()
        again = Photo.objects.current().filter(file=name).exists()
        if not used and not again:
            storage.delete(name)

    transaction.on_commit(delete_unless_used, robust=True)


def likeness(picture: Picture) -> Picture:
    """The middle of the picture, upright, as large as a certificate prints it."""
    with Image.open(BytesIO(picture.content)) as image:
        whole = image.convert("RGBA")
    ground = Image.new("RGBA", whole.size, "white")
    ground.alpha_composite(whole)
    drawn = BytesIO()
    fitted = ImageOps.fit(ground.convert("RGB"), SIZE, centering=(0.5, 0.35))
    fitted.save(drawn, "JPEG", quality=88)
    return Picture(drawn.getvalue(), "jpg")
