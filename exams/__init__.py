"""The examination: the question bank, papers drawn by blueprint, sittings, attempts
and their marking. It owns the words *item* (a question through all its versions),
*version*, *draft*, *release*, *blueprint*, *paper*, *sitting*, *attempt* and
*answer*, tells those above by signal who passed, and may import ``courses`` and
whatever lies below it."""
