"""How fast and how large the product is, measured on a site made for the purpose.

`make bench` prepares a site in a temporary folder, measures one noun a module on it
(divisions, gaps, measures, pages), prints a table, and writes it with the machine it
was measured on to results/latest.json and between the bench marks of README.md. It
may import everything; nothing imports it.
"""
