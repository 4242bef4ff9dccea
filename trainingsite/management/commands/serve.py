import multiprocessing
import os
import signal
import socket
import sys
import time
import warnings
from multiprocessing.process import BaseProcess

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from trainingsite.celery import app as queue
from trainingsite.serving import load_application, run_web_server

# Children are forked from here, with everything imported once, for all of them:
# importing Django and Wagtail is most of what a start takes.
FORKING = multiprocessing.get_context("fork")
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = 10  # seconds a child may take to finish what it is doing


class Command(BaseCommand):
    help = (
        "Run the web server and one worker at HOST and PORT of the environment; "
        "both stop together (Ctrl-C)."
    )
    # `make check` runs them; here somebody waits.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--prepare", action="store_true", help="Bring everything up to date first."
        )

    def handle(self, *args, prepare, **options):
        refuse_taken_port(settings.HOST, settings.PORT)
        if prepare:
            call_command("prepare", stdout=self.stdout)
        children = [
            FORKING.Process(target=in_own_group, args=(run,))
            for run in (run_web_server, run_worker)
        ]
        load_application()
        connections.close_all()
        sys.stdout.flush()
        try:
            for child in children:
                child.start()
            for ended in ENDING:
                signal.signal(ended, leave)
            self.stdout.write(
                f"The site answers at {settings.SITE_URL}  (Ctrl-C stops)"
            )
            self.stdout.flush()
            wait_for_first_end(children)
        finally:
            stop(children)
        if any(child.exitcode not in (0, -signal.SIGTERM) for child in children):
            raise CommandError("A process ended by itself; see its lines above.")


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


def in_own_group(run) -> None:
    """So that Ctrl-C comes to the parent alone, which stops its children in order."""
    os.setpgid(0, 0)
    run()


def run_worker() -> None:
    # Celery's warning to root is for servers; here one person tries the site.
    warnings.filterwarnings("ignore", "You're running the worker")
    queue.worker_main(
        [
            *("--quiet", "worker", "-B"),
            *("-Q", "default,pdf,bulk", "-P", "prefork", "-c", "1"),
            *("--loglevel", "warning", "--without-mingle", "--without-gossip"),
            *("-s", str(settings.DATA_DIR / "beat")),
        ]
    )


def wait_for_first_end(children: list[BaseProcess]) -> None:
    while all(child.is_alive() for child in children):
        time.sleep(0.2)


def leave(*_) -> None:
    """End the command once: a second signal, as `timeout` and closing terminals send,
    must not break off what the first began."""
    for further in ENDING:
        signal.signal(further, signal.SIG_IGN)
    sys.exit(0)


def stop(children: list[BaseProcess]) -> None:
    begun = [child for child in children if child.pid is not None]
    for child in begun:
        child.terminate()
    deadline = time.monotonic() + GRACE
    for child in begun:
        child.join(max(0.1, deadline - time.monotonic()))
        if child.is_alive():
            child.kill()
            child.join()
