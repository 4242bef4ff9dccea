"""How many statements less a tally costs on PostgreSQL, which finds those who serve in
a post without a quota together with the posts."""

from django.db import connection

SPARED = int(connection.vendor == "postgresql")
