"""Forms of the register. Each knows the path of its facts in the exchange format."""
