"""Cases that move through a procedure's steps and the append-only entries they leave.
It owns the words *case*, *entry*, *subject*, *step* (as taken), *notice*, *objection*,
*settlement* and *status*, which follows from the entries and is never assigned. Which
step is lawful it asks ``measures``; it may import ``accounts``, ``divisions``, ``core``
and ``measures``."""
