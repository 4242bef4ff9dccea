"""One brake for everything that can be guessed at: so many tries within a while.

``Brake.take`` counts and refuses in one step that no other process can come between.
What is counted lies where ``settings.TALLY`` says: in a file that the processes of one
machine hold in memory together (``shared``), or in Redis for several machines
(``served``). Neither is Django's cache: its backends cannot count and compare in one
step, and its files cost milliseconds.
"""

from .brakes import SPANS, Brake, tally

__all__ = ["SPANS", "Brake", "tally"]
