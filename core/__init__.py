"""What every app needs and nothing more: the refusal that people are told
(``Refused``), the log of what was done (``record``), calendar arithmetic, and the one
door through which workbooks come in (``workbooks``). It owns the words *refusal* and
*log entry*, may import Django and nothing of ours, and grows only by a decision on
record (docs/adr)."""
