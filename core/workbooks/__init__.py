"""Excel workbooks and other archives that strangers send, read without trusting them,
and workbooks written plainly. Whoever takes a file in comes through here, so that a
defence is built once (docs/adr/0008)."""
