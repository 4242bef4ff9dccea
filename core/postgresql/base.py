"""The name of this module is what Django's ``ENGINE`` asks for."""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """A server that ended or was lost has said so: then something has come on an
        idle connection, and only then is it asked. One that vanished without a word is
        found out by the request itself, which leaves a connection that is lost: there
        is nothing to look at then, and the next request opens another."""
        if self.connection is None or self.connection.closed:
            return False
        waiting = poll()
        waiting.register(self.connection.fileno(), POLLIN)
        return not waiting.poll(0) or super().is_usable()
