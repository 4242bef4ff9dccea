"""The issuing authority's signatures: on the PDF, in the QR code, on the list of
revoked certificates and on the open badge. It owns the words *authority*, *code*
(what the QR code carries) and *credential* (the open badge), turns certificates into
signed things and back, changes nothing, and may import the app's models and errors."""
