"""Counties: the facts of one, and the ten items of its standard 九有一低于."""
