"""The web server of one machine, as `manage.py serve` runs it."""

from importlib import import_module

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

MODULE = "trainingsite.wsgi"


def load_application() -> None:
    """Import what the web server calls, so that workers forked later have it."""
    import_module(MODULE)


def run_web_server(*, respawn_interval: float = 3.5) -> None:
    """Serve at the HOST and PORT of the environment until a signal ends it; a worker
    that died is replaced after so many seconds."""
    Granian(
        f"{MODULE}:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=respawn_interval,
        log_level=LogLevels.warning,
    ).serve()
