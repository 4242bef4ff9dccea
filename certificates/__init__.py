"""The post certificate 上岗证书: issued to whoever passes the exam, printed as a PDF,
verified by anyone who holds the paper, revoked by the office. It owns the words
*certificate*, *number*, *verification code*, *paper* (the PDF) and *revocation*, and
may import ``exams`` and what lies below it."""
