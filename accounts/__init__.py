"""People who sign in, and what each may do in which division. It owns the words
*user*, *role* and *grant* (a role held in a division for a time), and may import
``divisions``, ``core`` and ``measures``."""
