"""The search for a roster, as it runs in child processes: a start, improvements, a bound, a compromise."""
