"""A month's roster as a careful person fills it in by hand: every rule kept, no solver, in seconds."""
