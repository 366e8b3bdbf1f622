"""Fairness: groups and their waits, small groups, the price of a shorter wait, the command."""
