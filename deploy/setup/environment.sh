#!/usr/bin/env bash
# Makes .venv and installs the locked packages of requirements/<name>.txt:
#   environment.sh run|dev
# Does nothing when that very file was installed by that very Python before.
# Plain pip on purpose: it reads the mirrors and certificates of a pip.conf.
set -euo pipefail
cd "$(dirname "$0")/../.."

name=$1
locked=requirements/$name.txt
stamp=.venv/installed-$name
python=$(deploy/setup/python.sh)

fingerprint() {
    # The folder is in it because a moved environment's scripts point nowhere.
    printf '%s %s %s\n' "$(sha256sum <"$locked" | cut -c1-64)" "$python" "$PWD"
}

is_sound() {
    .venv/bin/python -m pip --version >/dev/null 2>&1 &&
        [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)')" = "$PWD/.venv" ] &&
        .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'
}

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ] && [ -x .venv/bin/python ]; then
    exit 0
fi

if ! is_sound; then
    echo "Making the virtual environment .venv with $python" >&2
    rm -rf .venv
    "$python" -m venv .venv
fi

echo "Installing the locked Python packages of $locked into .venv (once)" >&2
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-compile \
    --require-hashes --no-deps --requirement "$locked"
# pip compiles one file after the other; like pip, leave what is no Python of ours.
.venv/bin/python -m compileall -qq -j 0 .venv/lib || true
fingerprint >"$stamp"
