"""What every app needs and nothing more: the refusal that people are told
(``Refused``), the log of what was done (``record``), calendar arithmetic, the one
door through which workbooks come in (``workbooks``), and the one brake on guessing
(``braking``). It owns the words *refusal*, *log entry* and
*brake*, may import Django and nothing of ours, and grows only by a decision on record
(docs/adr)."""
