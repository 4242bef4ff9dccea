"""Village and county pages: households, people, exits and incidence, counted from the
household register, and the dated figures of a village that the register cannot know.
It owns the words *figures*, *incidence*, *profile*, and may import ``households``,
``ledger``, ``accounts``, ``divisions``, ``core`` and ``measures``."""
