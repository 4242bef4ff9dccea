"""The register of poor households: people, land, dwelling, living conditions, income,
helper, and the card that reads like the paper one. It owns the words *household*,
*member*, *head*, *card* and *judgement*; what a household's facts amount to it asks
``measures``, and its status follows from the ``ledger``. It may import ``ledger``,
``accounts``, ``divisions``, ``core`` and ``measures``."""
