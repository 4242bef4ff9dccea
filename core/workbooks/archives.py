"""Zip files that may come from anyone: sized up before anything is unpacked."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as zlib_error

from django.utils.translation import gettext as _

from .refusals import Unreadable

SIGNATURE = b"PK\x03\x04"
MOST_FILES = 12_000
# Unpacked. A bank of 5,000 questions is about 20 MB of QTI.
MOST_BYTES = 60 * 1024 * 1024
ENCRYPTED = 0x1


class Archive:
    """Its files by name, each read as bytes; nothing is ever written to a disk."""

    def __init__(self, body: bytes) -> None:
        try:
            self.zip = ZipFile(BytesIO(body))
        except (BadZipFile, ValueError, NotImplementedError) as fault:
            raise Unreadable(reason=_("its zip archive is damaged")) from fault
        self.entries = {
            name_of(entry): entry for entry in self.zip.infolist() if not entry.is_dir()
        }
        refuse_bomb(self.zip)

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def __iter__(self):
        return iter(self.entries)

    def size_of(self, name: str) -> int:
        """How many bytes it has unpacked; reading it never yields more."""
        return self.entries[name].file_size

    def read(self, name: str) -> bytes:
        try:
            return self.zip.read(self.entries[name])
        except (
            BadZipFile,
            zlib_error,
            EOFError,
            OSError,
            NotImplementedError,
        ) as fault:
            reason = _("the file %(name)s in it is damaged") % {"name": name}
            raise Unreadable(reason=reason) from fault


def name_of(entry) -> str:
    """The entry's path. Chinese Windows writes names in GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gbk")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/")


def refuse_bomb(archive: ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise Unreadable(reason=_("its archive holds too many files"))
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Unreadable(reason=_("unpacked, its archive would be too large"))
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Unreadable(reason=_("its archive is locked with a password"))
