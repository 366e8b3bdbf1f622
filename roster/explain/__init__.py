"""Why there is no roster, and what would make one possible: facts, and what is made of them (PROBLEM.md section 6)."""
