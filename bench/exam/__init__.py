"""An exam day, measured: `make bench-exam`, on PostgreSQL `make bench-exam-services`.

``cast`` makes the people and the sitting, ``crowd`` is the load generator in a process
of its own, ``counting`` is in the server and says of each request what it cost,
``proof`` holds the database to every answer that was acknowledged. Everything listens
on loopback, and every reply must be the expected one of the server started here.
"""
