"""The bank's exchange with other systems: files in, files out, and every question's
fate told. A reader turns a file into drafts, ``fates`` weighs them against the bank,
``taking_in`` writes what was accepted, ``giving_out`` writes files and says what they
lost."""
