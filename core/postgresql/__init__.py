"""Django's PostgreSQL, but that a connection kept from the last request is looked at
before the next, where Django would ask the server whether it still answers."""
