import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

# Celery's warning to root is for servers; here one person tries the site.
AS_ROOT_KNOWINGLY = ("-W", "ignore:You're running the worker")
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = 10  # seconds a child may take to finish what it is doing


class Command(BaseCommand):
    help = "Run the web server and one worker; both stop together (Ctrl-C)."

    def add_arguments(self, parser):
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument(
            "--port", type=int, default=int(os.environ.get("PORT", "8000"))
        )

    def handle(self, *args, host, port, **options):
        refuse_taken_port(host, port)
        environment = {**os.environ, "SITE_URL": site_url(host, port)}
        # In groups of their own, so that Ctrl-C comes to this process alone, which
        # then stops them in order.
        children = [
            subprocess.Popen(command, env=environment, process_group=0)
            for command in (web_server(host, port), worker())
        ]
        for ended in ENDING:
            signal.signal(ended, leave)
        self.stdout.write(f"The site answers at {site_url(host, port)}  (Ctrl-C stops)")
        self.stdout.flush()
        try:
            wait_for_first_end(children)
        finally:
            stop(children)
        if any(child.returncode not in (0, -signal.SIGTERM) for child in children):
            raise CommandError("A process ended by itself; see its lines above.")


def site_url(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return os.environ.get("SITE_URL") or f"http://{shown}:{port}"


def refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Stop what holds it, or choose another: make run PORT={port + 1}"
            ) from error


def web_server(host: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "trainingsite.wsgi:application"),
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "1", "--no-ws"),
        "--respawn-failed-workers",
        *("--log-level", "warning"),
    ]


def worker() -> list[str]:
    return [
        *(sys.executable, *AS_ROOT_KNOWINGLY, "-m", "celery", "-A", "trainingsite"),
        *("--quiet", "worker", "-B"),
        *("-Q", "default,pdf,bulk", "-P", "prefork", "-c", "1"),
        *("--loglevel", "warning", "--without-mingle", "--without-gossip"),
        *("-s", str(settings.DATA_DIR / "beat")),
    ]


def wait_for_first_end(children: list[subprocess.Popen]) -> None:
    while all(child.poll() is None for child in children):
        time.sleep(0.2)


def leave(*_) -> None:
    """End the command once: a second signal, as `timeout` and closing terminals send,
    must not break off what the first began."""
    for further in ENDING:
        signal.signal(further, signal.SIG_IGN)
    sys.exit(0)


def stop(children: list[subprocess.Popen]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
