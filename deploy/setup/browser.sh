#!/usr/bin/env bash
# Prints the path of the Chromium that the end-to-end tests drive: the one named
# in CHROMIUM, the system's, or Playwright's own. Exits 1 when there is none.
#   browser.sh --is-bundled   is Playwright's own the only one to be had here?
#   browser.sh --install      fetches Playwright's own where that is so
set -euo pipefail
cd "$(dirname "$0")/../.."

is_bundled() {
    # Ubuntu's package is a stub for a snap, which cannot run in a container or
    # be driven in a temporary profile.
    grep -qs '^ID=ubuntu' /etc/os-release || ! command -v apt-get >/dev/null
}

# The one without a window to draw costs a third less processor time a page.
find_system() {
    local name path
    for name in "${CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] || continue
        path=$(command -v "$name") || continue
        case $(readlink -f "$path") in *snap*) continue ;; esac
        ! grep -qs snap "$path" || continue
        echo "$path"
        return 0
    done
    return 1
}

find_bundled() {
    [ -x .venv/bin/python ] || return 1
    .venv/bin/python - 2>/dev/null <<'PYTHON'
import os
import sys

from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
print(path) if os.path.exists(path) else sys.exit(1)
PYTHON
}

case "${1:-}" in
    --is-bundled)
        is_bundled
        ;;
    --install)
        find_system >/dev/null || find_bundled >/dev/null || {
            is_bundled || exit 1
            echo "No Chromium here that tests can drive, and this system's package is a snap:" >&2
            echo "fetching Playwright's own build into its cache in your home folder." >&2
            .venv/bin/playwright install --with-deps chromium || {
                echo "Playwright could not fetch it. Install Chrome or Chromium by other means" >&2
                echo "and name it:  make test CHROMIUM=/path/to/chrome" >&2
                exit 1
            }
        }
        ;;
    *)
        find_system || find_bundled
        ;;
esac
