"""Fairness: who waits longer, and what it would cost to make the longest wait shorter."""
