#!/usr/bin/env bash
# Prints the path of a Python that is new enough, or says what is wanted.
set -euo pipefail

for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] || continue
    path=$(command -v "$candidate" 2>/dev/null) || continue
    if "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        # The interpreter itself, not a version manager's wrapper, which would
        # answer differently in another folder.
        "$path" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done

echo "Python 3.11 or newer is needed and was not found." >&2
echo "On Debian 12 or Ubuntu 24.04:  apt-get install python3" >&2
echo "Elsewhere, name it:            make run PYTHON=/path/to/python3.11" >&2
exit 1
