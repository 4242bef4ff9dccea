"""A whole sitting's certificates: every one issued, printed, signed and bound, with one
worker killed on the way, and what the workers hold in memory all the while."""
