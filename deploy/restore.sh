#!/usr/bin/env bash
# Puts back what deploy/backup.sh wrote, into an empty place only:
#   deploy/restore.sh ARCHIVE.tar.gz
# With DATABASE_URL into that (empty) database and the folder of STORAGE_URL; without,
# into the data folder of the embedded site, which must not hold a database. Stop the
# site first.
set -euo pipefail
umask 077
archive=$(realpath "${1:?usage: deploy/restore.sh ARCHIVE.tar.gz}")
cd "$(dirname "$0")/.."

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
tar -C "$staging" -xzf "$archive"

refuse() {
    echo "$1 Nothing was restored." >&2
    exit 1
}

if [ -n "${DATABASE_URL:-}" ]; then
    [ -f "$staging/database.dump" ] || refuse "This is a backup of an embedded site."
    tables=$(psql -Atc "SELECT count(*) FROM information_schema.tables
        WHERE table_schema = 'public'" "$DATABASE_URL")
    [ "$tables" = 0 ] || refuse "The database holds $tables tables already."
    case ${STORAGE_URL:-} in file://*) files=${STORAGE_URL#file://} ;; *) files= ;; esac
    pg_restore --no-owner --exit-on-error --single-transaction \
        --dbname "$DATABASE_URL" "$staging/database.dump"
else
    [ -f "$staging/training.sqlite3" ] || refuse "This is a backup of a PostgreSQL site."
    files=${DATA_DIR:-data}
    [ ! -e "$files/training.sqlite3" ] || refuse "$files holds a site already."
    mkdir -p "$files"
    cp -p "$staging/training.sqlite3" "$staging/secret-key" "$staging/id-number-key" "$files/"
    if [ -d "$staging/authority" ]; then
        cp -rp "$staging/authority" "$staging/authority-password" "$files/"
    fi
fi

for name in default media private; do
    if [ -n "$files" ] && [ -d "$staging/$name" ]; then
        mkdir -p "$files"
        cp -rp "$staging/$name" "$files/"
    fi
done
echo "Restored from $archive. Now: manage.py migrate, then start the site." >&2
