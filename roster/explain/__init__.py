"""Why there is no roster and what would make one possible; why a roster is as it is (PROBLEM.md section 6)."""
