#!/usr/bin/env bash
# Runs a command against a PostgreSQL and a Redis of its own:
#   services.sh COMMAND [ARGUMENT ...]
# Both listen on loopback, on free ports, with their files in a temporary folder,
# and are stopped by their process ids however the command ends.
set -euo pipefail
# Every process started here gets a group of its own: Ctrl-C reaches this script
# alone, which then stops them in order.
set -m
cd "$(dirname "$0")/../.."

folder=$(mktemp -d -t training-services.XXXXXX)
postgres_pid=
redis_pid=
command_pid=

stop() {
    local status=$?
    trap - EXIT INT TERM HUP
    local pid
    if [ -n "$command_pid" ] && kill -INT -- "-$command_pid" 2>/dev/null; then
        wait "$command_pid" || true
    fi
    for pid in $postgres_pid $redis_pid; do
        kill -INT "$pid" 2>/dev/null || true
    done
    for pid in $postgres_pid $redis_pid; do
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$folder"
    exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

free_port() {
    .venv/bin/python -c '
import socket
with socket.socket() as listener:
    listener.bind(("127.0.0.1", 0))
    print(listener.getsockname()[1])'
}

find_postgres() {
    local newest
    newest=$(compgen -G "/usr/lib/postgresql/*/bin" | sort -V | tail -1) || true
    if [ -n "$newest" ]; then
        echo "$newest"
    else
        dirname "$(readlink -f "$(command -v initdb)")"
    fi
}

# PostgreSQL refuses to run as root.
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
    as_owner=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi

start_postgres() {
    local bin port
    bin=$(find_postgres)
    port=$(free_port)
    mkdir "$folder/postgres"
    if [ ${#as_owner[@]} -gt 0 ]; then
        chmod 755 "$folder"
        chown postgres: "$folder/postgres"
    fi
    (cd "$folder/postgres" && "${as_owner[@]}" "$bin/initdb" --pgdata data --username training \
        --auth trust --encoding UTF8 --locale C --no-sync >"$folder/initdb.log") || {
        cat "$folder/initdb.log" >&2
        return 1
    }
    # Nothing here outlives the run, so nothing waits for the disk.
    "${as_owner[@]}" "$bin/postgres" -D "$folder/postgres/data" -p "$port" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
        >"$folder/postgres.log" 2>&1 &
    postgres_pid=$!
    export DATABASE_URL=postgres://training@127.0.0.1:$port/postgres
}

start_redis() {
    local port
    port=$(free_port)
    redis-server --port "$port" --bind 127.0.0.1 --dir "$folder" --save '' --appendonly no \
        >"$folder/redis.log" 2>&1 &
    redis_pid=$!
    export CELERY_BROKER_URL=redis://127.0.0.1:$port/0
    export CACHE_URL=redis://127.0.0.1:$port/1
}

# Asks each server who it is, so that a stranger on the port is not taken for it.
wait_until_ready() {
    .venv/bin/python - "$folder/postgres/data" "$redis_pid" <<'PYTHON'
import os
import sys
import time

import psycopg
import redis

data_folder, redis_pid = sys.argv[1:]


def postgres_is_ours():
    with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=2) as connection:
        (found,) = connection.execute("SHOW data_directory").fetchone()
        return os.path.realpath(found) == os.path.realpath(data_folder)


def redis_is_ours():
    client = redis.Redis.from_url(os.environ["CACHE_URL"])
    return str(client.info("server")["process_id"]) == redis_pid


deadline = time.monotonic() + 30
waiting = {"PostgreSQL": postgres_is_ours, "Redis": redis_is_ours}
while waiting:
    for name, is_ours in list(waiting.items()):
        try:
            if not is_ours():
                sys.exit(f"Another {name} took the port meanwhile; run the same again.")
        except (psycopg.OperationalError, redis.ConnectionError) as error:
            if time.monotonic() > deadline:
                sys.exit(f"{name} did not start: {error}")
        else:
            del waiting[name]
    time.sleep(0.1)
PYTHON
}

start_postgres
start_redis
wait_until_ready || {
    tail -n 20 "$folder"/*.log >&2
    exit 1
}
echo "PostgreSQL at ${DATABASE_URL}, Redis at ${CACHE_URL}" >&2
"$@" &
command_pid=$!
wait "$command_pid"
