"""Villages: the facts of one, and the twelve items of its standard 十一有一低于."""
