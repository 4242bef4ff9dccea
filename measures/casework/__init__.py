"""Casework: declared procedures, the facts of a case, the replay of its steps."""
