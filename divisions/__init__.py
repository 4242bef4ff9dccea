"""The tree of regions (region, cities, counties, townships, villages) and the
designations that hold for a time (poor county with its class, poor village, has
alleviation tasks). It owns the words *division*, *code*, *designation* and *within*,
and may import ``core`` and ``measures``."""
