"""Households: the facts of one, the nine items of its standard, income that counts."""
