"""Simulated ledger exercises on made-up households, drawn from a seed and judged by
the Measures. It owns the words *scenario* (what a seed draws), *planted problem*,
*run* (one person's work on one scenario), *mark* and *practice ledger* (every judged
act with its clause). It may import ``courses``, ``households``, ``ledger``,
``accounts``, ``core`` and ``measures``."""
