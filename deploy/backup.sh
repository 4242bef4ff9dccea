#!/usr/bin/env bash
# Writes one archive with everything the site holds: database and files.
#   deploy/backup.sh ARCHIVE.tar.gz
# The production site is read from its environment (DATABASE_URL, STORAGE_URL); where
# DATABASE_URL is not set it is the embedded site's data folder. The site may run on.
# Secrets of a production site are in its environment, not in the archive: keep them
# apart. Without ID_NUMBER_KEY the ID numbers in a backup cannot be read.
set -euo pipefail
umask 077
archive=$(realpath -m "${1:?usage: deploy/backup.sh ARCHIVE.tar.gz}")
cd "$(dirname "$0")/.."
[ ! -e "$archive" ] || { echo "$archive exists already; nothing was written." >&2; exit 1; }

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT

if [ -n "${DATABASE_URL:-}" ]; then
    pg_dump --format=custom --no-owner --file "$staging/database.dump" "$DATABASE_URL"
    case ${STORAGE_URL:-} in
        file://*) files=${STORAGE_URL#file://} ;;
        *) files= && echo "Files are in ${STORAGE_URL:-no place}: back them up there." >&2 ;;
    esac
else
    data=${DATA_DIR:-data}
    [ -f "$data/training.sqlite3" ] || { echo "$data holds no site." >&2; exit 1; }
    # SQLite's own way to copy a database that is being written to.
    .venv/bin/python - "$data/training.sqlite3" "$staging/training.sqlite3" <<'PYTHON'
import sqlite3
import sys

source, copy = (sqlite3.connect(path) for path in sys.argv[1:])
with copy:
    source.backup(copy)
PYTHON
    cp -p "$data/secret-key" "$data/id-number-key" "$staging/"
    # Without its keys a restored site would be another authority.
    if [ -d "$data/authority" ]; then
        cp -rp "$data/authority" "$data/authority-password" "$staging/"
    fi
    files=$data
fi

for name in default media private; do
    if [ -n "$files" ] && [ -d "$files/$name" ]; then
        cp -rp "$files/$name" "$staging/$name"
    fi
done
tar -C "$staging" -czf "$archive.part" .
mv "$archive.part" "$archive"
echo "Written: $archive ($(du -h "$archive" | cut -f1))" >&2
