"""The post certificate 上岗证书: issued to whoever was chosen, trained and examined,
printed as a PDF by the office's template, verified by anyone who holds the paper,
revoked by the office. It owns the words *selection*, *certificate*, *number*,
*verification code*, *template*, *paper* (the PDF) and *revocation*, and may import
``exams`` and what lies below it."""
