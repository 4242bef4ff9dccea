"""How people in post and offices did over a period, and what each figure is of."""
