"""What answers tell about questions, papers and clauses, from sums that merge."""
