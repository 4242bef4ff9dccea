#!/usr/bin/env bash
# Installs the system packages that are missing for the purposes named:
#   packages.sh run|check|test|services ...
# It looks for what each package brings, not for its name, so that a library
# from elsewhere counts; says what it installs and why; and when it may not
# install, prints the one command to run and stops.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=$(deploy/setup/python.sh)
packages=()
reasons=()

need() {
    packages+=("$1")
    reasons+=("$2")
}

has_library() {
    "$python" - "$1" "$2" <<'PYTHON'
import ctypes
import ctypes.util
import sys

soname, short = sys.argv[1:]
try:
    ctypes.CDLL(soname)
except OSError:
    sys.exit(ctypes.util.find_library(short) is None)
PYTHON
}

look_for_run() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        need "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" \
            "makes the virtual environment"
    has_library libpango-1.0.so.0 pango-1.0 ||
        need libpango-1.0-0 "sets the text of the certificate PDF"
    has_library libpangoft2-1.0.so.0 pangoft2-1.0 ||
        need libpangoft2-1.0-0 "finds the fonts of the certificate PDF"
    has_library libharfbuzz.so.0 harfbuzz ||
        need libharfbuzz0b "shapes the characters of the certificate PDF"
    # WeasyPrint works without this one, only some ten times slower.
    has_library libharfbuzz-subset.so.0 harfbuzz-subset ||
        need libharfbuzz-subset0 "cuts the Chinese font down to what a PDF uses"
}

look_for_check() {
    command -v git >/dev/null ||
        need git "lists what is committed, for the checks that read it"
    command -v xgettext >/dev/null ||
        need gettext "compares the strings in the code with their translations"
}

look_for_test() {
    look_for_check
    deploy/setup/browser.sh >/dev/null 2>&1 || deploy/setup/browser.sh --is-bundled ||
        need "$(headless_chromium)" "walks the site in the end-to-end tests"
    has_library libatomic.so.1 atomic ||
        need libatomic1 "starts the driver that leads the browser"
    command -v softhsm2-util >/dev/null ||
        need softhsm2 "plays the token that can sign certificates"
    command -v java >/dev/null ||
        need default-jre-headless "runs veraPDF, which judges the certificate PDF"
    [ -e /usr/share/java/jaxb-runtime.jar ] ||
        need libjaxb-java "reads the rules of veraPDF"
    [ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ] || is_installed fonts-noto-cjk ||
        need fonts-noto-cjk "shows Chinese in the browser of the tests"
}

# Debian has it by itself since 12; who derives from Debian may not.
headless_chromium() {
    local release
    release=$(. /etc/os-release 2>/dev/null && echo "${ID:-} ${VERSION_ID:-0}")
    case $release in
        debian\ 1[2-9]*) echo chromium-headless-shell ;;
        *) echo chromium ;;
    esac
}

look_for_services() {
    compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null ||
        need postgresql "the database that the suite is run against"
    command -v redis-server >/dev/null ||
        need redis-server "the queue and the cache that the suite is run against"
}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

look() {
    packages=()
    reasons=()
    local purpose
    for purpose in "$@"; do
        "look_for_$purpose"
    done
}

say_missing() {
    echo "Missing on this system:"
    local index
    for index in "${!packages[@]}"; do
        printf '  %-22s %s\n' "${packages[$index]}" "${reasons[$index]}"
    done
}

# With the right to install, sets `as_root` to what makes a command root's.
may_install() {
    as_root=()
    [ "$(id -u)" -eq 0 ] && return 0
    command -v sudo >/dev/null || return 1
    as_root=(sudo)
    sudo -n true 2>/dev/null && return 0
    # A person at a terminal may be asked for the password; nobody else can be.
    [ -t 0 ] && [ -t 2 ] && echo "sudo may ask for your password." >&2
}

install_command() {
    echo "apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
}

stop_with_command() {
    echo
    echo "$1 Run this once, then the same make again:"
    echo
    if command -v sudo >/dev/null; then
        echo "  sudo sh -c '$(install_command)'"
    else
        echo "  su -c '$(install_command)'"
    fi
    echo
    exit 1
} >&2

look "$@"
[ ${#packages[@]} -gt 0 ] || exit 0
say_missing >&2

if ! command -v apt-get >/dev/null; then
    echo "This system has no apt-get: install what these Debian packages bring, then try again." >&2
    exit 1
fi
may_install || stop_with_command "They cannot be installed from this account."

echo "Installing them with: ${as_root[*]} apt-get install ${packages[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
# An index that cannot be refreshed may still know the packages.
"${apt[@]}" update >"$log" 2>&1 ||
    echo "The package index could not be refreshed; trying with the old one." >&2
"${apt[@]}" install -y --no-install-recommends "${packages[@]}" >>"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    stop_with_command "The installation failed (its last lines are above)."
}

look "$@"
if [ ${#packages[@]} -gt 0 ]; then
    say_missing >&2
    stop_with_command "They are still not found after the installation."
fi
