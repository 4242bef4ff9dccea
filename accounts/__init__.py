"""People who sign in, and what each may do in which division. It owns the words
*user*, *role*, *grant* (a role held in a division for a time) and *token* (by which a
program reads a division), and may import ``divisions``, ``core`` and ``measures``."""
