"""Calls that begin at the same moment, for the tests of real locks."""

from threading import Barrier, Thread

from django.db import connections

from core.errors import Refused


def at_once(*calls):
    """Run the calls in threads of their own; return what each gave, or the code of the
    refusal."""
    barrier, answers = Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        barrier.wait()
        try:
            answers[place] = call()
        except Refused as refusal:
            answers[place] = refusal.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers
