"""Answers that a dead network kept from arriving in time.

``receiving`` keeps them apart, ``sealing`` brings them by a file, ``deciding`` lets an
office count them or not. Nothing here counts by itself.
"""
